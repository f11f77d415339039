"""What failed is told and can be made again; nothing is stuck for good."""

import pytest
from domain.stage import Theatre

from articket.domain.commands import FailPainting, FailTicket, FinishPainting, RemakeTicket, StoreTicket
from articket.domain.jobs import PaintJob, TicketJob
from articket.domain.transitions.remaking import PATIENCE_S, can_remake
from articket.domain.visit import Easel, PaintingStatus, TicketStatus


@pytest.fixture
def theatre() -> Theatre:
    theatre = Theatre()
    theatre.join("harin")
    theatre.prepare("harin")
    theatre.confirm("harin")
    return theatre


def easel(theatre: Theatre, style: str) -> Easel:
    return next(easel for easel in theatre.visits["harin"].easels if easel.style == style)


def decide(theatre: Theatre) -> str:
    theatre.answer_all("harin")
    decision = theatre.visits["harin"].decision
    assert decision is not None
    theatre.jobs.clear()
    return decision.style


def remake(theatre: Theatre) -> bool:
    visit = theatre.visits["harin"]
    expected = can_remake(visit, theatre.now, theatre.experience)
    changed = theatre.do(RemakeTicket(), "harin")
    assert changed == expected
    return changed


def test_a_painting_that_was_given_up_says_why_and_is_painted_in_a_new_round(theatre: Theatre) -> None:
    style = decide(theatre)
    theatre.do(FailPainting(1, style, "painter-locked"), "harin")
    assert (easel(theatre, style).status, easel(theatre, style).trouble) == (
        PaintingStatus.FAILED,
        "painter-locked",
    )
    assert remake(theatre)
    assert theatre.jobs == [PaintJob("harin", 1, style, 1)]
    assert theatre.jobs[0].id == f"paint:harin:1:{style}:1"
    theatre.paint_all("harin")
    assert theatre.visits["harin"].ticket.status is TicketStatus.MAKING


def test_a_late_failure_spoils_neither_what_hangs_nor_a_new_round(theatre: Theatre) -> None:
    style = decide(theatre)
    theatre.do(FailPainting(1, style, "painter-locked"), "harin")
    remake(theatre)
    assert not theatre.do(FailPainting(1, style, "painter-slow"), "harin")
    theatre.do(FinishPainting(1, style, "laptop", 1.0), "harin")
    assert not theatre.do(FailPainting(1, style, "painter-slow", 1), "harin")
    assert easel(theatre, style).status is PaintingStatus.DONE


def test_paintings_that_never_come_can_be_ordered_again_after_a_while(theatre: Theatre) -> None:
    decide(theatre)
    assert not remake(theatre)
    theatre.now += PATIENCE_S
    assert remake(theatre)
    assert len(theatre.jobs) == len(theatre.experience.styles)


def test_a_ticket_that_never_comes_can_be_ordered_again_after_a_while(theatre: Theatre) -> None:
    decide(theatre)
    theatre.paint_all("harin")
    assert not remake(theatre)
    theatre.now += PATIENCE_S
    assert remake(theatre)
    assert theatre.jobs == [TicketJob("harin", 1), TicketJob("harin", 2)]


def test_a_ticket_in_trouble_is_made_again_at_once_and_keeps_its_file_name(theatre: Theatre) -> None:
    decide(theatre)
    theatre.paint_all("harin")
    theatre.do(FailTicket(1, "store-full"), "harin")
    assert remake(theatre)
    theatre.do(StoreTicket(2, 300.0, "tickets/a.pdf"), "harin")
    ticket = theatre.visits["harin"].ticket
    assert (ticket.status, ticket.file, ticket.trouble) == (TicketStatus.READY, "tickets/a.pdf", None)
