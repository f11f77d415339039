"""Which checks there are, and what each needs."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Final
from uuid import uuid4

from articket.adapters.captions.calling import TROUBLES
from articket.adapters.captions.http import HttpCaptions
from articket.adapters.database.engine import DatabaseUnusableError
from articket.adapters.database.inspection import fleet_in
from articket.adapters.front_door import NobodyAnswersError, knock
from articket.adapters.servers.servers import HttpImageServers
from articket.adapters.stores.folder import FolderStore
from articket.adapters.tenancy import is_taken
from articket.application.checkup.captions import CAPTION_S, CaptionCheck
from articket.application.checkup.deletions import DELETIONS, check_deletions
from articket.application.checkup.image_server import IDENTIFY_S, LOOK_S, STROKES_S, Candidate, ServerCheck
from articket.application.checkup.line import Line, ok, skipped
from articket.application.checkup.storage import check_store
from articket.application.fleet.ports import ImageServers
from articket.bootstrap import STORE
from articket.checking.address import GATEWAYS, check_public_url, without_login
from articket.checking.inspection import Check
from articket.checking.machine import check_networks, check_port, check_python, check_space
from articket.checking.moderation import IN_PUBLIC, LOOKING_S, check_looking
from articket.checking.pack import Pack, check_front_end, check_pack, read_pack, ticket_lines
from articket.checking.printer import PRINTER, PRINTER_S, check_printer
from articket.checking.rooms import check_data_folder, check_database, check_hosting, check_secrets, house_of
from articket.cloud import QUICK, bucket_of, cloud_store
from articket.domain.faults import Fault, ServerRefused
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Mode
from articket.domain.moderation import Policy
from articket.pack import PROJECT
from articket.settings import Settings

LOCAL_S: Final = 30.0
ADDRESS_S: Final = 15.0
FLEET_S: Final = 10.0
CLOUD: Final = "Cloud folder"
CLOUD_S: Final = 60.0
CAPTION_PHOTO: Final = (384, 384)


def checks_of(settings: Settings, settings_file: Path) -> tuple[Check, ...]:
    """Return all checks in the order in which they are told."""
    running = is_taken(settings.data_dir)
    pack = read_pack(settings)
    local = (
        ("Settings", partial(_settings, settings_file)),
        ("Python", check_python),
        ("Disk space", partial(check_space, settings.data_dir)),
        ("Data folder", partial(check_data_folder, settings.data_dir)),
        ("Lasting disk", partial(check_hosting, settings)),
        ("Secrets", partial(check_secrets, settings.data_dir)),
        ("Database", partial(check_database, settings)),
        ("Store", partial(_store, settings)),
        ("Experience", partial(check_pack, pack, settings.experience)),
        ("Tickets", ticket_lines(pack, settings)),
        ("Pages", partial(check_front_end, PROJECT)),
        ("Port", partial(check_port, settings.host, settings.port, running=running)),
    )
    return (
        *(Check(subject, run, LOCAL_S) for subject, run in local),
        _address(settings, running=running),
        Check(CLOUD, partial(check_cloud, settings.store), CLOUD_S),
        Check(DELETIONS, partial(check_cloud_deletions, settings.store), CLOUD_S),
        *_servers(settings, pack, HttpImageServers(pack.workflows)),
        *_captions(settings, pack),
        _looking(settings, pack),
        Check(PRINTER, partial(check_printer, settings), PRINTER_S),
    )


def candidates(settings: Settings, fleet: Fleet, servers: ImageServers) -> list[Candidate]:
    """Return the servers of the fleet that staff did not switch off, and those of the settings besides."""
    known = [each for each in fleet.servers if not each.is_laptop]
    found = [
        Candidate(each.label, each.address, each.wished_family) for each in known if each.mode is not Mode.OFF
    ]
    urls = {each.address.url for each in known}
    for pasted in (*settings.sd_endpoints, *settings.comfyui_endpoints):
        url = _url(servers, pasted)
        if url not in urls:
            found.append(Candidate(f"Server {len(found) + 1}", pasted))
        urls.add(url)
    return found


def _url(servers: ImageServers, pasted: str) -> str:
    try:
        return servers.resolve(pasted).url
    except ServerRefused:  # the check of the server tells
        return pasted


def _settings(file: Path) -> Iterator[Line]:
    read = f"{file} and the environment" if file.exists() else f"The environment (there is no {file})"
    yield ok("Settings", f"{read}: nothing contradicts itself.")


def _store(settings: Settings) -> Iterator[Line]:
    folder = settings.data_dir / STORE
    if not folder.is_dir():
        yield skipped("Store", f"{folder} will be made at the first start.")
        return
    yield from check_store(FolderStore(folder), uuid4().hex)


def check_cloud(address: str | None) -> Iterator[Line]:
    """Say whether the cloud folder takes what it is given, and lets go of it."""
    store = cloud_store(address, QUICK)
    if address is None or store is None:
        yield skipped(CLOUD, "None is set: tickets stay on this machine.")
        return
    with closing(store):
        yield from check_store(store, uuid4().hex, CLOUD, address)


def check_cloud_deletions(address: str | None) -> Iterator[Line]:
    """Say what the cloud folder's bucket keeps of tickets that were deleted there."""
    store = cloud_store(address, QUICK)
    if address is None or store is None:
        yield skipped(DELETIONS, "Without a cloud folder they are gone at once.")
        return
    with closing(store):
        yield from check_deletions(store, bucket_of(address))


def _address(settings: Settings, *, running: bool) -> Check:
    if settings.public_url is None:
        return Check(
            "Phones", partial(check_networks, settings.host, settings.port, settings.network), LOCAL_S
        )
    look = partial(check_public_url, settings.public_url, settings.port, house_of(settings), running=running)
    return Check("Public URL", look, ADDRESS_S)


def _servers(settings: Settings, pack: Pack, servers: ImageServers) -> Sequence[Check]:
    found = candidates(settings, _fleet(settings.database), servers)
    if not found:
        return (Check("Image servers", _laptop_alone, LOCAL_S),)
    paint_s = settings.durations.first_call_s
    check = ServerCheck(servers, pack.styles, pack.photo, paint_s)
    limit_s = IDENTIFY_S + LOOK_S + STROKES_S + paint_s + ADDRESS_S
    return [Check(each.subject, partial(check.run, each), limit_s) for each in found]


def _fleet(url: str) -> Fleet:
    """Return the fleet of the database, an empty one where it does not answer: its own check tells."""
    answered: Future[Fleet] = Future()

    def ask() -> None:
        try:
            answered.set_result(fleet_in(url))
        except Exception as reason:  # noqa: BLE001 - a thread's edge: whoever waits gets the exception
            answered.set_exception(reason)

    Thread(target=ask, name="check fleet", daemon=True).start()
    try:
        return answered.result(FLEET_S)
    except (DatabaseUnusableError, Fault, TimeoutError):
        return Fleet()


def _laptop_alone() -> Iterator[Line]:
    yield skipped("Image servers", "None are set: this machine paints with its own hand-written painters.")


def _captions(settings: Settings, pack: Pack) -> Sequence[Check]:
    url = settings.caption_url
    if url is None:
        return (Check("Caption server", partial(_no_captions, asks=settings.caption_interrogate), LOCAL_S),)
    captions = HttpCaptions(url)
    check = CaptionCheck(
        where=without_login(url),
        source=captions,
        ailment=partial(caption_ailment, url),
        trouble=lambda: TROUBLES.get(captions.trouble or ""),
        photo=pack.photo(CAPTION_PHOTO),
        budget_s=settings.durations.caption_budget_s,
        watch=monotonic,
    )
    return (Check("Caption server", check.run, CAPTION_S + ADDRESS_S),)


def _looking(settings: Settings, pack: Pack) -> Check:
    photo = pack.photo(CAPTION_PHOTO)
    return Check(IN_PUBLIC, partial(check_looking, Policy(settings.moderation), photo), LOOKING_S)


def _no_captions(*, asks: bool) -> Iterator[Line]:
    others = "idle image servers with A1111's API are asked, else " if asks else ""
    yield skipped("Caption server", f"None is set: {others}paintings use each style's own words.")


def caption_ailment(url: str) -> str | None:
    """Return in a sentence why the caption server at the address is not well, None where it may be."""
    try:
        status = knock(f"{url}/healthz").status
    except NobodyAnswersError as reason:
        return str(reason)
    # Others than ours may have no page about their health: then the caption tells.
    return f"It says that it is not ready (status {status})." if status in GATEWAYS else None
