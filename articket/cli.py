"""The command line: `python -m articket`."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from articket.adapters.experiences import ExperienceBroken
from articket.adapters.secrets import SecretsUnreadableError
from articket.banner import banner
from articket.bootstrap import open_house, secrets_of
from articket.domain.faults import Fault
from articket.serving import Server
from articket.settings import Settings, SettingsError

SETTINGS_FILE = Path("articket.toml")
CANNOT_START = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="articket", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("serve", help="run the whole booth on this machine").set_defaults(run=serve)
    return int(parser.parse_args(arguments).run())


def serve() -> int:
    """Run the whole booth until it is told to end."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("dbos").setLevel(logging.WARNING)
    try:
        settings = Settings.load(os.environ, SETTINGS_FILE)
        secrets = secrets_of(settings)
    except (SettingsError, SecretsUnreadableError) as broken:
        return _cannot_start(broken)
    server = Server(
        f"{settings.host}:{settings.port}",
        settings.threads,
        lambda: open_house(settings, secrets, announce=lambda house: print(banner(house), flush=True)),  # noqa: T201
    )
    server.run()
    return 0
