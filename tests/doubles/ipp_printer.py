"""A printer on this machine: CUPS's own ippeveprinter, whose paper and temper a test decides about.

It wants to announce itself over D-Bus, so each has a bus of its own; nothing leaves the machine.
"""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Final

import pytest

SBIN: Final = ("/usr/sbin", "/usr/bin", "/sbin")
STARTS_WITHIN_S: Final = 30.0
LOOK_EVERY_S: Final = 0.02
PATH: Final = "/ipp/print"
SIZES: Final = {
    "na_letter_8.5x11in": (21590, 27940, 300),
    "jpn_hagaki_100x148mm": (10000, 14800, 0),
    "na_index-4x6_4x6in": (10160, 15240, 0),
}
MARGINS: Final = ("top", "bottom", "left", "right")
BUS: Final = """<busconfig><type>system</type><listen>unix:path={bus}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""
# Says what is wrong for as long as a file says it, then lays what it was given beside how it was asked for.
PRESS: Final = """#!/bin/sh
said=""
while [ -s "{home}/hindrance" ]; do
    if [ -z "$said" ]; then said=$(cat "{home}/hindrance"); echo "STATE: +$said" >&2; fi
    sleep 0.05
done
[ -z "$said" ] || echo "STATE: -$said" >&2
env | grep '^IPP_' > "{home}/printed/$IPP_JOB_ID.asked"
cp "$1" "{home}/printed/$IPP_JOB_ID.part"
mv "{home}/printed/$IPP_JOB_ID.part" "{home}/printed/$(date +%s%N).pdf"
[ ! -e "{home}/breaks" ]
"""


class Printer:
    """A printer that may run out of paper, be switched off, and freeze."""

    def __init__(self, home: Path, *, both_sides: bool, sizes: tuple[str, ...]) -> None:
        self.home = home
        self.port = free_port()
        self._program = found("ippeveprinter", "cups-ipp-utils")
        self._process: subprocess.Popen[bytes] | None = None
        (home / "printed").mkdir()
        (home / "spool").mkdir()
        press = home / "press.sh"
        press.write_text(PRESS.format(home=home))
        press.chmod(0o755)
        (home / "printer.conf").write_text(_attributes(sizes, both_sides=both_sides))

    @property
    def address(self) -> str:
        return f"ipp://localhost:{self.port}{PATH}"

    def switch_on(self) -> None:
        words = [self._program, "-r", "off", "-p", str(self.port), "-a", str(self.home / "printer.conf")]
        words += ["-c", str(self.home / "press.sh"), "-d", str(self.home / "spool"), "Booth printer"]
        environ = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.home / 'bus'}"}
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - Debian's own program
                words, env=environ, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: answers(self.port), "ippeveprinter does not answer")

    def switch_off(self) -> None:
        """Pull the plug; what it had in its memory is gone."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)
            self._process = None

    def freeze(self) -> None:
        """Answer nothing, and hang up on nobody."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)

    def hinder(self, reason: str) -> None:
        """Let no paper out, and say that this is why."""
        (self.home / "hindrance").write_text(reason)

    def mend(self) -> None:
        (self.home / "hindrance").unlink()

    def break_down(self) -> None:
        """Give every job up."""
        (self.home / "breaks").touch()

    def printed(self) -> list[bytes]:
        """Return what came out, in its order."""
        return [path.read_bytes() for path in sorted((self.home / "printed").glob("*.pdf"))]

    def asked(self, job: int) -> dict[str, str]:
        """Return how a job was to be printed."""
        lines = (self.home / "printed" / f"{job}.asked").read_text().splitlines()
        return {
            name.removeprefix("IPP_"): value for name, _, value in (line.partition("=") for line in lines)
        }


@contextmanager
def printer(
    *, both_sides: bool = True, sizes: tuple[str, ...] = tuple(SIZES), on: bool = True
) -> Iterator[Printer]:
    """Run a printer until the end of the block."""
    daemon = found("dbus-daemon", "dbus-daemon")
    # A socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="articket-ipp-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        made = Printer(home, both_sides=both_sides, sizes=sizes)
        (home / "bus.conf").write_text(BUS.format(bus=home / "bus"))
        bus = subprocess.Popen(  # noqa: S603 - Debian's own program
            [daemon, f"--config-file={home / 'bus.conf'}", "--nofork", "--nopidfile"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until((home / "bus").exists, "dbus-daemon does not start")
            if on:
                made.switch_on()
            yield made
        finally:
            made.switch_off()
            bus.terminate()
            bus.wait(30)


def found(program: str, package: str) -> str:
    """Return where a program is; skips the test where it is not installed."""
    path = shutil.which(program) or shutil.which(program, path=":".join(SBIN))
    if path is None:
        pytest.skip(f"{program} is not installed: it is in Debian's {package}")
    return path


def until(
    condition: Callable[[], bool], complaint: str | Callable[[], str], within_s: float = STARTS_WITHIN_S
) -> None:
    """Wait until a condition holds."""
    ends = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < ends, complaint() if callable(complaint) else complaint
        Event().wait(LOOK_EVERY_S)


def answers(port: int) -> bool:
    """Whether somebody speaks HTTP there."""
    with closing(http.client.HTTPConnection("localhost", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        return True


def _attributes(sizes: tuple[str, ...], *, both_sides: bool) -> str:
    offered = [SIZES[name] for name in sizes]
    sides = "one-sided,two-sided-long-edge,two-sided-short-edge" if both_sides else "one-sided"
    dimensions = [
        "{{ MEMBER integer x-dimension {} MEMBER integer y-dimension {} }}".format(*size) for size in offered
    ]
    columns = [
        f"{{ MEMBER collection media-size {dimension} "
        + " ".join(f"MEMBER integer media-{side}-margin {size[2]}" for side in MARGINS)
        + " }"
        for dimension, size in zip(dimensions, offered, strict=True)
    ]
    return "\n".join([
        "ATTR mimeMediaType document-format-supported application/pdf,application/octet-stream",
        f"ATTR keyword media-supported {','.join(sizes)}",
        f"ATTR keyword media-ready {sizes[0]}",
        f"ATTR keyword media-default {sizes[0]}",
        *(f"ATTR integer media-{side}-margin-supported 0,300" for side in MARGINS),
        "ATTR keyword media-col-supported media-size,media-type,media-source,media-size-name,"
        + ",".join(f"media-{side}-margin" for side in MARGINS),
        f"ATTR collection media-col-database {','.join(columns)}",
        f"ATTR collection media-size-supported {','.join(dimensions)}",
        f"ATTR keyword sides-supported {sides}",
        "ATTR keyword sides-default one-sided",
        "ATTR keyword print-scaling-supported auto,fill,fit,none",
        "ATTR rangeOfInteger copies-supported 1-99",
        "",
    ])  # fmt: skip


def free_port() -> int:
    """Return a port that nobody has."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])
