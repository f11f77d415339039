"""What can be asked of a ticket on its way to paper, by staff's desks and by printers."""

from dataclasses import dataclass

from articket.domain.print_queue import STAFF


@dataclass(frozen=True, slots=True)
class ClaimTicket:
    """A desk or a printer takes the ticket in hand to print it."""

    by: str


@dataclass(frozen=True, slots=True)
class KeepTicket:
    """Whoever has the ticket in hand stirs; one who has lost it meanwhile gets nothing."""

    by: str


@dataclass(frozen=True, slots=True)
class LetTicketGo:
    """Whoever has the ticket in hand puts it back."""

    by: str


@dataclass(frozen=True, slots=True)
class HandTicketOver:
    """Whoever has the ticket in hand gives it to another desk."""

    by: str
    to: str


@dataclass(frozen=True, slots=True)
class SendTicket:
    """The printer that has the ticket in hand was given all of it; `ref` is its own number for the job."""

    by: str
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class ConfirmPrint:
    """The printer says that the paper of this round is out."""

    by: str
    round: int


@dataclass(frozen=True, slots=True)
class FailPrint:
    """No usable paper came of it; the code says why. A printer speaks of one round only, staff of any."""

    by: str
    why: str
    round: int | None = None


@dataclass(frozen=True, slots=True)
class HoldTicket:
    """Staff keep the ticket from being printed."""

    by: str = STAFF


@dataclass(frozen=True, slots=True)
class ReleaseTicket:
    """Staff let a held ticket on, or one that failed be tried again."""

    by: str = STAFF


PrintCommand = (
    ClaimTicket
    | KeepTicket
    | LetTicketGo
    | HandTicketOver
    | SendTicket
    | ConfirmPrint
    | FailPrint
    | HoldTicket
    | ReleaseTicket
)
