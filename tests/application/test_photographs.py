"""A photo is on disk before anybody hears that it arrived, whatever comes in between."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from application.kit import Kit
from doubles.stores import SmallStore
from doubles.world import CuttingBarriers, PowerCutError

from articket.application import files
from articket.domain.commands import Frame, Ready
from articket.domain.faults import Fault, Gone, NotAllowed, StaleStep, StoreFull, StoreUnwritable
from articket.domain.jobs import DescribeJob, EraseJob

FULL = StoreFull("store-full", "No room.")
LOCKED = StoreUnwritable("store-unwritable", "Read-only.")


def test_a_photo_is_kept_cleaned_and_framed(kit: Kit) -> None:
    visit = kit.with_consent()
    assert kit.photo(visit) == 1
    assert kit.store.get(files.source(visit, 1)) == b"clean photo"
    assert kit.store.exists(files.framed(visit, 1))
    assert kit.visits.pending(1) == [DescribeJob(visit, 1)]


def test_a_repeated_upload_is_answered_as_it_was(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.photo(visit)
    revision = kit.visits.booth("main").revision
    assert kit.photo(visit, 1, b"another") == 1
    assert kit.store.get(files.source(visit, 1)) == b"clean photo"
    assert kit.visits.booth("main").revision == revision


def test_the_same_upload_twice_at_once_is_one_photo(kit: Kit) -> None:
    visit = kit.with_consent()
    stale = kit.visit(visit)
    meet = Barrier(2)
    kit.framer.meanwhile = meet.wait
    take = kit.take_photo.take
    with ThreadPoolExecutor(2) as phones:
        uploads = [phones.submit(take, stale, 1, data, None) for data in (b"one", b"two")]
        assert [upload.result() for upload in uploads] == [1, 1]
    assert len(kit.visits.pending(100)) == 1 + len(kit.experience.styles)


def test_a_late_repetition_never_replaces_a_photo_that_is_known(kit: Kit) -> None:
    visit = kit.with_consent()
    stale = kit.visit(visit)
    kit.photo(visit)
    assert kit.take_photo.take(stale, 1, b"another", None) == 1
    assert kit.store.get(files.source(visit, 1)) == b"clean photo"


def test_an_upload_under_the_number_of_a_crop_is_no_repetition(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.photo(visit)
    kit.take_photo.move(kit.visit(visit), "m1", Frame(1, 0.2, 0.8))
    with pytest.raises(StaleStep):
        kit.photo(visit, 2, b"another")
    assert kit.photo(visit, 1) == 2, "the upload itself was taken"
    assert kit.photo(visit, 3, b"another") == 3


def test_a_number_that_is_not_the_next_is_refused_before_any_decoding(kit: Kit) -> None:
    visit = kit.with_consent()
    decoded: list[bytes] = []

    def decode(data: bytes) -> bytes:
        decoded.append(data)
        return data

    take = replace(kit.take_photo, take_in=decode)
    with pytest.raises(StaleStep):
        take.take(kit.visit(visit), 5, b"photo", None)
    assert decoded == []


def test_a_crop_cut_while_the_visit_is_erased_leaves_nothing(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.photo(visit)

    def erase() -> None:
        kit.erase(visit)
        kit.run(EraseJob(visit))

    stale = kit.visit(visit)
    kit.framer.meanwhile = erase
    assert kit.take_photo.move(stale, "m1", Frame(1, 0.2, 0.8)).code == "visit-gone"
    assert kit.store.list() == []


@pytest.mark.parametrize("again", [b"photo", b"another"])
def test_a_power_cut_between_file_and_row_lets_the_phone_send_again(kit: Kit, again: bytes) -> None:
    visit = kit.with_consent()
    kit.barriers = CuttingBarriers("photo-stored")
    with pytest.raises(PowerCutError):
        kit.photo(visit)
    assert kit.visit(visit).photo is None
    assert kit.photo(visit, 1, again) == 1
    assert kit.store.get(files.source(visit, 1)) == b"clean " + again


def test_nothing_is_taken_before_consent(kit: Kit) -> None:
    visit = kit.join()
    with pytest.raises(NotAllowed):
        kit.photo(visit)
    assert kit.store.list() == []


def test_a_photo_of_a_visit_erased_meanwhile_leaves_nothing(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.framer.meanwhile = lambda: kit.erase(visit)
    with pytest.raises(Gone):
        kit.photo(visit)
    assert kit.store.list() == []


def test_a_photo_after_the_quiz_began_is_refused_and_not_kept(kit: Kit) -> None:
    visit = kit.ready()
    kit.confirm(visit)
    kit.answer(visit, 0)
    before = kit.store.list()
    with pytest.raises(StaleStep):
        kit.photo(visit, 2, b"too late")
    assert kit.store.list() == before
    assert kit.store.get(files.source(visit, 1)) == b"clean photo"


def test_moving_the_crop_cuts_the_same_upload_again(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.photo(visit)
    ack = kit.take_photo.move(kit.visit(visit), "m1", Frame(1, 0.2, 0.8))
    assert ack.code is None
    assert kit.store.get(files.framed(visit, 2)) == b"frame (0.2, 0.8) of clean photo"
    assert kit.take_photo.move(kit.visit(visit), "m1", Frame(1, 0.2, 0.8)) == ack, "a repetition"
    photo = kit.visit(visit).photo
    assert photo is not None
    assert (photo.number, photo.source) == (2, 1)


def test_a_late_crop_never_replaces_the_one_that_is_known(kit: Kit) -> None:
    visit = kit.with_consent()
    kit.photo(visit)
    stale = kit.visit(visit)
    kit.take_photo.move(stale, "m1", Frame(1, 0.2, 0.8))
    assert kit.take_photo.move(stale, "m2", Frame(1, 0.9, 0.9)).code == "step-stale"
    assert kit.store.get(files.framed(visit, 2)) == b"frame (0.2, 0.8) of clean photo"


def test_a_crop_that_is_refused_or_comes_after_erasure_is_not_kept(kit: Kit) -> None:
    visit = kit.ready()
    kit.confirm(visit)
    kit.answer(visit, 0)
    assert kit.take_photo.move(kit.visit(visit), "m1", Frame(1, 0.2, 0.8)).code == "step-stale"
    assert not kit.store.exists(files.framed(visit, 2))
    stale = kit.visit(visit)
    kit.erase(visit)
    kit.run_all()
    assert kit.take_photo.move(stale, "m2", Frame(1, 0.2, 0.8)).code == "visit-gone"
    assert kit.store.list() == []


@pytest.mark.parametrize("fault", [FULL, LOCKED])
@pytest.mark.parametrize("spoils", ["visits/", "photo.jpg"])
def test_without_room_the_phone_hears_it_and_sends_again_later(fault: Fault, spoils: str) -> None:
    store = SmallStore()
    kit = Kit(store=store)
    visit = kit.with_consent()
    store.spoils, store.fault = "visits/" if spoils == "visits/" else f"visits/{visit}/1/", fault
    before = kit.visit(visit), kit.visits.booth("main")
    with pytest.raises(type(fault)) as told:
        kit.photo(visit)
    assert told.value.code == fault.code
    assert (kit.visit(visit), kit.visits.booth("main")) == before
    store.fault = None
    assert kit.photo(visit) == 1
    assert kit.floor.perform(visit, "r", "main", Ready(), visit).code is None
