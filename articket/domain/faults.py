"""The one error tree: every fault Articket expects, each with a code that the web layer has words for.

Raise a concrete class with one of its codes, a plain English sentence, and what the words need:

    raise PhotoRefused("photo-too-small", "The shorter side has 120 px.", shortest=200)

A new code is one more string in its class; a test fails until every language has words for it.
"""

from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fault(Exception):  # noqa: N818 - "fault" is the word of the design, and not every one is an error
    """Something went wrong in a way the design knows of.

    `code` is stable and kebab-case, `sentence` is for logs and staff and never holds a visitor's
    name, file name or picture, `params` are the values that the localised sentence needs.
    A code that the class does not list raises ValueError. Faults survive pickling.
    """

    codes: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, code: str, sentence: str, /, **params: str | int) -> None:
        """Say what went wrong."""
        if code not in self.codes:
            raise ValueError(f"{type(self).__name__} has no code {code!r}")
        super().__init__(code, sentence)
        self.code: Final = code
        self.sentence: Final = sentence
        self.params: Mapping[str, str | int] = params

    def __str__(self) -> str:
        return f"{self.sentence} [{self.code}]"


class TransientFault(Fault):
    """The same call may succeed later, or elsewhere."""


class PermanentFault(Fault):
    """Trying the same again is pointless."""


class PhotoRefused(PermanentFault):
    """A visitor's upload is not a photo we can paint."""

    codes = frozenset(
        {
            "photo-empty",
            "photo-too-many-bytes",  # limit_mb
            "photo-not-an-image",
            "photo-kind",  # kind
            "photo-truncated",
            "photo-damaged",
            "photo-too-many-pixels",  # limit_megapixels
            "photo-too-small",  # shortest, in pixels
        }
    )


class UnknownCommand(PermanentFault):
    """A command has a type or a shape that nobody knows."""

    codes = frozenset({"command-unknown"})


class StaleStep(PermanentFault):
    """A command belongs to a step that the visit or booth has left."""

    codes = frozenset({"step-stale"})


class NotAllowed(PermanentFault):
    """Whoever asks may not do this, or may not do it now."""

    codes = frozenset(
        {
            "not-allowed",
            "link-expired",
            "consent-missing",
            "line-closed",
            "line-full",
            "monitor-busy",
            "name-length",  # limit
            "name-unfit",
            "photo-missing",
            "photos-used-up",  # limit
        }
    )


class PrintRefused(PermanentFault):
    """What a desk wants of a ticket on its way to paper cannot be, or not now."""

    codes = frozenset(
        {
            "ticket-claimed",
            "ticket-held",
            "ticket-sent",
            "desk-away",
            "reprint-limit",  # limit
            "reprint-reason",
            "reprint-copies",  # limit
        }
    )


class PrinterFault(TransientFault):
    """Tickets wait for the way to the printer: somebody must mend it."""

    codes = frozenset(
        {
            "printer-folder-gone",
            "printer-folder-full",
            "printer-folder-locked",
            "printer-offline",
            "printer-silent",  # it had all of a job, and did not answer
            "printer-address",
            "printer-locked",
            "printer-answer-broken",
            "printer-refuses",
            "printer-busy",
            "printer-paused",
            "printer-stopped",
            "printer-stuck",
            "printer-paper-out",
            "printer-jam",
            "printer-cover-open",
            "printer-ink-out",
            "printer-tray-full",
            "printer-full",
            "printer-no-media",
            "printer-no-pdf",
        }
    )


class PrinterWarning(TransientFault):
    """Tickets are printed, but not for ever, or not as they are meant to be."""

    codes = frozenset(
        {"printer-paper-low", "printer-ink-low", "printer-tray-nearly-full", "printer-one-sided"}
    )


class PrintFailed(PermanentFault):
    """The printer made no usable paper of a ticket, or nobody can know whether it did."""

    codes = frozenset(
        {
            "print-aborted",
            "print-canceled",
            "print-flawed",
            "print-no-media",
            "print-refused",
            "print-unknown",
        }
    )


class LookerFault(TransientFault):
    """The model that looks at photos before they are shown did not: staff look instead."""

    codes = frozenset({"looker-missing", "looker-slow", "looker-crashed"})


class TooMany(TransientFault):
    """Somebody asks faster than one person can: later it is fine again."""

    codes = frozenset({"too-many-requests"})


class Gone(PermanentFault):
    """What was asked for does not exist, or no longer."""

    codes = frozenset({"visit-gone", "file-gone", "page-gone"})


class StoreFull(TransientFault):
    """The store has no room left: somebody must make some."""

    codes = frozenset({"store-full"})


class StoreUnwritable(TransientFault):
    """The store cannot be read or written: somebody must mend it."""

    codes = frozenset(
        {
            "store-unwritable",
            "store-unreachable",
            "store-credentials-missing",
            "store-credentials-wrong",
            "store-bucket-missing",
            "store-forbidden",
            "store-keeps",
        }
    )


class StoreRefused(PermanentFault):
    """A name is unsafe, or already holds different bytes."""

    codes = frozenset({"store-name-unsafe", "store-name-taken"})


class PackBroken(PermanentFault):
    """An experience pack cannot be used as it stands."""

    codes = frozenset({"pack-broken"})


class TemplateBroken(PermanentFault):
    """A ticket design cannot be used as it stands."""

    codes = frozenset({"template-broken"})


class TicketFailed(PermanentFault):
    """A ticket could not be made of this content."""

    codes = frozenset(
        {"ticket-design-unknown", "ticket-picture-broken", "ticket-words-missing", "ticket-qr-too-long"}
    )


class PainterFault(Fault):
    """One attempt of a painter failed; catch this, raise one of the two below."""


class PainterFaultTransient(PainterFault, TransientFault):
    """Another painter, or a later attempt, may succeed."""

    codes = frozenset(
        {
            "painter-unreachable",
            "painter-slow",
            "painter-busy",
            "painter-out-of-memory",
            "painter-crashed",
            "painter-answer-broken",  # no picture, a black one, another model's
        }
    )


class PainterFaultPermanent(PainterFault, PermanentFault):
    """Asking the same painter again for the same commission is pointless."""

    codes = frozenset(
        {
            "painter-locked",
            "painter-no-api",
            "painter-order-refused",
            "painter-model-missing",
            "painter-unsupported",  # software
        }
    )


class ServerRefused(PermanentFault):
    """What staff want of a server of the fleet cannot be."""

    codes = frozenset(
        {
            "server-address",  # what was pasted is no address of a server
            "server-known",  # it is in the fleet already
            "server-gone",
            "server-name",  # limit
        }
    )


CONCRETE: Final[tuple[type[Fault], ...]] = (
    PhotoRefused,
    UnknownCommand,
    StaleStep,
    NotAllowed,
    PrintRefused,
    PrinterFault,
    PrinterWarning,
    PrintFailed,
    LookerFault,
    TooMany,
    Gone,
    StoreFull,
    StoreUnwritable,
    StoreRefused,
    PackBroken,
    TemplateBroken,
    TicketFailed,
    PainterFaultTransient,
    PainterFaultPermanent,
    ServerRefused,
)
CODES: Final[frozenset[str]] = frozenset().union(*(each.codes for each in CONCRETE))
