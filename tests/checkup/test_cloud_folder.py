"""The cloud folder, as the organiser's check finds it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.gcs import BUCKET, Cloud, cloud

from articket.application.checkup.line import Line, State
from articket.checking.wiring import check_cloud, check_cloud_deletions

FOLDER = f"gs://{BUCKET}/fair"


@pytest.fixture
def sky(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A cloud that Google's library finds by the variable it reads itself."""
    with cloud() as opened:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", opened.url)
        yield opened


def looked(address: str | None) -> Line:
    (line,) = check_cloud(address)
    assert line.subject == "Cloud folder"
    return line


def test_without_a_cloud_folder_nothing_is_asked() -> None:
    assert looked(None).state is State.SKIPPED


def test_a_folder_that_takes_and_gives_back_is_fine_and_left_as_it_was(sky: Cloud) -> None:
    line = looked(FOLDER)
    assert (line.state, line.found) == (
        State.OK,
        f"{FOLDER}: A small file was written, read, listed and deleted.",
    )
    assert sky.names() == []
    assert len(sky.weather.uploads) == 1


@pytest.mark.usefixtures("sky")
def test_a_missing_bucket_is_told_with_the_settings_name() -> None:
    line = looked("gs://no-such-bucket")
    assert line.state is State.BAD
    assert line.found == "gs://no-such-bucket: There is no bucket of this name."
    assert "ARTICKET_STORE" in line.fix


def test_who_may_read_and_not_write_is_told_to_ask_for_it(sky: Cloud) -> None:
    sky.weather.status = 403
    line = looked(FOLDER)
    assert line.state is State.BAD
    assert "may not do this" in line.found
    assert "Storage Object User" in line.fix


@pytest.mark.parametrize("content", [None, "", '{"type": "service_account"}'])
def test_missing_credentials_are_told_with_the_way_to_some(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "key.json").write_text(content)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "key.json"))
    line = looked(FOLDER)
    assert line.state is State.BAD
    assert line.found == f"{FOLDER}: No usable Google credentials were found."
    assert "GOOGLE_APPLICATION_CREDENTIALS" in line.fix


def test_a_cloud_that_is_away_is_told(sky: Cloud) -> None:
    sky.road.close()
    try:
        line = looked(FOLDER)
    finally:
        sky.road.open()
    assert line.state is State.BAD
    assert "cannot be reached" in line.found


@pytest.mark.parametrize(
    ("told", "state", "found", "fix"),
    [
        ({}, State.OK, "keeps nothing", ""),
        (
            {"softDeletePolicy": {"retentionDurationSeconds": "604800"}},
            State.WARN,
            "hidden in the bucket for 7 days",
            f"gcloud storage buckets update gs://{BUCKET} --clear-soft-delete",
        ),
        ({"versioning": {"enabled": True}}, State.WARN, "older versions", "--no-versioning"),
        (
            {"retentionPolicy": {"retentionPeriod": "86400"}},
            State.BAD,
            "Nothing can be deleted for one day",
            "--clear-retention-period",
        ),
        ({"defaultEventBasedHold": True}, State.BAD, "held", "--no-default-event-based-hold"),
        (403, State.WARN, "may not see", "storage.buckets.get"),
    ],
)
def test_what_the_bucket_keeps_of_deleted_tickets_is_told_with_the_command_that_ends_it(
    sky: Cloud, told: dict[str, object] | int, state: State, found: str, fix: str
) -> None:
    sky.weather.bucket = told
    (line,) = check_cloud_deletions(FOLDER)
    assert line.subject == "Deleted tickets"
    assert line.state is state
    assert found in line.found
    assert fix in line.fix


def test_a_bucket_that_keeps_in_several_ways_is_told_of_each(sky: Cloud) -> None:
    sky.weather.bucket = {
        "softDeletePolicy": {"retentionDurationSeconds": "604800"},
        "versioning": {"enabled": True},
        "defaultEventBasedHold": True,
    }
    assert [line.state for line in check_cloud_deletions(FOLDER)] == [State.WARN, State.WARN, State.BAD]


def test_without_a_cloud_folder_deleted_tickets_are_gone() -> None:
    (line,) = check_cloud_deletions(None)
    assert line.state is State.SKIPPED


def test_a_cloud_that_is_away_cannot_say_what_it_keeps(sky: Cloud) -> None:
    sky.road.close()
    try:
        (line,) = check_cloud_deletions(FOLDER)
    finally:
        sky.road.open()
    assert line.state is State.SKIPPED
    assert "cannot be reached" in line.found
