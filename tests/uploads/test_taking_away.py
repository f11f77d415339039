"""What an erased visit's ticket leaves in the cloud: nothing, late arrivals and refusals included."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from doubles.gcs import BUCKET, Cloud
from doubles.versioned_bucket import versioned_bucket
from durability.booth import wait_for
from uploads.queue import NOON, Desk, client, tickets

from articket.adapters.stores.bucket import BucketStore
from articket.application import files
from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.keeping import USUALLY_HIDDEN_S, Keeping
from articket.application.uploading import (
    KEEPING_EVERY_S,
    KEPT_AGAIN_S,
    LAST_LOOK_S,
    LOOK_AGAIN_S,
    Backlog,
    Left,
    Uploader,
)

LATE_S = 3.0  # later than the client's patience of two


@pytest.fixture
def uploader(desk: Desk, sky: Cloud) -> Iterator[Uploader]:
    made = desk.uploader(sky.url)
    yield made
    made.there.close()  # type: ignore[attr-defined]


def test_an_upload_that_arrives_after_its_visit_was_erased_is_found_and_taken_away(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    uploader.run()
    visit = desk.ticket(1)
    sky.weather.delay_s = LATE_S
    uploader.run()
    assert uploader.backlog().trouble == "store-unreachable", "the booth gave it up"
    sky.weather.delay_s = 0.0
    desk.erase(visit)
    desk.clock.wait(LONGEST_PAUSE_S)
    uploader.run()
    gone_at = desk.clock.now()
    assert desk.uploads.left(visit.id) == [Left(visit.id, gone_at)]
    wait_for(lambda: tickets(sky) == [files.uploaded(visit)])
    desk.clock.wait(LOOK_AGAIN_S)
    uploader.run()
    assert tickets(sky) == []
    desk.clock.wait(LAST_LOOK_S - 1)
    uploader.run()
    assert desk.uploads.left(visit.id) == [Left(visit.id, gone_at + LOOK_AGAIN_S)], "counted from then"
    desk.clock.wait(1)
    uploader.run()
    assert desk.uploads.left() == []


def test_whoever_waits_for_it_hears_that_a_ticket_is_gone(desk: Desk, sky: Cloud, uploader: Uploader) -> None:
    heard: list[str] = []
    uploader.gone = heard.append
    visit = desk.ticket(1)
    uploader.run()
    desk.erase(visit)
    sky.weather.kept = True
    uploader.run()
    assert heard == []
    sky.weather.kept = False
    desk.clock.wait(KEPT_AGAIN_S)
    uploader.run()
    assert heard == [visit.id]


def test_what_arrives_between_the_second_look_and_the_last_goes_too(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    visit = desk.ticket(1)
    uploader.run()
    desk.erase(visit)
    uploader.run()
    desk.clock.wait(LOOK_AGAIN_S)
    uploader.run()
    sky.inside.bucket(BUCKET).blob(f"fair/{files.uploaded(visit)}").upload_from_string(b"late")
    desk.clock.wait(LAST_LOOK_S)
    uploader.run()
    assert tickets(sky) == []
    assert desk.uploads.left(visit.id) == [Left(visit.id, desk.clock.now())], "and it is looked for again"


def test_a_bucket_that_keeps_a_ticket_holds_up_no_other(desk: Desk, sky: Cloud, uploader: Uploader) -> None:
    kept = desk.ticket(1)
    uploader.run()
    sky.weather.kept = True
    desk.erase(kept)
    other = desk.ticket(2)
    uploader.run()
    assert tickets(sky) == [files.uploaded(kept), files.uploaded(other)]
    assert uploader.backlog() == Backlog(0, None, "store-keeps")
    assert desk.uploads.left() == [Left(kept.id, None, refused=True)]
    sky.weather.kept = False
    uploader.run()
    assert len(tickets(sky)) == 2, "not asked again at once"
    desk.clock.wait(KEPT_AGAIN_S)
    uploader.run()
    assert tickets(sky) == [files.uploaded(other)]
    assert uploader.backlog() == Backlog()


def test_older_versions_go_with_a_ticket() -> None:
    beside = ("fair/t.pdf.txt", 1)
    with (
        versioned_bucket() as bucket,
        closing(BucketStore("gs://versioned/fair", lambda: client(bucket.url))) as store,
    ):
        bucket.versions += [("fair/t.pdf", 1), ("fair/t.pdf", 2), beside]
        assert store.delete("t.pdf") is True
        assert bucket.versions == [beside], "a bucket that keeps versions keeps none of it"
        assert store.delete("t.pdf") is False


@pytest.mark.parametrize(
    ("told", "keeps"),
    [
        ({}, Keeping()),
        ({"softDeletePolicy": {"retentionDurationSeconds": "0"}}, Keeping()),
        ({"softDeletePolicy": {"retentionDurationSeconds": "604800"}}, Keeping(hidden_s=604_800.0)),
        ({"versioning": {"enabled": True}}, Keeping(versions=True)),
        ({"retentionPolicy": {"retentionPeriod": "86400"}}, Keeping(locked_s=86_400.0)),
        ({"defaultEventBasedHold": True}, Keeping(held=True)),
        (403, Keeping(known=False)),
    ],
)
def test_what_the_bucket_keeps_of_deleted_files_is_read(
    sky: Cloud, uploader: Uploader, told: dict[str, object] | int, keeps: Keeping
) -> None:
    sky.weather.bucket = told
    assert uploader.there.keeping() == keeps
    uploader.run()
    assert uploader.keeping == keeps


@pytest.mark.parametrize(
    ("told", "hidden_s"),
    [({"softDeletePolicy": {"retentionDurationSeconds": "86400"}}, 86_400.0), (403, USUALLY_HIDDEN_S)],
)
def test_a_ticket_is_remembered_for_as_long_as_the_cloud_may_hide_it(
    desk: Desk, sky: Cloud, uploader: Uploader, told: dict[str, object] | int, hidden_s: float
) -> None:
    sky.weather.bucket = told
    visit = desk.ticket(1)
    uploader.run()
    desk.erase(visit)
    uploader.run()
    for seconds in (LOOK_AGAIN_S, hidden_s - LOOK_AGAIN_S - 1):
        desk.clock.wait(seconds)
        uploader.run()
        assert desk.uploads.left() == [Left(visit.id, NOON)]
    desk.clock.wait(1)
    uploader.run()
    assert desk.uploads.left() == []


def test_a_bucket_that_was_changed_meanwhile_is_asked_again(
    sky: Cloud, desk: Desk, uploader: Uploader
) -> None:
    sky.weather.bucket = {"softDeletePolicy": {"retentionDurationSeconds": "604800"}}
    uploader.run()
    sky.weather.bucket = {}
    uploader.run()
    assert uploader.keeping == Keeping(hidden_s=604_800.0)
    desk.clock.wait(KEEPING_EVERY_S)
    uploader.run()
    assert uploader.keeping == Keeping()
