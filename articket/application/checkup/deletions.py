"""Whether what is deleted in the cloud folder is gone."""

from collections.abc import Iterator
from typing import Final

from articket.application.checkup.line import Line, bad, ok, skipped, warn
from articket.application.keeping import findings
from articket.application.uploading import CloudStore
from articket.domain.faults import Fault

DELETIONS: Final = "Deleted tickets"


def check_deletions(store: CloudStore, bucket: str) -> Iterator[Line]:
    """Say what the bucket keeps of deleted tickets, and the command that ends it."""
    try:
        keeping = store.keeping()
    except Fault as fault:
        yield skipped(DELETIONS, f"The cloud folder did not say what it keeps of them: {fault.sentence}")
        return
    found = list(findings(keeping, bucket))
    for each in found:
        yield (bad if each.is_bad else warn)(DELETIONS, each.found, each.fix)
    if not found:
        yield ok(DELETIONS, f"{bucket} keeps nothing of them.")
