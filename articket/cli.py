"""The command line: `python -m articket`."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from articket.adapters.network import local_addresses
from articket.adapters.secrets import Secrets, SecretsUnreadableError
from articket.banner import Addresses, banner, password_note
from articket.bootstrap import House, address, build, secrets_of
from articket.domain.faults import Fault
from articket.serving import Server
from articket.settings import Settings, SettingsError

SETTINGS_FILE = Path("articket.toml")
CANNOT_START = 4  # gunicorn's word for an application that cannot be loaded: it stops instead of trying again


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
        secrets = secrets_of(settings)
    except (SettingsError, SecretsUnreadableError, OSError) as broken:
        return _cannot_start(broken)
    if secrets.printed_password:
        # At once: should the start fail further on, it would never be shown again.
        print(password_note(secrets.printed_password), flush=True)  # noqa: T201 - it is for people
    Server(f"{settings.host}:{settings.port}", settings.threads, lambda: _open(settings, secrets)).run()
    return 0


def _open(settings: Settings, secrets: Secrets) -> House:
    try:
        house = build(settings, secrets)
        house.start()
    except (Fault, OSError) as broken:
        raise SystemExit(_cannot_start(broken)) from broken
    print(banner(_addresses(settings, house)), flush=True)  # noqa: T201 - it is for people
    return house


def _addresses(settings: Settings, house: House) -> Addresses:
    base = address(settings, house.visits)
    here = f"http://localhost:{settings.port}"
    nonce = house.floor.seals.nonce(house.floor.clock.now(), settings.durations.nonce_s)
    locals_ = local_addresses()
    several = not settings.public_url and len(locals_) > 1
    return Addresses(
        monitor=f"{here}/",
        staff=f"{base}/staff",
        join=f"{base}/j/{nonce}" if settings.public_url or locals_ else None,
        others=tuple(f"{each.ip}  ({each.interface})" for each in locals_) if several else (),
    )


def _cannot_start(broken: Exception) -> int:
    print(f"Articket cannot start.\n{broken}", file=sys.stderr, flush=True)  # noqa: T201 - it is for people
    return CANNOT_START
