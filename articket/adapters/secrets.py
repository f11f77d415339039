import contextlib
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from werkzeug.security import check_password_hash, generate_password_hash

FILE_NAME = "secrets.json"
KEY_BYTES = 32
PASSWORD_GROUPS = 3
GROUP_LETTERS = 4
# Read from a screen and typed on a tablet: no letter that looks or sounds like another one's twin.
LETTERS = "abcdefghkmnpqrstuvwxyz"


class SecretsUnreadableError(Exception):
    """The file with the secrets is damaged; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the booth signs with and what staff enter with."""

    secret_key: bytes = field(repr=False)
    staff_password_hash: str = field(repr=False)
    printed_password: str | None = field(default=None, repr=False)
    """The staff password in the one start that made it, to be printed once; None ever after."""


class Kept(msgspec.Struct, frozen=True):
    """The file's content."""

    secret_key: str
    staff_password_hash: str


def load_or_create(data_dir: Path, secret_key: str | None, staff_password: str | None) -> Secrets:
    """Return the secrets that were set, and for the rest those kept in the data folder, made at first need.

    A password that was set replaces the kept one's hash; the password itself is never written. Raises
    SecretsUnreadableError when the file is there but damaged.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / FILE_NAME
    kept, printed = read(path), None
    if kept is None:
        printed = None if staff_password else new_password()
        made = Kept(secrets.token_hex(KEY_BYTES), hashed(staff_password or printed or ""))
        kept = write_first(path, made)
        printed = printed if kept is made else None
    if staff_password and not check_password_hash(kept.staff_password_hash, staff_password):
        kept = msgspec.structs.replace(kept, staff_password_hash=hashed(staff_password))
        staged(path, kept).replace(path)
        flush_folder(data_dir)
    key = secret_key.encode() if secret_key else bytes.fromhex(kept.secret_key)
    return Secrets(key, kept.staff_password_hash, printed)


def new_password() -> str:
    """Return twelve letters in three groups, 53 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(PASSWORD_GROUPS))
    return "-".join(groups)


def hashed(password: str) -> str:
    """Return a salted scrypt hash."""
    return generate_password_hash(password, method="scrypt")


def read(path: Path) -> Kept | None:
    """Return what the file keeps, None when there is no file yet."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=Kept)
        bytes.fromhex(kept.secret_key)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, msgspec.DecodeError) as reason:
        raise SecretsUnreadableError(
            f"{path} cannot be read. Delete it to get a new staff password; everybody has to sign in again."
        ) from reason
    return kept


def write_first(path: Path, made: Kept) -> Kept:
    """Write the file unless another process was quicker; return what the file then keeps."""
    fresh = staged(path, made)
    try:
        os.link(fresh, path)
    except FileExistsError:
        return read(path) or made
    except OSError:  # a disk without links
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    flush_folder(path.parent)
    return made


def staged(path: Path, kept: Kept) -> Path:
    """Write a complete file beside path, readable by its owner only, and return it."""
    number, name = tempfile.mkstemp(prefix=f".{FILE_NAME}-", dir=path.parent)
    with os.fdopen(number, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(kept)))
        file.flush()
        os.fsync(number)
    return Path(name)


def flush_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system can."""
    number = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):  # some network disks refuse, and have the name already
        os.fsync(number)
    os.close(number)
