import pytest
from domain.stage import Theatre

from articket.domain.booth import BoothStage
from articket.domain.commands import (
    Answer,
    Back,
    Describe,
    Elapse,
    Erase,
    FailTicket,
    FinishPainting,
    Frame,
    GiveName,
    GiveReview,
    MarkPrinted,
    RemakeTicket,
    Reprint,
    Retake,
    Skip,
    StartPainting,
    StorePhoto,
    StoreTicket,
)
from articket.domain.faults import Gone, NotAllowed, PrintRefused, StaleStep
from articket.domain.jobs import DescribeJob, EraseJob, PaintJob, TicketJob
from articket.domain.visit import PaintingStatus, TicketStatus


@pytest.fixture
def theatre() -> Theatre:
    """A theatre in which Harin is at the monitor, photo in, before the first question."""
    theatre = Theatre()
    theatre.join("harin")
    theatre.prepare("harin")
    theatre.confirm("harin")
    return theatre


def test_nothing_is_taken_before_consent() -> None:
    theatre = Theatre()
    theatre.join("harin")
    with pytest.raises(NotAllowed):
        theatre.do(GiveName("Harin"), "harin")
    with pytest.raises(NotAllowed):
        theatre.do(StorePhoto(1), "harin")


def test_a_photo_orders_its_caption_and_a_painting_in_every_style(theatre: Theatre) -> None:
    ordered = [PaintJob("harin", 1, style) for style in ("sea", "sky", "sun")]
    assert theatre.jobs == [DescribeJob("harin", 1), *ordered]


def test_a_new_photo_supersedes_the_paintings_of_the_old_one(theatre: Theatre) -> None:
    theatre.paint_all("harin")
    theatre.do(StorePhoto(2), "harin")
    assert all(easel.status is PaintingStatus.WAITING for easel in theatre.visits["harin"].easels)
    assert not theatre.do(FinishPainting(1, "sea", "laptop", 1.0), "harin")
    assert theatre.do(FinishPainting(2, "sea", "laptop", 1.0), "harin")


def test_moving_the_crop_is_a_new_photo_of_the_same_upload(theatre: Theatre) -> None:
    theatre.do(Frame(1, 0.2, 1.7), "harin")
    photo = theatre.visits["harin"].photo
    assert photo is not None
    assert (photo.number, photo.source, photo.focus) == (2, 1, (0.2, 1.0))


def test_a_photo_number_out_of_turn_is_refused(theatre: Theatre) -> None:
    with pytest.raises(StaleStep):
        theatre.do(StorePhoto(1), "harin")
    with pytest.raises(StaleStep):
        theatre.do(StorePhoto(3), "harin")


def test_retaking_at_the_monitor_brings_the_welcome_back(theatre: Theatre) -> None:
    theatre.do(Retake(), "harin")
    assert theatre.booth.stage is BoothStage.WELCOME
    assert theatre.booth.controller == "harin"


def test_after_the_first_answer_the_photo_stays(theatre: Theatre) -> None:
    theatre.do(Answer(0, "a"), "harin")
    with pytest.raises(StaleStep):
        theatre.do(StorePhoto(2), "harin")


@pytest.mark.parametrize("name", ["", "   ", "thirteen char"])
def test_a_name_has_one_to_twelve_characters(theatre: Theatre, name: str) -> None:
    with pytest.raises(NotAllowed):
        theatre.do(GiveName(name), "harin")


def test_the_first_answer_to_a_step_wins(theatre: Theatre) -> None:
    theatre.do(Answer(0, "a"), "harin")
    with pytest.raises(StaleStep):
        theatre.do(Answer(0, "b"), "harin")
    assert theatre.visits["harin"].answers == ("a",)


def test_back_opens_a_question_again_and_keeps_what_was_chosen(theatre: Theatre) -> None:
    theatre.do(Answer(0, "a"), "harin")
    theatre.do(Back(1), "harin")
    assert theatre.visits["harin"].answers == ("a",)
    assert theatre.visits["harin"].at == 0
    theatre.do(Answer(0, "b"), "harin")
    assert theatre.visits["harin"].answers == ("b",)
    with pytest.raises(StaleStep):
        theatre.do(Back(0), "harin")


def test_an_option_nobody_offers_is_refused(theatre: Theatre) -> None:
    with pytest.raises(NotAllowed):
        theatre.do(Answer(0, "z"), "harin")


def test_the_last_answer_fixes_painter_and_number_at_once(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    decision = theatre.visits["harin"].decision
    assert decision is not None
    assert (decision.type, decision.style, decision.number) == ("X", "sea", 1)
    assert theatre.booth.stage is BoothStage.PAINTING


def test_the_ticket_is_ordered_once_when_its_three_paintings_hang(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    assert TicketJob("harin", 1) not in theatre.jobs
    theatre.paint_all("harin")
    assert theatre.jobs.count(TicketJob("harin", 1)) == 1


def test_paintings_finished_before_the_quiz_wait_for_the_shortest_show(theatre: Theatre) -> None:
    theatre.paint_all("harin")
    theatre.answer_all("harin")
    assert theatre.shows() is BoothStage.PAINTING
    theatre.wait(theatre.durations.painting_min_s)
    assert theatre.shows() is BoothStage.REVEAL
    assert theatre.visits["harin"].revealed_at == theatre.now


def test_a_late_painting_is_revealed_when_it_lands(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    theatre.wait(theatre.durations.painting_min_s + 5)
    assert theatre.shows() is BoothStage.PAINTING
    theatre.paint_all("harin")
    assert theatre.shows() is BoothStage.REVEAL


def test_paintings_that_never_come_free_the_monitor_and_go_on_by_phone(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    theatre.wait(theatre.durations.painting_max_s + 1)
    assert theatre.booth.stage is BoothStage.IDLE
    theatre.paint_all("harin")
    assert theatre.visits["harin"].revealed_at == theatre.now
    assert TicketJob("harin", 1) in theatre.jobs


def test_losing_the_monitor_never_ends_a_visit_with_a_photo(theatre: Theatre) -> None:
    theatre.do(Answer(0, "b"), "harin")
    theatre.wait(theatre.durations.release_s)
    assert theatre.booth.stage is BoothStage.IDLE
    theatre.do(Answer(1, "b"), "harin")
    theatre.paint_all("harin")
    assert theatre.visits["harin"].revealed_at is not None
    assert theatre.jobs[-1] == TicketJob("harin", 1)


def test_nobody_keeps_the_monitor_beyond_the_cap(theatre: Theatre) -> None:
    for _ in range(40):
        theatre.wait(theatre.durations.release_s - 1)
        if theatre.booth.controller != "harin":
            break
        theatre.do(Answer(0, "a"), "harin") if theatre.visits["harin"].at == 0 else theatre.do(
            Back(1), "harin"
        )
    assert theatre.booth.stage is BoothStage.IDLE
    assert theatre.now <= 1000 + theatre.durations.visit_cap_s + theatre.durations.release_s


def test_a_clock_for_an_older_step_does_nothing(theatre: Theatre) -> None:
    step = theatre.booth.step
    theatre.do(Answer(0, "a"), "harin")
    theatre.now += 10_000
    assert not theatre.do(Elapse(step - 1))
    assert theatre.booth.controller == "harin"


def test_a_printed_ticket_can_be_printed_again_with_a_reason(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    theatre.paint_all("harin")
    with pytest.raises(StaleStep):
        theatre.do(MarkPrinted(), "harin")
    theatre.do(StoreTicket(1, 300.0), "harin")
    theatre.do(MarkPrinted(), "harin")
    assert not theatre.do(MarkPrinted(), "harin")
    theatre.do(Reprint("paper jam"), "harin")
    ticket = theatre.visits["harin"].ticket
    assert (ticket.status, ticket.reprints) == (TicketStatus.READY, ("paper jam",))


def test_a_ticket_is_not_printed_again_for_ever_nor_without_a_reason(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    theatre.paint_all("harin")
    theatre.do(StoreTicket(1, 300.0), "harin")
    for _ in range(5):
        theatre.do(MarkPrinted(), "harin")
        with pytest.raises(PrintRefused) as refused:
            theatre.do(Reprint("  "), "harin")
        assert refused.value.code == "reprint-reason"
        theatre.do(Reprint("paper jam", copies=2), "harin")
    theatre.do(MarkPrinted(), "harin")
    with pytest.raises(PrintRefused) as refused:
        theatre.do(Reprint("paper jam"), "harin")
    assert (refused.value.code, refused.value.params) == ("reprint-limit", {"limit": 5})


def test_a_ticket_in_trouble_is_made_again_with_the_same_number(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    theatre.paint_all("harin")
    theatre.do(FailTicket(1, "template-broken"), "harin")
    assert theatre.visits["harin"].ticket.trouble == "template-broken"
    theatre.do(RemakeTicket(), "harin")
    assert theatre.jobs[-1] == TicketJob("harin", 2)
    assert not theatre.do(StoreTicket(1, 300.0), "harin")
    assert theatre.do(StoreTicket(2, 300.0), "harin")
    assert theatre.numbers == 1


def test_what_happened_to_the_photo_is_remembered_in_order(theatre: Theatre) -> None:
    theatre.do(Describe(1, None, 1, ("red",)), "harin")
    theatre.do(StartPainting(1, "sea", "laptop"), "harin")
    theatre.do(FinishPainting(1, "sea", "laptop", 2.5), "harin")
    kinds = [(moment.kind, moment.style) for moment in theatre.visits["harin"].moments]
    assert kinds == [("photo", None), ("sentence", None), ("started", "sea"), ("finished", "sea")]


def test_an_erased_visit_leaves_a_receipt_and_nothing_else(theatre: Theatre) -> None:
    theatre.answer_all("harin")
    theatre.paint_all("harin")
    theatre.do(Erase("1-ABCD"), "harin")
    gone = theatre.visits["harin"]
    assert gone.receipt is not None
    assert dict(gone.receipt.items) == {"photo": 1, "paintings": 3, "name": 1, "answers": 2}
    assert (gone.name, gone.photo, gone.answers, gone.decision, gone.consent) == (None, None, (), None, None)
    assert theatre.jobs[-1] == EraseJob("harin")
    assert theatre.booth.visit is None


def test_an_erased_visit_takes_no_more_commands(theatre: Theatre) -> None:
    theatre.do(Erase("1-ABCD"), "harin")
    with pytest.raises(Gone):
        theatre.do(GiveName("Harin"), "harin")
    assert not theatre.do(FinishPainting(1, "sea", "laptop", 1.0), "harin")


def test_a_review_comes_after_the_reveal_and_may_change(theatre: Theatre) -> None:
    with pytest.raises(StaleStep):
        theatre.do(GiveReview(5, ""), "harin")
    theatre.answer_all("harin")
    theatre.paint_all("harin")
    theatre.wait(theatre.durations.painting_min_s)
    theatre.do(GiveReview(3, "fine"), "harin")
    theatre.do(GiveReview(5, " lovely "), "harin")
    review = theatre.visits["harin"].review
    assert review is not None
    assert (review.stars, review.comment) == (5, "lovely")
    with pytest.raises(NotAllowed):
        theatre.do(GiveReview(6, ""), "harin")


def test_a_skipped_visitor_goes_on_by_phone(theatre: Theatre) -> None:
    theatre.do(Skip())
    theatre.answer_all("harin")
    assert theatre.visits["harin"].decision is not None
