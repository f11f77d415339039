"""Which names a store takes: relative, of safe characters, the same on every file system and bucket."""

import re
from typing import Final

from articket.domain.faults import StoreRefused

MAX_NAME: Final = 500
_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


def safe_name(name: str) -> str:
    """Return `name`, such as "visits/ab12/photo-1.jpg", or raise StoreRefused."""
    if len(name) > MAX_NAME or not all(_PART.fullmatch(part) for part in name.split("/")):
        raise StoreRefused("store-name-unsafe", "A name in the store has parts that are not safe.")
    return name


def safe_prefix(prefix: str) -> str:
    """Return `prefix`, whose folders must be safe names, or raise StoreRefused."""
    folder, _, rest = prefix.rpartition("/")
    if folder:
        safe_name(folder)
    elif prefix.startswith("/"):
        safe_name("")
    if rest:
        safe_name(rest)
    return prefix
