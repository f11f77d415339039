"""Links to tickets in the cloud folder, signed by a service account's key."""

import urllib.request
from contextlib import closing
from pathlib import Path

from doubles.gcs import BUCKET, Cloud
from uploads.queue import Desk, pdf

from articket.adapters.clock import Metronome
from articket.adapters.stores.bucket import BucketStore
from articket.application.uploading import Uploader
from articket.cloud import CloudFolder
from articket.domain.visit import Visit


def folder(desk: Desk, sky: Cloud, store: BucketStore) -> CloudFolder:
    uploader = desk.uploader(sky.url)
    return CloudFolder(desk.uploads, uploader, Metronome("uploads", 1.0, uploader.run), store)


def uploaded(desk: Desk, sky: Cloud) -> Visit:
    visit, uploader = desk.ticket(1), desk.uploader(sky.url)
    run(uploader)
    return visit


def run(uploader: Uploader) -> None:
    with closing(uploader.there):  # type: ignore[type-var]
        uploader.run()


def test_a_ticket_that_is_up_has_a_link_for_five_minutes(desk: Desk, sky: Cloud, tmp_path: Path) -> None:
    key = sky.key_file(tmp_path)
    signed = folder(desk, sky, BucketStore(f"gs://{BUCKET}/fair", lambda: sky.client_with_key(key)))
    visit = uploaded(desk, sky)
    link = signed.link(visit.ticket.file or "")
    assert link is not None
    assert "X-Goog-Expires=300&" in link
    with urllib.request.urlopen(link, timeout=10) as answer:  # noqa: S310 - our own server's
        assert answer.read() == pdf(1)


def test_a_ticket_that_waits_or_is_to_go_has_none(desk: Desk, sky: Cloud, tmp_path: Path) -> None:
    key = sky.key_file(tmp_path)
    signed = folder(desk, sky, BucketStore(f"gs://{BUCKET}/fair", lambda: sky.client_with_key(key)))
    visit = uploaded(desk, sky)
    desk.erase(visit)
    assert signed.link(visit.ticket.file or "") is None
    assert signed.link(desk.ticket(2).ticket.file or "") is None


def test_credentials_that_cannot_sign_give_none(desk: Desk, sky: Cloud) -> None:
    unsigned = folder(desk, sky, BucketStore(f"gs://{BUCKET}/fair", sky.client))
    assert unsigned.link(uploaded(desk, sky).ticket.file or "") is None
