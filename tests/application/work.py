"""What tests of jobs share: a visit's first commission, and stores that take nothing."""

from application.kit import Kit

from articket.domain.faults import StoreFull, StoreUnwritable
from articket.domain.jobs import PaintJob

FULL = StoreFull("store-full", "No room.")
LOCKED = StoreUnwritable("store-unwritable", "Read-only.")


def first(kit: Kit, visit: str, photo: int = 1) -> PaintJob:
    return PaintJob(visit, photo, kit.experience.styles[0].id)
