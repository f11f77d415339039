"""One ticket's way to paper: whose hand it is in, since when, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from articket.domain.faults import PrintRefused, StaleStep

STAFF: Final = "staff"
REPRINTS_LIMIT: Final = 5
COPIES_LIMIT: Final = 5
STEPS_KEPT: Final = 40


class PrintState(StrEnum):
    """How far a ticket is on its way to paper."""

    QUEUED = "queued"
    CLAIMED = "claimed"  # in one hand, for as long as that hand stirs
    SENT = "sent"  # given to a printer that has not said what became of it
    PRINTED = "printed"
    FAILED = "failed"
    HELD = "held"


WAITING: Final = (PrintState.QUEUED, PrintState.CLAIMED)


@dataclass(frozen=True, slots=True)
class PrintStep:
    """What happened to a print job, when and by whom; `why` is a code or staff's reason."""

    at: float
    state: PrintState
    by: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A ticket's place in the print queue.

    `by` is the desk or the printer that has it, or had it last; `round` grows with every time that
    paper is asked for anew; `why` is why it failed or is printed again; `ref` is the printer's own number
    for what it was sent.
    """

    state: PrintState = PrintState.QUEUED
    since: float = 0.0
    by: str | None = None
    copies: int = 1
    round: int = 1
    why: str | None = None
    steps: tuple[PrintStep, ...] = ()
    ref: int | None = None

    def is_claimed(self, now: float, claim_s: float) -> bool:
        """Whether somebody has it in hand who was heard of lately."""
        return self.state is PrintState.CLAIMED and now < self.since + claim_s

    def is_free(self, now: float, claim_s: float) -> bool:
        """Whether it waits for whoever comes first, be it that a desk's claim is over."""
        return self.state in WAITING and not self.is_claimed(now, claim_s)

    def is_with(self, by: str) -> bool:
        """Whether this one claimed it, and nobody took it since."""
        return self.state is PrintState.CLAIMED and self.by == by

    def is_at(self, by: str, round_: int) -> bool:
        """Whether this one has it in hand or was sent it, and paper was not asked for anew since."""
        ours = self.state in (PrintState.CLAIMED, PrintState.SENT)
        return ours and self.by == by and self.round == round_

    def claim(self, by: str, now: float, claim_s: float) -> Self:
        """Take it in hand, or keep it there; raises PrintRefused where somebody else has it.

        What failed may be taken anew; what was sent is asked for again only once it is known to be lost.
        """
        if self.is_with(by):
            return self.keep(by, now)
        if self.state is PrintState.FAILED:
            return self.ask_again(by, now).claim(by, now, claim_s)
        self._refuse_unless(WAITING)
        if self.is_claimed(now, claim_s):
            raise PrintRefused("ticket-claimed", "Another desk has the ticket in hand.")
        return self._step(PrintState.CLAIMED, by, now)

    def keep(self, by: str, now: float) -> Self:
        """Note that whoever has it in hand stirs; nothing for others."""
        return replace(self, since=now) if self.is_with(by) else self

    def hand_over(self, by: str, to: str, now: float) -> Self:
        """Give it into another hand; raises StaleStep for whoever does not have it."""
        if not self.is_with(by):
            raise StaleStep("step-stale", "The ticket is in another hand.")
        return self if by == to else self._step(PrintState.CLAIMED, to, now)

    def let_go(self, by: str, now: float) -> Self:
        """Put it back untouched; somebody else's is left alone."""
        return self._step(PrintState.QUEUED, by, now) if self.is_with(by) else self

    def send(self, by: str, now: float, ref: int | None = None) -> Self:
        """Note that the printer has it; raises StaleStep for whoever has lost the claim."""
        if not self.is_with(by):
            raise StaleStep("step-stale", "The ticket is in another hand.")
        return replace(self._step(PrintState.SENT, by, now), ref=ref)

    def finish(self, by: str, now: float) -> Self:
        """Note that the paper is there, on the word of the printer or of staff who hold it."""
        return self if self.state is PrintState.PRINTED else self._step(PrintState.PRINTED, by, now)

    def fail(self, by: str, now: float, why: str) -> Self:
        """Note that no usable paper came, and why; raises StaleStep where none was on its way."""
        if self.state is PrintState.FAILED:
            return self
        if self.state not in (PrintState.CLAIMED, PrintState.SENT):
            raise StaleStep("step-stale", "No paper is on its way.")
        return self._step(PrintState.FAILED, by, now, why)

    def hold(self, by: str, now: float) -> Self:
        """Keep it from every desk and printer until it is let on."""
        if self.state is PrintState.HELD:
            return self
        if self.state is PrintState.FAILED:
            return self.ask_again(by, now).hold(by, now)
        self._refuse_unless(WAITING)
        return self._step(PrintState.HELD, by, now)

    def ask_again(self, by: str, now: float) -> Self:
        """Queue what was held or failed; what failed is a new round, since paper may come of the last one."""
        if self.state is PrintState.FAILED:
            return replace(self._step(PrintState.QUEUED, by, now), round=self.round + 1)
        if self.state is PrintState.HELD:
            return self._step(PrintState.QUEUED, by, now)
        if self.state is PrintState.QUEUED:
            return self
        raise StaleStep("step-stale", "The ticket is neither held nor did it fail.")

    def reprint(self, by: str, now: float, why: str, copies: int) -> Self:
        """Queue what was printed once more, so many copies of it, for a reason."""
        if self.state is not PrintState.PRINTED:
            raise StaleStep("step-stale", "The ticket was not printed yet.")
        if not why.strip():
            raise PrintRefused("reprint-reason", "A ticket is printed again for a reason.")
        if not 1 <= copies <= COPIES_LIMIT:
            raise PrintRefused("reprint-copies", "That are too many copies.", limit=COPIES_LIMIT)
        return replace(
            self._step(PrintState.QUEUED, by, now, why), copies=copies, round=self.round + 1, why=why
        )

    def _refuse_unless(self, states: Collection[PrintState]) -> None:
        if self.state in states:
            return
        if self.state is PrintState.HELD:
            raise PrintRefused("ticket-held", "The ticket is held back.")
        if self.state is PrintState.SENT:
            raise PrintRefused("ticket-sent", "The printer has the ticket.")
        raise StaleStep("step-stale", "The ticket's printing has gone on.")

    def _step(self, state: PrintState, by: str, now: float, why: str | None = None) -> Self:
        steps = (*self.steps, PrintStep(now, state, by, why))[-STEPS_KEPT:]
        return replace(self, state=state, since=now, by=by, why=why, steps=steps, ref=None)
