"""The machine that runs the booth: its Python, its disk, its port and its networks."""

import errno
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from articket.adapters.network import chosen, in_url, is_everywhere, is_here_only, local_addresses
from articket.application.checkup.line import Line, bad, ok, warn
from articket.serving import listen

OLDEST_PYTHON: Final = (3, 11)
GIB: Final = 2**30
# A visitor's photo, paintings and ticket are about 10 MB.
LITTLE_GIB: Final = 5.0
NONE_GIB: Final = 0.5


def check_python() -> Iterator[Line]:
    """Say which Python runs this."""
    found = f"{platform.python_version()} on {platform.system()}."
    if sys.version_info < OLDEST_PYTHON:
        yield bad("Python", found, "Install Python 3.11 or newer, remove .venv, and run `make setup`.")
    else:
        yield ok("Python", found)


def check_space(data_dir: Path) -> Iterator[Line]:
    """Say how much room the data folder's disk has."""
    yield room(shutil.disk_usage(standing(data_dir)).free / GIB)


def room(free_gib: float) -> Line:
    """Judge the room on a disk."""
    found, fix = f"{free_gib:,.1f} GiB are free.", "Make room, or point ARTICKET_DATA_DIR to a larger disk."
    if free_gib < NONE_GIB:
        return bad("Disk space", found, fix)
    if free_gib < LITTLE_GIB:
        return warn("Disk space", f"{found} A hundred visitors take about one.", fix)
    return ok("Disk space", found)


def standing(folder: Path) -> Path:
    """Return the nearest folder above that exists, the folder itself where it does."""
    folder = folder.absolute()
    return next(each for each in (folder, *folder.parents) if each.exists())


def check_port(host: str, port: int, *, running: bool) -> Iterator[Line]:
    """Say whether the booth can open its port, or has."""
    if running:
        yield ok("Port", f"{port} is the running booth's.")
        return
    try:
        listen(host, port).close()
    except OSError as reason:
        taken = reason.errno == errno.EADDRINUSE
        found = f"{host}:{port} " + (
            "is in use by another program." if taken else f"cannot be opened: {reason.strerror or reason}."
        )
        yield bad("Port", found, "End the other program, or choose another port by ARTICKET_PORT.")
    else:
        yield ok("Port", f"{port} is free.")


def check_networks(host: str, port: int, wanted: str | None) -> Iterator[Line]:
    """Say where phones of the same network reach the booth."""
    subject = "Phones"
    if is_here_only(host):
        yield warn(
            subject,
            f"The booth listens on {host} only, where no phone comes.",
            "Leave ARTICKET_HOST unset, or set ARTICKET_PUBLIC_URL to the address of your proxy.",
        )
        return
    if not is_everywhere(host):
        yield ok(subject, f"They come to http://{in_url(host)}:{port}.")
        return
    found = local_addresses()
    first = chosen(found, wanted)
    if first is None:
        yield warn(
            subject,
            "This machine is in no network that phones could share.",
            "Join the booth's Wi-Fi, or set ARTICKET_PUBLIC_URL where phones come through a tunnel.",
        )
        return
    if wanted and wanted not in (first.interface, first.ip):
        yield warn(
            subject,
            f"ARTICKET_NETWORK is {wanted}, which this machine does not have now.",
            f"Without it phones come to http://{first.ip}:{port} ({first.interface}).",
        )
        return
    others = ", ".join(f"{each.ip} ({each.interface})" for each in found if each != first)
    beside = f" Staff can choose another: {others}." if others else ""
    yield ok(subject, f"They come to http://{first.ip}:{port} ({first.interface}).{beside}")
