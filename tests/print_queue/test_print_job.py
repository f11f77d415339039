"""A print job takes any order of events: one hand at a time, and paper only on somebody's word."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from articket.domain.faults import Fault, PrintRefused
from articket.domain.print_queue import STEPS_KEPT, PrintJob, PrintState

CLAIM_S = 60.0
hands = st.sampled_from(("left", "right", "printer"))


class PrintMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.job = PrintJob(since=self.now)
        self.hand: str | None = None  # who may think that the ticket is theirs
        self.said_printed = False
        self.rounds: list[tuple[int, str]] = []  # what was sent, and by whom

    def try_to(self, change: str, *args: object) -> bool:
        before = self.job
        try:
            self.job = getattr(self.job, change)(*args)
        except Fault:
            assert self.job == before
            return False
        return True

    @rule(by=hands)
    def claim(self, by: str) -> None:
        taken = self.job.is_claimed(self.now, CLAIM_S) and self.hand != by
        got = self.try_to("claim", by, self.now, CLAIM_S)
        assert not (got and taken), "two hands on one ticket"
        self.hand = by if got else self.hand

    @rule(by=hands)
    def keep(self, by: str) -> None:
        before = self.job
        self.try_to("keep", by, self.now)
        assert self.job.is_with(by) or self.job == before

    @rule(by=hands)
    def let_go(self, by: str) -> None:
        had = self.job.is_with(by)
        self.try_to("let_go", by, self.now)
        self.hand = None if had else self.hand

    @rule(by=hands, to=hands)
    def hand_over(self, by: str, to: str) -> None:
        had = self.job.is_with(by)
        if self.try_to("hand_over", by, to, self.now):
            assert had, "given away by somebody who did not have it"
            assert self.job.is_with(to)
            self.hand = to

    @rule(by=hands)
    def send(self, by: str) -> None:
        had = self.hand == by and self.job.state is PrintState.CLAIMED
        if self.try_to("send", by, self.now):
            assert had, "sent by somebody who did not have it"
            self.rounds.append((self.job.round, by))

    @rule(by=hands)
    def fail(self, by: str) -> None:
        self.try_to("fail", by, self.now, "print-lost")

    @rule(by=hands)
    def hold(self, by: str) -> None:
        self.try_to("hold", by, self.now)

    @rule(by=hands)
    def ask_again(self, by: str) -> None:
        self.try_to("ask_again", by, self.now)

    @rule(by=hands)
    def say_printed(self, by: str) -> None:
        self.said_printed = self.try_to("finish", by, self.now)

    @rule(by=hands, copies=st.integers(0, 6), why=st.sampled_from(("paper", " ")))
    def reprint(self, by: str, copies: int, why: str) -> None:
        if self.try_to("reprint", by, self.now, why, copies):
            assert 1 <= copies <= 5
            assert why.strip()
            self.said_printed = False

    @rule(seconds=st.sampled_from((1.0, 59.0, 61.0)))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def printed_only_on_somebodys_word(self) -> None:
        assert (self.job.state is PrintState.PRINTED) == self.said_printed

    @invariant()
    def every_round_is_sent_once(self) -> None:
        sent = [number for number, _ in self.rounds]
        assert len(sent) == len(set(sent))

    @invariant()
    def what_happened_is_written_down(self) -> None:
        assert len(self.job.steps) <= STEPS_KEPT
        if self.job.steps:
            assert self.job.steps[-1].state is self.job.state
            assert self.job.steps[-1].by == self.job.by


PrintMachine.TestCase.settings = settings(max_examples=200, stateful_step_count=40)
TestPrintMachine = PrintMachine.TestCase


def test_what_failed_is_a_new_round_when_it_is_asked_for_again() -> None:
    sent = PrintJob().claim("printer", 1.0, CLAIM_S).send("printer", 2.0)
    lost = sent.fail("left", 3.0, "print-lost")
    assert (lost.ask_again("left", 4.0).round, lost.claim("left", 4.0, CLAIM_S).round) == (2, 2)


def test_a_held_ticket_says_that_it_is() -> None:
    held = PrintJob().hold("left", 1.0)
    with pytest.raises(PrintRefused) as refused:
        held.claim("right", 2.0, CLAIM_S)
    assert refused.value.code == "ticket-held"
    assert held.finish("right", 3.0).state is PrintState.PRINTED, "whoever holds the paper is right"
