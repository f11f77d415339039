"""What a visitor takes home: the ticket, and pictures for a phone."""

from typing import Protocol

from articket.domain.ticket import RenderedTicket, TicketContent


class TicketRenderer(Protocol):
    """Something that makes a ticket of its content."""

    def render(self, content: TicketContent) -> RenderedTicket:
        """Return the ticket, or raise TicketFailed or TemplateBroken."""


class KeepsakePictures(Protocol):
    """Something that makes pictures for a visitor's own phone."""

    def within(self, picture: bytes, width: int, limit_bytes: int) -> bytes:
        """Return a JPEG at most so wide and so many bytes long, or raise Gone for what is no picture."""

    def story(self, content: TicketContent) -> bytes:
        """Return the ticket as a tall JPEG, or raise TicketFailed; Gone where the painting is not there."""
