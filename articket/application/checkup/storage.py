"""Whether the store keeps what it is given, and lets go of it."""

from collections.abc import Iterator
from typing import Final

from articket.application.checkup.line import Line, bad, ok
from articket.application.checkup.remedies import remedy
from articket.application.ports import Store
from articket.domain.faults import Fault

SUBJECT: Final = "Store"
FOLDER: Final = "checkup"
PROBE: Final = b"Articket was here."


def check_store(store: Store, name: str, subject: str = SUBJECT, where: str = "") -> Iterator[Line]:
    """Write, read, list and delete a small file that nobody else uses; `where` begins each finding."""
    begin = f"{where}: " if where else ""
    probe = f"{FOLDER}/{name}.txt"
    try:
        try:
            store.put(probe, PROBE)
            kept = store.get(probe) == PROBE and probe in store.list(f"{FOLDER}/")
        finally:
            gone = store.delete(probe) and not store.exists(probe)
    except Fault as fault:
        yield bad(subject, begin + fault.sentence, remedy(fault))
        return
    if not (kept and gone):
        yield bad(
            subject,
            f"{begin}It did not give back what it was given.",
            "See whether the disk is sound, or use another.",
        )
        return
    yield ok(subject, f"{begin}A small file was written, read, listed and deleted.")
