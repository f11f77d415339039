"""What may be shown to a room full of people: who looks at a photo first, and what was said of it."""

from enum import StrEnum
from typing import Final


class Policy(StrEnum):
    """Who looks at a new photo before the monitor shows it."""

    FLAG = "flag"  # a model looks, and staff at whatever it doubts
    ASK = "ask"  # staff look at every photo
    OFF = "off"  # nobody


class Look(StrEnum):
    """What was said of a photo; it is kept with the photo, so that another policy changes new photos only."""

    NEEDLESS = "needless"  # nobody was asked to look
    PENDING = "pending"  # the model has not looked yet
    CLEAR = "clear"  # the model saw nothing
    FLAGGED = "flagged"  # the model asks staff to look
    UNSEEN = "unseen"  # the model could not look, so staff have to
    ASKED = "asked"  # staff are to look at every photo
    APPROVED = "approved"  # staff looked: all right


class Part(StrEnum):
    """What staff can take off the monitor."""

    PHOTO = "photo"  # with everything that was painted from it
    NAME = "name"


FIRST_LOOK: Final = {Policy.FLAG: Look.PENDING, Policy.ASK: Look.ASKED, Policy.OFF: Look.NEEDLESS}
PUBLIC: Final = frozenset({Look.NEEDLESS, Look.CLEAR, Look.APPROVED})
STAFF_AFTER_S: Final = {Look.FLAGGED: 0.0, Look.UNSEEN: 0.0, Look.ASKED: 0.0, Look.PENDING: 30.0}
"""How old a photo is when staff are asked about it: they need not wait for a model that keeps silent."""
