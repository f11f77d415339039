"""What a job makes of a visit must not outlive it, whenever its owner erases it."""

from collections.abc import Iterator
from contextlib import contextmanager

from articket.application import files
from articket.application.floor import Floor
from articket.application.ports import Store
from articket.domain.faults import Gone


def destroy(store: Store, visit: str) -> None:
    """Delete a visit's files and tickets."""
    store.delete_tree(files.folder(visit))
    for name in store.list(files.TICKETS):
        if visit in name:
            store.delete(name)


@contextmanager
def nothing_outlives(floor: Floor, store: Store, visit: str) -> Iterator[None]:
    """Do a job; of a visit that is erased by its end nothing stays, and that its files went is no fault."""
    try:
        yield
    except Gone:
        if not floor.erased(visit):
            raise
    if floor.erased(visit):
        destroy(store, visit)
