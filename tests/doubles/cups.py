"""A print server on this machine: CUPS with folders, a port and a spool of its own, beside no other CUPS."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from doubles.ipp_printer import Printer, answers, found, free_port, until

COMMAND_S: Final = 60.0
# Spool files stay until they are taken away: a test wants to see that we do.
CUPSD: Final = """Listen localhost:{port}
LogLevel debug
WebInterface No
Browsing Off
DefaultAuthType None
PreserveJobHistory Yes
PreserveJobFiles Yes
DirtyCleanInterval 0
JobRetryInterval 1
ErrorPolicy retry-current-job
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Location /admin>
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES: Final = """ServerRoot {home}/etc
ServerBin /usr/lib/cups
DataDir /usr/share/cups
DocumentRoot /usr/share/cups/doc-root
StateDir {home}/run
CacheDir {home}/cache
RequestRoot {home}/spool
TempDir {home}/spool/tmp
ServerKeychain {home}/ssl
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
FileDevice Yes
"""


class PrintServer:
    """A running CUPS."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.spool = home / "spool"

    def queue(self, name: str, printer: Printer) -> str:
        """Make a queue that hands jobs on to a printer as they are, and return its address."""
        self._run("lpadmin", "-p", name, "-E", "-v", printer.address, "-m", "raw")
        return f"ipp://localhost:{self.port}/printers/{name}"

    def driverless(self, name: str, printer: Printer) -> str:
        """Make a queue that prepares jobs as the printer says it wants them, and return its address."""
        self._run("lpadmin", "-p", name, "-E", "-v", printer.address, "-m", "everywhere")
        until((self.home / f"etc/ppd/{name}.ppd").exists, "CUPS does not learn what the printer can do")
        return f"ipp://localhost:{self.port}/printers/{name}"

    def pause(self, name: str) -> None:
        self._run("cupsdisable", name)

    def go_on(self, name: str) -> None:
        self._run("cupsenable", name)

    def refuse(self, name: str) -> None:
        self._run("cupsreject", name)

    def _run(self, program: str, *words: str) -> None:
        where = f"localhost:{self.port}"
        done = subprocess.run(  # noqa: S603 - Debian's own program
            [found(program, "cups-client"), "-h", where, *words],
            timeout=COMMAND_S, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (done.stderr, self.log()[-3000:])

    def log(self) -> str:
        return (self.home / "log/error").read_text()

    def spooled(self) -> list[Path]:
        """Return the files of jobs, and of what is known of them."""
        return sorted(path for path in self.spool.iterdir() if path.name[0] in "cd" and path.is_file())


@contextmanager
def cups() -> Iterator[PrintServer]:
    """Run a print server until the end of the block."""
    program = found("cupsd", "cups")
    # Its filters run as another user, and pytest's folders are closed to others.
    with tempfile.TemporaryDirectory(prefix="articket-cups-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        for name in ("etc", "run", "cache", "spool", "spool/tmp", "log", "ssl"):
            (home / name).mkdir()
        made = PrintServer(home)
        (home / "etc/cupsd.conf").write_text(CUPSD.format(port=made.port))
        (home / "etc/cups-files.conf").write_text(FILES.format(home=home))
        process = subprocess.Popen(  # noqa: S603 - Debian's own program
            [program, "-f", "-c", str(home / "etc/cupsd.conf"), "-s", str(home / "etc/cups-files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "LANG": "C"},
        )  # fmt: skip
        try:
            until(lambda: answers(made.port), "cupsd does not answer")
            yield made
        finally:
            process.terminate()
            process.wait(30)
