"""What the use cases need from the world. Every port has a fake in tests/doubles that passes its contract."""

from articket.application.ports.captions import Captioner, CaptionHealth, CaptionSource
from articket.application.ports.jobs import Jobs, Outbox
from articket.application.ports.painting import FRAME_SIZE, PLAIN, Framer, Order, Painted, Painter
from articket.application.ports.stores import LocalStore, Store
from articket.application.ports.tickets import KeepsakePictures, TicketRenderer
from articket.application.ports.visits import Ack, Keys, Tally, Transaction, Visits
from articket.application.ports.world import Barriers, Change, Clock, Dice, Live

__all__ = [
    "FRAME_SIZE",
    "PLAIN",
    "Ack",
    "Barriers",
    "CaptionHealth",
    "CaptionSource",
    "Captioner",
    "Change",
    "Clock",
    "Dice",
    "Framer",
    "Jobs",
    "KeepsakePictures",
    "Keys",
    "Live",
    "LocalStore",
    "Order",
    "Outbox",
    "Painted",
    "Painter",
    "Store",
    "Tally",
    "TicketRenderer",
    "Transaction",
    "Visits",
]
