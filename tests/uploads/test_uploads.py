"""Every ticket reaches the cloud once and in order, whatever happens to the way there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from doubles.gcs import BUCKET, Cloud
from sqlalchemy import text
from uploads.queue import NOON, Desk, pdf, tickets

from articket.adapters.database.visits import SqlVisits
from articket.application import files
from articket.application.backoff import LONGEST_PAUSE_S
from articket.application.uploading import LAST_LOOK_S, NOTE, Backlog, Uploader
from articket.domain.visit import Ticket, TicketStatus

TESTS = Path(__file__).parents[1]
ENDS_WITHIN_S = 60


@pytest.fixture
def uploader(desk: Desk, sky: Cloud) -> Iterator[Uploader]:
    made = desk.uploader(sky.url)
    yield made
    made.there.close()  # type: ignore[attr-defined]


def test_two_hundred_tickets_meet_a_cloud_that_goes_and_comes_back(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    made = [desk.ticket(number) for number in range(1, 81)]
    uploader.run()
    assert uploader.backlog() == Backlog()
    sky.road.close()
    made += [desk.ticket(number) for number in range(81, 201)]
    uploader.run()
    assert uploader.backlog() == Backlog(120, NOON + 81, "store-unreachable")
    desk.clock.wait(LONGEST_PAUSE_S)
    uploader.run()
    assert len(tickets(sky)) == 80
    sky.road.open()
    sky.weather.lost = 7
    desk.clock.wait(LONGEST_PAUSE_S)
    sent = len(sky.weather.uploads)
    for _ in range(7 + 1):  # each lost answer is a short trouble
        uploader.run()
        desk.clock.wait(LONGEST_PAUSE_S)
    assert uploader.backlog() == Backlog()
    assert tickets(sky) == [files.uploaded(visit) for visit in made], "none missing, none twice, in order"
    assert len(sky.weather.uploads) == sent + 120 + 7
    for visit in made:
        number = visit.decision.number if visit.decision else 0
        blob = sky.blob(f"fair/{files.uploaded(visit)}")
        assert blob.download_as_bytes() == pdf(number)
    uploads = len(sky.weather.uploads)
    uploader.run()
    assert len(sky.weather.uploads) == uploads, "what is up is not sent again"


def test_tickets_go_up_in_the_order_in_which_they_were_made(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    for number in (3, 1, 2):
        desk.ticket(number)
    uploader.run()
    made = sorted(sky.inside.list_blobs(BUCKET, prefix="fair/tickets/"), key=lambda blob: blob.time_created)
    assert [blob.name.split("-")[3] for blob in made] == ["0003", "0001", "0002"]
    assert [name.split("-")[3] for name in tickets(sky)] == ["0001", "0002", "0003"], "and lie by time"


def test_a_name_says_day_time_number_and_style_and_nothing_of_the_visitor(desk: Desk) -> None:
    visit = replace(desk.ticket(7), name="하린")
    day, _, rest = files.uploaded(visit).removeprefix("tickets/").partition("/")
    assert len(day.split("-")) == 3
    time, number, style = rest.removesuffix(".pdf").split("-")
    assert (len(time), number, style) == (6, "0007", "vangogh")
    assert visit.id not in rest


@pytest.mark.usefixtures("sky")
def test_after_a_trouble_it_is_tried_again_later_and_not_at_once(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    desk.ticket(1)
    sky.weather.status = 403
    uploader.run()
    tries = len(sky.weather.uploads)
    uploader.run()
    assert len(sky.weather.uploads) == tries
    assert uploader.backlog() == Backlog(1, NOON + 1, "store-forbidden")
    told = desk.told
    sky.weather.status = None
    desk.clock.wait(LONGEST_PAUSE_S)
    uploader.run()
    assert uploader.backlog() == Backlog()
    assert desk.told > told, "the desk hears of it"


def test_a_start_says_what_is_wrong_before_there_is_a_ticket(
    desk: Desk, sky: Cloud, uploader: Uploader, caplog: pytest.LogCaptureFixture
) -> None:
    sky.weather.status = 403
    uploader.run()
    assert uploader.backlog() == Backlog(0, None, "store-forbidden")
    assert "may not do this" in caplog.text
    sky.weather.status = None
    desk.clock.wait(LONGEST_PAUSE_S)
    uploader.run()
    assert sky.names() == [f"fair/{NOTE}"]


def test_a_name_that_others_took_stops_nobody_and_is_told(desk: Desk, sky: Cloud, uploader: Uploader) -> None:
    first = desk.ticket(1)
    desk.ticket(2)
    taken = sky.inside.bucket(BUCKET).blob(f"fair/{files.uploaded(first)}")
    taken.upload_from_string(b"another booth's")
    uploader.run()
    assert len(tickets(sky)) == 2
    assert uploader.backlog() == Backlog(0, None, "store-name-taken")
    desk.erase(first)
    uploader.run()
    assert taken.download_as_bytes() == b"another booth's", "what is not ours is never deleted"
    assert uploader.backlog() == Backlog()


def test_a_ticket_whose_file_is_lost_stops_nobody(desk: Desk, sky: Cloud, uploader: Uploader) -> None:
    lost = desk.ticket(1)
    desk.store.delete(lost.ticket.file or "")
    desk.ticket(2)
    uploader.run()
    assert len(tickets(sky)) == 1
    assert uploader.backlog() == Backlog(0, None, "file-gone")


def test_an_erased_visits_ticket_goes_from_the_cloud_when_it_is_back(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    erased, kept = desk.ticket(1), desk.ticket(2)
    uploader.run()
    sky.road.close()
    desk.erase(erased)
    uploader.run()
    assert uploader.backlog().trouble == "store-unreachable"
    sky.road.open()
    desk.clock.wait(LONGEST_PAUSE_S)
    uploader.run()
    assert tickets(sky) == [files.uploaded(kept)]
    assert [left.visit for left in desk.uploads.left()] == [erased.id]
    desk.clock.wait(LAST_LOOK_S)
    uploader.run()
    with desk.database.reading() as connection:
        assert connection.execute(text("SELECT visit FROM uploads")).scalars().all() == [kept.id]


def test_a_visit_that_is_erased_before_its_ticket_went_up_never_reaches_the_cloud(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    desk.erase(desk.ticket(1))
    uploader.run()
    assert sky.names() == [f"fair/{NOTE}"]
    assert len(sky.weather.uploads) == 1, "the note's"


def test_a_visit_that_is_erased_while_its_ticket_goes_up_leaves_nothing(desk: Desk, sky: Cloud) -> None:
    visit = desk.ticket(1)

    class ErasesThen:
        def reach(self, place: str) -> None:
            assert place == "uploaded-not-marked"
            desk.erase(visit)

    uploader = desk.uploader(sky.url, ErasesThen())
    uploader.run()
    uploader.there.close()  # type: ignore[attr-defined]
    assert tickets(sky) == []
    assert uploader.backlog() == Backlog()


def test_a_ticket_that_is_made_again_takes_its_predecessors_place(
    desk: Desk, sky: Cloud, uploader: Uploader
) -> None:
    first = desk.ticket(1)
    uploader.run()
    desk.save(replace(first, ticket=Ticket(TicketStatus.MAKING, edition=2)))
    uploader.run()
    assert tickets(sky) == [files.uploaded(first)], "until the new one is ready"
    again = desk.ticket(1, edition=2)
    uploader.run()
    assert tickets(sky) == [files.uploaded(again)]
    assert files.uploaded(again).endswith("-2.pdf")
    assert sky.blob(f"fair/{files.uploaded(again)}").download_as_bytes() == pdf(1, 2)


def test_a_kill_between_upload_and_mark_uploads_nothing_twice(desk: Desk, sky: Cloud, tmp_path: Path) -> None:
    made = [desk.ticket(number) for number in (1, 2, 3)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from uploads.queue import main; main()", str(tmp_path), sky.url],
        cwd=TESTS,
        env={"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "uploaded-not-marked\n"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=ENDS_WITHIN_S)
    generation = sky.blob(f"fair/{files.uploaded(made[0])}").generation
    assert desk.uploads.backlog().waiting == 3
    uploader = desk.uploader(sky.url)
    uploader.run()
    uploader.there.close()  # type: ignore[attr-defined]
    assert tickets(sky) == [files.uploaded(visit) for visit in made]
    assert sky.blob(f"fair/{files.uploaded(made[0])}").generation == generation, (
        "the first was kept as it was"
    )
    assert uploader.backlog() == Backlog()


def test_tickets_of_an_older_version_go_up_too(desk: Desk, sky: Cloud, uploader: Uploader) -> None:
    made = [desk.ticket(number) for number in (1, 2)]
    with desk.database.writing() as connection:
        connection.execute(text("DROP TABLE uploads"))
    SqlVisits(desk.database)
    uploader.run()
    assert tickets(sky) == [files.uploaded(visit) for visit in made]


def test_closing_ends_between_two_tickets(desk: Desk, sky: Cloud) -> None:
    for number in (1, 2, 3):
        desk.ticket(number)
    uploaders: list[Uploader] = []

    class ClosesThen:
        def reach(self, _: str) -> None:
            uploaders[0].close()

    uploaders.append(desk.uploader(sky.url, ClosesThen()))
    with closing(uploaders[0].there):  # type: ignore[type-var]
        uploaders[0].run()
    assert len(tickets(sky)) == 1
    assert desk.uploads.backlog().waiting == 2
