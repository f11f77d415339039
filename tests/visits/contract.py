"""What every place for booths and visits promises; a test class inherits this and provides `kept`."""

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Protocol

import pytest

from articket.application.ports import Ack, Keys, Outbox, Tally, Transaction, Visits
from articket.domain.booth import Booth, BoothStage, Place, Wall
from articket.domain.day import Happening
from articket.domain.jobs import DescribeJob, EraseJob, Job, LookJob, PaintJob, TicketJob
from articket.domain.moderation import Look
from articket.domain.print_queue import PrintJob, PrintState
from articket.domain.visit import (
    Consent,
    Decision,
    Easel,
    Moment,
    PaintingStatus,
    Photo,
    Receipt,
    Review,
    Sight,
    Ticket,
    TicketStatus,
    Visit,
)

NOW = 1_700_000_000.0
FAR = NOW + 1e6


class Kept(Visits, Outbox, Protocol):
    """Visits and their outbox in one."""


class PulledPlugError(Exception):
    """Something broke in the middle of a command."""


def keys_of(name: str) -> Keys:
    return Keys(*(f"{purpose}-{name}".encode().ljust(32, b".") for purpose in ("token", "keep", "entry")))


def fresh(visit: str, **more: object) -> Visit:
    return replace(Visit(visit, "main", "ko", NOW), **more)  # type: ignore[arg-type]


def add(kept: Kept, *visits: Visit, expires_at: float = FAR) -> None:
    with kept.transaction() as transaction:
        for visit in visits:
            transaction.add_visit(visit, keys_of(visit.id), expires_at)


def break_off(kept: Kept, command: Callable[[Transaction], object]) -> None:
    def pull() -> None:
        with kept.transaction() as transaction:
            command(transaction)
            raise PulledPlugError

    with pytest.raises(PulledPlugError):
        pull()


def full(name: str) -> Visit:
    """A visit that holds something of everything."""
    return Visit(
        id=name,
        booth="main",
        locale="en",
        joined_at=NOW,
        assisted=True,
        consent=Consent("1", NOW, gallery=True, guardian=True),
        name="하린 🦊",
        photo=Photo(3, 2, faces=1, focus=(0.25, 0.75)),
        sent=True,
        easels=(
            Easel("sea", PaintingStatus.DONE, "laptop", 1.5, pixels_wide=832),
            Easel("sky", PaintingStatus.PAINTING),
        ),
        sight=Sight("a person", 1, ("red", "blue")),
        answers=("a", "b"),
        at=2,
        decision=Decision("X", "sea", 7, NOW + 1),
        revealed_at=NOW + 2,
        ticket=Ticket(TicketStatus.READY, NOW + 3, None, 299.5, ("jam",), None, 2),
        review=Review(5, "고마워요"),
        moments=(Moment(NOW, "photo"), Moment(NOW + 1, "finished", "sea", 1.5)),
    )


class VisitsContract:
    def test_a_booth_nobody_saved_is_a_new_one(self, kept: Kept) -> None:
        assert kept.booth("main") == Booth("main")
        with kept.transaction() as transaction:
            assert transaction.booth("main") == Booth("main")

    def test_booths_and_visits_come_back_as_they_were(self, kept: Kept) -> None:
        booth = Booth(
            "main", 12, line=(Place("b", NOW, ready=True, misses=1, postponed=True),),
            stage=BoothStage.CALLING, step=4, since=NOW, deadline=NOW + 30, warn_at=NOW + 10,
            place=Place("a", NOW), wall=Wall("pear", ("pear", "cat"), 2), control_until=NOW + 480,
        )  # fmt: skip
        add(kept, full("a"))
        with kept.transaction() as transaction:
            transaction.booth("main")
            transaction.save_booth(booth)
            assert transaction.booth("main") == booth, "a transaction sees what it wrote"
        assert kept.booth("main") == booth
        assert kept.visit("a") == full("a")
        assert kept.visit("nobody") is None

    def test_what_is_not_committed_is_seen_by_nobody_else(self, kept: Kept) -> None:
        with kept.transaction() as transaction:
            transaction.add_visit(fresh("a"), keys_of("a"), FAR)
            with ThreadPoolExecutor(1) as other:
                assert other.submit(kept.visit, "a").result() is None
        assert kept.visit("a") == fresh("a")

    def test_an_exception_takes_everything_back(self, kept: Kept) -> None:
        add(kept, fresh("a"))

        def command(transaction: Transaction) -> None:
            transaction.save_booth(replace(transaction.booth("main"), revision=5))
            transaction.save_visit(fresh("a", name="Harin"), FAR)
            transaction.add_visit(fresh("b"), keys_of("b"), FAR)
            transaction.order([EraseJob("a")])
            transaction.remember("a", "c1", Ack(5), NOW)

        break_off(kept, command)
        assert kept.booth("main").revision == 0
        assert kept.visit("a") == fresh("a")
        assert kept.visit("b") is None
        assert kept.by_token(keys_of("b").token) is None
        assert kept.pending(10) == []
        with kept.transaction() as transaction:
            assert transaction.answered("a", "c1") is None

    def test_a_visit_is_found_by_each_of_its_keys(self, kept: Kept) -> None:
        add(kept, fresh("a"), fresh("b"))
        for name in ("a", "b"):
            assert kept.by_token(keys_of(name).token) == fresh(name)
            assert kept.by_keep(keys_of(name).keep) == fresh(name)
            with kept.transaction() as transaction:
                assert transaction.visit_by_entry(keys_of(name).entry) == fresh(name)
        assert kept.by_token(keys_of("a").keep) is None
        assert kept.by_keep(keys_of("c").keep) is None
        with kept.transaction() as transaction:
            assert transaction.visit_by_entry(keys_of("c").entry) is None

    def test_many_come_in_the_order_asked_for(self, kept: Kept) -> None:
        add(kept, fresh("a"), fresh("b"), fresh("c"))
        assert [visit.id for visit in kept.many(["c", "nobody", "a"])] == ["c", "a"]
        assert kept.many([]) == []

    def test_ticket_numbers_begin_at_one_and_a_draw_taken_back_is_drawn_again(self, kept: Kept) -> None:
        with kept.transaction() as transaction:
            assert transaction.next_number() == 1
        break_off(kept, lambda transaction: transaction.next_number())
        with kept.transaction() as transaction:
            assert [transaction.next_number(), transaction.next_number()] == [2, 3]

    def test_numbers_drawn_at_once_are_unique_and_have_no_gaps(self, kept: Kept) -> None:
        start = Barrier(6)

        def draw() -> list[int]:
            start.wait()
            drawn = []
            for _ in range(10):
                with kept.transaction() as transaction:
                    drawn.append(transaction.next_number())
            return drawn

        with ThreadPoolExecutor(6) as threads:
            drawn = [thread.result() for thread in [threads.submit(draw) for _ in range(6)]]
        assert sorted(number for each in drawn for number in each) == list(range(1, 61))

    def test_a_visit_is_found_by_its_number(self, kept: Kept) -> None:
        add(kept, fresh("a"), full("b"))
        assert kept.by_number(7) == full("b")
        assert kept.by_number(8) is None

    def test_jobs_wait_in_their_order_until_they_are_handed_over(self, kept: Kept) -> None:
        jobs: list[Job] = [
            DescribeJob("a", 1),
            LookJob("a", 1),
            PaintJob("a", 1, "sea"),
            TicketJob("a", 2),
            EraseJob("b"),
        ]
        with kept.transaction() as transaction:
            transaction.order(jobs)
        assert kept.pending(10) == jobs
        assert kept.pending(2) == jobs[:2]
        kept.handed_over(jobs[:2])
        assert kept.pending(10) == jobs[2:]
        kept.handed_over([])
        kept.handed_over(jobs[:2])
        assert kept.pending(10) == jobs[2:]

    def test_the_same_job_ordered_twice_waits_once(self, kept: Kept) -> None:
        for _ in range(2):
            with kept.transaction() as transaction:
                transaction.order([EraseJob("a"), EraseJob("a")])
        assert kept.pending(10) == [EraseJob("a")]

    def test_an_answer_is_remembered_for_its_owner(self, kept: Kept) -> None:
        ack = Ack(3, "name-length", (("limit", 12), ("word", "x")))
        with kept.transaction() as transaction:
            transaction.remember("a", "c1", ack, NOW)
        with kept.transaction() as transaction:
            assert transaction.answered("a", "c1") == ack
            assert transaction.answered("b", "c1") is None
            assert transaction.answered("a", "c2") is None

    def test_forgetting_a_visit_drops_its_answers_and_jobs_and_keeps_it_findable(self, kept: Kept) -> None:
        add(kept, fresh("a"), fresh("b"))
        with kept.transaction() as transaction:
            for name in ("a", "b"):
                transaction.remember(name, "c1", Ack(1), NOW)
                transaction.order([PaintJob(name, 1, "sea")])
            transaction.forget("a")
        assert kept.pending(10) == [PaintJob("b", 1, "sea")]
        assert kept.by_token(keys_of("a").token) == fresh("a")
        with kept.transaction() as transaction:
            assert transaction.answered("a", "c1") is None
            assert transaction.answered("b", "c1") == Ack(1)

    def test_tickets_come_by_number_and_printed_ones_the_latest_first(self, kept: Kept) -> None:
        def ticket(name: str, number: int, status: TicketStatus, printed_at: float | None = None) -> Visit:
            decision = Decision("X", "sea", number, NOW)
            return fresh(name, decision=decision, ticket=Ticket(status, NOW, printed_at))

        add(kept, ticket("b", 2, TicketStatus.READY), ticket("a", 1, TicketStatus.READY))
        add(
            kept, ticket("c", 3, TicketStatus.PRINTED, NOW + 1), ticket("d", 4, TicketStatus.PRINTED, NOW + 2)
        )
        add(kept, replace(ticket("o", 5, TicketStatus.READY), booth="other"))
        add(kept, replace(ticket("e", 6, TicketStatus.READY), receipt=Receipt("1", NOW, ())))
        found = kept.with_tickets("main", TicketStatus.READY, 10)
        assert [visit.id for visit in found] == ["a", "b"]
        assert [visit.id for visit in kept.with_tickets("main", TicketStatus.PRINTED, 10)] == ["d", "c"]
        assert [visit.id for visit in kept.with_tickets("main", TicketStatus.PRINTED, 1)] == ["d"]
        assert kept.tally("main", NOW) == Tally(paper={PrintState.QUEUED: 2}, waits_since=NOW)
        with kept.transaction() as transaction:
            transaction.save_visit(ticket("a", 1, TicketStatus.PRINTED, NOW + 3), FAR)
        assert kept.tally("main", NOW).paper == {PrintState.QUEUED: 1}

    def test_what_waits_for_paper_comes_by_number(self, kept: Kept) -> None:
        def ticket(name: str, number: int, job: PrintJob | None) -> Visit:
            return fresh(
                name,
                decision=Decision("X", "sea", number, NOW),
                ticket=Ticket(TicketStatus.READY, NOW, job=job),
            )

        held = PrintJob(by="desk").hold("desk", NOW)
        claimed = PrintJob().claim("desk", NOW, 60.0)
        add(kept, ticket("c", 3, None), ticket("a", 1, claimed), ticket("b", 2, held))
        add(kept, ticket("d", 4, claimed.send("desk", NOW)), ticket("e", 5, PrintJob()))
        add(kept, replace(ticket("f", 6, None), ticket=Ticket(TicketStatus.PRINTED, NOW, NOW)))
        add(kept, replace(ticket("g", 7, None), booth="other"))
        assert [visit.id for visit in kept.to_print("main", 10)] == ["a", "c", "e"]
        assert [visit.id for visit in kept.to_print("main", 1)] == ["a"]
        found = kept.visit("a")
        assert found is not None
        assert found.ticket.job == claimed

    def test_what_a_printer_has_under_its_own_number_is_found_among_what_a_folder_was_sent(
        self, kept: Kept
    ) -> None:
        def ticket(name: str, number: int, job: PrintJob) -> Visit:
            made = Ticket(TicketStatus.READY, NOW, job=job)
            return fresh(name, decision=Decision("X", "sea", number, NOW), ticket=made)

        claimed = PrintJob().claim("printer", NOW, 60.0)
        at_it = ticket("d", 4, claimed.send("printer", NOW, 17))
        add(
            kept,
            *(ticket(name, number, claimed.send("printer", NOW)) for name, number in (("a", 1), ("b", 2))),
        )
        add(kept, at_it, ticket("c", 3, claimed), replace(ticket("e", 5, PrintJob(ref=18)), booth="other"))
        add(kept, fresh("f", ticket=Ticket(TicketStatus.MAKING, job=PrintJob(ref=19))))
        assert [visit.id for visit in kept.to_print("main", 9, (PrintState.SENT,))] == ["a", "b", "d"]
        assert kept.at_printer("main", 9) == [at_it]
        with kept.transaction() as transaction:
            transaction.save_visit(ticket("d", 4, at_it.ticket.print_job.finish("printer", NOW)), FAR)
        assert kept.at_printer("main", 9) == []

    def test_tickets_are_counted_by_where_they_are_and_how_long_one_waits(self, kept: Kept) -> None:
        def ticket(name: str, job: PrintJob | None, ready_at: float) -> Visit:
            made = Ticket(TicketStatus.READY, ready_at, job=job)
            return fresh(name, decision=Decision("X", "sea", int(name), NOW), ticket=made)

        printed = PrintJob(PrintState.PRINTED, NOW)
        again = printed.reprint("desk", NOW + 50, "jam", 1)
        add(kept, ticket("1", again, NOW), ticket("2", None, NOW + 30))
        assert kept.tally("main", NOW).waits_since == NOW + 30, "what is asked for again waits since then"
        claimed = PrintJob().claim("desk", NOW, 60.0)
        add(kept, ticket("3", claimed.send("desk", NOW), NOW), ticket("4", PrintJob().hold("desk", NOW), NOW))
        add(kept, ticket("5", claimed.fail("desk", NOW, "lost"), NOW + 20))
        add(kept, replace(ticket("6", None, NOW), booth="other"))
        add(kept, fresh("7", ticket=Ticket(TicketStatus.TROUBLE)))
        tally = kept.tally("main", NOW)
        assert dict(tally.paper) == {
            PrintState.QUEUED: 2, PrintState.SENT: 1, PrintState.HELD: 1, PrintState.FAILED: 1,
        }  # fmt: skip
        assert (tally.stuck, tally.waits_since) == (1, NOW + 20)
        sent = kept.to_print("main", 9, (PrintState.SENT, PrintState.HELD))
        assert [visit.id for visit in sent] == ["3", "4"]

    def test_the_days_counts_begin_anew_and_outlive_their_visits(self, kept: Kept) -> None:
        add(kept, fresh("a"))
        yesterday, today = NOW - NOW % 900 - 900, NOW - NOW % 900
        with kept.transaction() as transaction:
            transaction.note("main", (Happening.JOINED, Happening.PRINTED), yesterday + 1)
            transaction.note("main", (Happening.JOINED,), today)
            transaction.note("main", (Happening.JOINED,), today + 899)
            transaction.note("other", (Happening.JOINED,), today)
            transaction.save_visit(fresh("a", receipt=Receipt("1", NOW, ())), FAR)
        assert dict(kept.tally("main", today).day) == {Happening.JOINED: 2}
        both = {Happening.JOINED: 3, Happening.PRINTED: 1}
        assert dict(kept.tally("main", yesterday).day) == both

    def test_a_command_that_is_taken_back_counts_nothing(self, kept: Kept) -> None:
        break_off(kept, lambda transaction: transaction.note("main", (Happening.JOINED,), NOW))
        assert dict(kept.tally("main", 0).day) == {}

    def test_visits_are_found_by_a_part_of_their_name(self, kept: Kept) -> None:
        decomposed = unicodedata.normalize("NFD", "하린")
        add(
            kept,
            fresh("a", name="하린", joined_at=NOW),
            fresh("b", name=f"{decomposed} 둘", joined_at=NOW + 1),
        )
        add(kept, fresh("c", name='Harin "Kim"', joined_at=NOW + 2), fresh("d"))
        add(kept, fresh("e", receipt=Receipt("1", NOW, ())), replace(fresh("f", name="하린"), booth="other"))
        assert [visit.id for visit in kept.named("main", "하린", 9)] == ["b", "a"]
        assert [visit.id for visit in kept.named("main", "하린", 1)] == ["b"]
        assert [visit.id for visit in kept.named("main", 'harin "k', 9)] == ["c"]
        assert kept.named("main", "%", 9) == []

    def test_the_last_number_is_the_one_that_was_drawn_last(self, kept: Kept) -> None:
        assert kept.last_number() == 0
        with kept.transaction() as transaction:
            drawn = [transaction.next_number() for _ in range(3)]
        assert kept.last_number() == drawn[-1] == 3

    def test_under_way_is_who_sent_a_photo_or_came_lately(self, kept: Kept) -> None:
        easel = Easel("sea", PaintingStatus.WAITING)
        add(
            kept,
            fresh("left", joined_at=NOW),
            fresh("painted", joined_at=NOW + 1, photo=Photo(1, 1), easels=(easel,)),
            fresh("new", joined_at=NOW + 9),
            fresh("erased", joined_at=NOW + 9, receipt=Receipt("1", NOW, ())),
            replace(fresh("elsewhere", joined_at=NOW + 9), booth="other"),
            replace(full("done"), joined_at=NOW + 9),
        )
        assert [visit.id for visit in kept.under_way("main", NOW + 5, 10)] == ["new", "painted"]
        assert [visit.id for visit in kept.under_way("main", NOW + 5, 1)] == ["new"]
        assert kept.tally("main", NOW).painting == 2

    def test_the_gallery_shows_revealed_paintings_whose_owners_allow_it(self, kept: Kept) -> None:
        yes, no = (Consent("1", NOW, gallery=wish, guardian=False) for wish in (True, False))
        add(
            kept,
            fresh("early", consent=yes, revealed_at=NOW + 1),
            fresh("late", consent=yes, revealed_at=NOW + 2),
            fresh("unrevealed", consent=yes),
            fresh("private", consent=no, revealed_at=NOW + 3),
            fresh("hidden", consent=yes, revealed_at=NOW + 4, hidden=True),
            fresh("erased", consent=yes, revealed_at=NOW + 5, receipt=Receipt("1", NOW, ())),
            replace(fresh("elsewhere", consent=yes, revealed_at=NOW + 6), booth="other"),
        )
        assert [visit.id for visit in kept.gallery("main", 10)] == ["late", "early"]
        assert [visit.id for visit in kept.gallery("main", 1)] == ["late"]
        with kept.transaction() as transaction:
            transaction.save_visit(fresh("late", consent=yes, revealed_at=NOW + 2, hidden=True), FAR)
        assert [visit.id for visit in kept.gallery("main", 10)] == ["early"]

    def test_the_gallery_shows_no_painting_whose_photo_waits_for_a_look(self, kept: Kept) -> None:
        yes = Consent("1", NOW, gallery=True, guardian=False)
        for look in Look:
            add(kept, fresh(look.value, consent=yes, revealed_at=NOW, photo=Photo(1, 1, look=look)))
        shown = {visit.id for visit in kept.gallery("main", 10)}
        assert shown == {"needless", "clear", "approved"}

    def test_staff_are_given_the_photos_to_look_at_the_earliest_first(self, kept: Kept) -> None:
        asked, clear = Photo(1, 1, look=Look.ASKED), Photo(1, 1, look=Look.CLEAR)
        add(
            kept,
            fresh("late", joined_at=NOW + 2, photo=Photo(2, 1, look=Look.FLAGGED)),
            fresh("early", joined_at=NOW + 1, photo=Photo(1, 1, look=Look.UNSEEN)),
            fresh("clear", photo=clear),
            fresh("pending", joined_at=NOW + 2, photo=Photo(1, 1, look=Look.PENDING)),
            fresh("hidden", photo=asked, hidden=True),
            fresh("erased", photo=asked, receipt=Receipt("1", NOW, ())),
            replace(fresh("elsewhere", photo=asked), booth="other"),
        )
        soon, later = NOW + 31, NOW + 32
        assert [visit.id for visit in kept.to_look_at("main", soon, 10)] == ["early", "late"]
        assert [visit.id for visit in kept.to_look_at("main", soon, 1)] == ["early"]
        assert [visit.id for visit in kept.to_look_at("main", later, 10)] == ["early", "late", "pending"]
        assert [kept.looks_due("main", at) for at in (soon, later)] == [2, 3]
        with kept.transaction() as transaction:
            transaction.save_visit(fresh("early", joined_at=NOW + 1, photo=clear), FAR)
        assert [visit.id for visit in kept.to_look_at("main", soon, 10)] == ["late"]

    def test_expired_are_the_oldest_that_still_hold_something(self, kept: Kept) -> None:
        add(kept, fresh("b"), expires_at=NOW + 2)
        add(kept, fresh("a"), expires_at=NOW + 1)
        add(kept, fresh("gone", receipt=Receipt("1", NOW, ())), expires_at=NOW)
        add(kept, fresh("young"), expires_at=NOW + 9)
        assert [visit.id for visit in kept.expired(NOW + 2, 10)] == ["a", "b"]
        assert [visit.id for visit in kept.expired(NOW + 2, 1)] == ["a"]
        assert kept.expired(NOW, 10) == []

    def test_due_are_the_booths_whose_deadline_has_passed(self, kept: Kept) -> None:
        for name, deadline in (("a", NOW), ("b", NOW + 1), ("idle", None)):
            with kept.transaction() as transaction:
                transaction.save_booth(replace(transaction.booth(name), deadline=deadline))
        assert [booth.id for booth in kept.due(NOW)] == ["a"]
        assert kept.due(NOW - 1) == []

    def test_old_receipts_and_answers_are_forgotten_and_nothing_else(self, kept: Kept) -> None:
        gone = Receipt("1", NOW, ())
        add(kept, fresh("old", receipt=gone), expires_at=NOW)
        add(kept, fresh("new", receipt=gone), expires_at=NOW + 5)
        add(kept, fresh("still"), expires_at=NOW)
        with kept.transaction() as transaction:
            transaction.remember("still", "c1", Ack(1), NOW)
            transaction.remember("still", "c2", Ack(2), NOW + 5)
        kept.forget_receipts(NOW + 1)
        assert [name for name in ("old", "new", "still") if kept.visit(name)] == ["new", "still"]
        assert kept.by_token(keys_of("old").token) is None
        assert kept.by_token(keys_of("new").token) is not None
        with kept.transaction() as transaction:
            assert transaction.answered("still", "c1") is None
            assert transaction.answered("still", "c2") == Ack(2)
            assert transaction.visit_by_entry(keys_of("old").entry) is None

    def test_receipts_of_tickets_stay_where_they_are_to_and_hold_up_nothing_else(self, kept: Kept) -> None:
        add(kept, fresh("sheet", receipt=Receipt("1", NOW, (("photo", 1), ("ticket", 1)))), expires_at=NOW)
        add(kept, fresh("photo", receipt=Receipt("2", NOW, (("photo", 1), ("ticket", 0)))), expires_at=NOW)
        with kept.transaction() as transaction:
            transaction.remember("still", "c1", Ack(1), NOW)
        kept.forget_receipts(NOW + 1, with_tickets=False)
        assert [name for name in ("sheet", "photo") if kept.visit(name)] == ["sheet"]
        assert kept.by_token(keys_of("sheet").token) is not None
        assert kept.by_token(keys_of("photo").token) is None
        with kept.transaction() as transaction:
            assert transaction.answered("still", "c1") is None
        kept.forget_receipts(NOW + 1)
        assert kept.visit("sheet") is None

    def test_a_choice_stays_until_another_is_made(self, kept: Kept) -> None:
        assert kept.choice("network") is None
        kept.choose("network", "wlan0")
        kept.choose("network", "eth0")
        assert kept.choice("network") == "eth0"

    def test_scrubbing_changes_nothing_that_is_kept(self, kept: Kept) -> None:
        add(kept, full("a"))
        kept.scrub()
        assert kept.visit("a") == full("a")
