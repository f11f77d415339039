"""The command line: `python -m articket`."""

import argparse
import errno
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.network import in_url, is_everywhere, is_here_only, local_addresses, reached_at
from articket.adapters.secrets import Secrets, SecretsUnreadableError
from articket.adapters.tenancy import FolderTakenError, move_in
from articket.banner import Addresses, banner, password_note
from articket.bootstrap import House, LocalReach, build, secrets_of
from articket.domain.faults import Fault
from articket.serving import CANNOT_START, Server, listen
from articket.settings import Settings, SettingsError

SETTINGS_FILE = Path("articket.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="articket", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("serve", help="run the whole booth on this machine").set_defaults(run=serve)
    return int(parser.parse_args(arguments).run())


def serve() -> int:
    """Run the whole booth until it is told to end."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("dbos", "PIL", "werkzeug"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        settings = Settings.load(os.environ, SETTINGS_FILE)
    except SettingsError as broken:
        return _cannot_start(str(broken))
    try:
        move_in(settings.data_dir)
        secrets = secrets_of(settings)
    except (FolderTakenError, SecretsUnreadableError) as broken:
        return _cannot_start(str(broken))
    except OSError as broken:
        return _cannot_start(_refused(broken))
    if secrets.printed_password:
        # At once: should the start fail further on, it would never be shown again.
        print(password_note(secrets.printed_password), flush=True)  # noqa: T201 - it is for people
    try:
        listener = listen(settings.host, settings.port)
    except OSError as broken:
        return _cannot_start(_shut(broken, settings))
    Server(listener, settings.threads, lambda: _open(settings, secrets)).run()
    return 0


def _open(settings: Settings, secrets: Secrets) -> House:
    try:
        house = build(settings, secrets)
        house.start()
    except (Fault, DatabaseUnusableError) as broken:
        raise SystemExit(_cannot_start(str(broken))) from broken
    except OSError as broken:
        raise SystemExit(_cannot_start(_refused(broken))) from broken
    print(banner(_addresses(settings, house)), flush=True)  # noqa: T201 - it is for people
    return house


def _addresses(settings: Settings, house: House) -> Addresses:
    base = LocalReach(settings, house.visits).address()
    everywhere = is_everywhere(settings.host)
    here = "localhost" if everywhere or is_here_only(settings.host) else in_url(settings.host)
    nonce = house.floor.seals.nonce(house.floor.clock.now(), settings.durations.nonce_s)
    reached = settings.public_url or reached_at(settings.host, None)
    locals_ = local_addresses() if everywhere and not settings.public_url else ()
    return Addresses(
        monitor=f"http://{here}:{settings.port}/",
        staff=f"{base}/staff",
        join=f"{base}/j/{nonce}" if reached else None,
        others=tuple(f"{each.ip}  ({each.interface})" for each in locals_) if len(locals_) > 1 else (),
    )


def _refused(broken: OSError) -> str:
    """Return what the system refused, in words for whoever set it up."""
    return f"{broken.filename or 'A file'} cannot be used: {broken.strerror or broken}."


def _shut(broken: OSError, settings: Settings) -> str:
    """Return why the port stays shut."""
    where = f"{settings.host}:{settings.port}"
    if broken.errno == errno.EADDRINUSE:
        return f"{where} is in use by another program. End it, or choose another port by ARTICKET_PORT."
    return f"{where} cannot be opened: {broken.strerror or broken}."


def _cannot_start(why: str) -> int:
    print(f"Articket cannot start.\n{why}", file=sys.stderr, flush=True)  # noqa: T201 - it is for people
    return CANNOT_START
