"""Names of a visit's files in the stores; nothing personal is ever part of one."""

import re
from datetime import datetime
from typing import Final

from articket.domain.visit import Visit

VISITS: Final = "visits"
TICKETS: Final = "tickets"
SIZES: Final = ("veil", "small", "large", "print")


def folder(visit: str) -> str:
    """Return the folder that holds everything of a visit but its ticket."""
    return f"{VISITS}/{visit}"


def source(visit: str, photo: int) -> str:
    """Return the name of an upload after intake."""
    return f"{folder(visit)}/source-{photo}.jpg"


def framed(visit: str, photo: int) -> str:
    """Return the name of a photo's portrait cut."""
    return f"{folder(visit)}/{photo}/photo.jpg"


def painting(visit: str, photo: int, style: str, size: str) -> str:
    """Return the name of a painting in one of SIZES."""
    return f"{folder(visit)}/{photo}/{size}-{style}.jpg"


def shown(visit: str, photo: int, what: str, size: str) -> str:
    """Return the name of a painting, or of the story, in a size that a slow line can carry."""
    return f"{folder(visit)}/{photo}/{size}-{what}.jpg"


def story(visit: str, photo: int, style: str) -> str:
    """Return the name of the ticket as a tall picture."""
    return f"{folder(visit)}/{photo}/story-{style}.jpg"


def signature(visit: str, photo: int, style: str) -> str:
    """Return the name of the note that says who painted a painting, and in how many seconds."""
    return f"{folder(visit)}/{photo}/{style}.json"


def composed(visit: str, edition: int) -> str:
    """Return the name of a composed ticket before it is given to the desk."""
    return f"{folder(visit)}/ticket-{edition}.pdf"


def measured(visit: str, edition: int) -> str:
    """Return the name of the note that says at how many pixels per inch a composed ticket prints."""
    return f"{folder(visit)}/ticket-{edition}.json"


def ticket(visit: Visit) -> str:
    """Return the ticket's name in the folder staff print from: by time, number and style.

    A ticket that was stored keeps its name, whatever the clock's time zone becomes.
    Raises ValueError for a visit whose painter is not fixed.
    """
    if visit.ticket.file is not None:
        return visit.ticket.file
    if visit.decision is None:
        raise ValueError("A visit without a decision has no ticket.")
    time = datetime.fromtimestamp(visit.decision.at).astimezone().strftime("%Y%m%d-%H%M%S")
    edition = f"-{visit.ticket.edition}" if visit.ticket.edition > 1 else ""
    return f"{TICKETS}/{time}-{visit.decision.number:04}-{visit.decision.style}{edition}-{visit.id}.pdf"


def uploaded(visit: Visit) -> str:
    """Return the ticket's name in the cloud: a folder a day, then by time, number and style.

    Raises ValueError for a visit whose painter is not fixed.
    """
    if visit.decision is None:
        raise ValueError("A visit without a decision has no ticket.")
    time = datetime.fromtimestamp(visit.decision.at).astimezone().strftime("%Y-%m-%d/%H%M%S")
    edition = f"-{visit.ticket.edition}" if visit.ticket.edition > 1 else ""
    return f"{TICKETS}/{time}-{visit.decision.number:04}-{visit.decision.style}{edition}.pdf"


def owner(name: str) -> str | None:
    """Return the visit whose file this is; None for what we did not name."""
    found = re.match(r"visits/([a-z2-7]{16})/|tickets/\d.*-([a-z2-7]{16})\.pdf$", name)
    return found[1] or found[2] if found else None
