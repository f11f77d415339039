"""The command line: `python -m articket`."""

import argparse
import errno
import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.network import in_url, is_everywhere, is_here_only, local_addresses, reached_at
from articket.adapters.secrets import Secrets, SecretsUnreadableError
from articket.adapters.tenancy import FolderTakenError, move_in
from articket.afterwards.commands import after_the_event
from articket.banner import Addresses, banner, password_note
from articket.bootstrap import House, build, secrets_of
from articket.caption_server.model import missing_packages
from articket.caption_server.server import CaptionHouse, threads_for
from articket.checking import preview
from articket.checking.command import main as check
from articket.domain.faults import Fault
from articket.reach import LocalReach
from articket.serving import CANNOT_START, Server, listen
from articket.settings import Settings, SettingsError, load_caption_settings
from articket.settings.caption_server import CaptionSettings
from articket.stand_in import describe, fake_sd

SETTINGS_FILE = Path("articket.toml")
CAPTION_PACKAGES = (
    "The caption server needs {missing}. Start it by `make caption-server`, which installs that first, "
    "or run .venv/bin/python -m pip install -r requirements-caption.txt."
)
CAPTION_BANNER = """
  Captions     {url}/generate_caption
  Is it ready  {url}/healthz
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="articket", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("serve", help="run the whole booth on this machine").set_defaults(run=serve)
    captions = commands.add_parser("caption-server", help="say what is on photos, on a machine with a GPU")
    captions.set_defaults(run=caption_server)
    checking = commands.add_parser("check", help="look whether everything is ready before doors open")
    checking.add_argument("--json", dest="as_data", action="store_true", help="for scripts")
    checking.set_defaults(run=partial(check, SETTINGS_FILE))
    tickets = commands.add_parser("tickets", help="look at the ticket designs before anything is printed")
    previewing = tickets.add_subparsers(required=True, metavar="preview").add_parser(
        "preview", help="write a contact sheet (PNG) of every design, with easy and hard names"
    )
    preview.describe(previewing)
    previewing.set_defaults(run=partial(preview.main, SETTINGS_FILE))
    after_the_event(commands, SETTINGS_FILE)
    stand_in = commands.add_parser("fake-sd", help="pretend to be an image server, for trying things out")
    describe(stand_in)
    stand_in.set_defaults(run=fake_sd)
    asked = vars(parser.parse_args(arguments))
    del asked["command"]
    return int(asked.pop("run")(**asked))


def serve() -> int:
    """Run the whole booth until it is told to end."""
    _log("dbos", "PIL", "werkzeug")
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
        return _cannot_start(_shut(broken, settings.host, settings.port, "ARTICKET_PORT"))
    Server(listener, settings.threads, lambda: _open(settings, secrets)).run()
    return 0


def caption_server() -> int:
    """Run the caption server until it is told to end."""
    _log("PIL", "werkzeug", "httpx")
    try:
        settings = load_caption_settings(os.environ, SETTINGS_FILE)
    except SettingsError as broken:
        return _cannot_start(str(broken))
    if missing := missing_packages():
        return _cannot_start(CAPTION_PACKAGES.format(missing=" and ".join(missing)))
    host, port = settings.caption_host, settings.caption_port
    try:
        listener = listen(host, port)
    except OSError as broken:
        return _cannot_start(_shut(broken, host, port, "ARTICKET_CAPTION_PORT"))
    shown = "localhost" if is_everywhere(host) else in_url(host)
    print(CAPTION_BANNER.format(url=f"http://{shown}:{port}"), flush=True)  # noqa: T201 - it is for people
    Server(listener, threads_for(settings), lambda: _open_captions(settings)).run()
    return 0


def _open_captions(settings: CaptionSettings) -> CaptionHouse:
    house = CaptionHouse(settings)
    house.start()
    return house


def _log(*chatty: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in chatty:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It would report each try on a dead network; those who call through it say once what is wrong.
    logging.getLogger("urllib3").setLevel(logging.ERROR)


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


def _shut(broken: OSError, host: str, port: int, setting: str) -> str:
    """Return why the port stays shut."""
    where = f"{host}:{port}"
    if broken.errno == errno.EADDRINUSE:
        return f"{where} is in use by another program. End it, or choose another port by {setting}."
    return f"{where} cannot be opened: {broken.strerror or broken}."


def _cannot_start(why: str) -> int:
    print(f"Articket cannot start.\n{why}", file=sys.stderr, flush=True)  # noqa: T201 - it is for people
    return CANNOT_START
