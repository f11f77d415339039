"""What a place of others keeps of a file after it was deleted there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Google's own for every new bucket.
USUALLY_HIDDEN_S: Final = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long deleted files stay hidden, in seconds; whether versions of them stay; what forbids deleting.

    Older versions are deleted with the file, so they keep nothing but what was deleted by others. For
    `locked_s` after it was written no file can be deleted; files that are `held` until somebody says so.
    `known` is False where the bucket does not tell us, or was not asked yet.
    """

    hidden_s: float = 0.0
    versions: bool = False
    locked_s: float = 0.0
    held: bool = False
    known: bool = True

    @property
    def longest_hidden_s(self) -> float:
        """Return for how long a deleted file may still be there, as far as anybody can say."""
        return self.hidden_s if self.known else USUALLY_HIDDEN_S

    @property
    def keeps_from_deleting(self) -> bool:
        """Whether tickets cannot be deleted when their time comes."""
        return bool(self.locked_s) or self.held


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stays after a deletion, in a sentence, and in another what ends that."""

    found: str
    fix: str
    is_bad: bool = False


def findings(keeping: Keeping, bucket: str) -> Iterator[Finding]:
    """Say to whoever set the bucket up what it keeps, and by which command it stops."""
    update = f"gcloud storage buckets update {bucket}"
    if not keeping.known:
        yield Finding(
            "The booth may not see how long the bucket keeps deleted files; Google's own is 7 days.",
            f"Look: gcloud storage buckets describe {bucket}. Or give the service account the role Storage "
            "Legacy Bucket Reader (storage.buckets.get) on the bucket, so that the booth can.",
        )
    if keeping.hidden_s:
        yield Finding(
            f"Deleted tickets stay hidden in the bucket for {spell(keeping.hidden_s)} (soft delete): who "
            "owns it can bring them back, and visitors are told so.",
            f"{update} --clear-soft-delete",
        )
    if keeping.versions:
        yield Finding(
            "The bucket keeps older versions (object versioning). The booth deletes those of its tickets "
            "too; what others delete there stays.",
            f"{update} --no-versioning",
        )
    if keeping.locked_s:
        yield Finding(
            f"Nothing can be deleted for {spell(keeping.locked_s)} (retention policy): tickets stay so long.",
            f"{update} --clear-retention-period",
            is_bad=True,
        )
    if keeping.held:
        yield Finding(
            "Every new ticket is held and cannot be deleted (default event-based hold).",
            f"{update} --no-default-event-based-hold",
            is_bad=True,
        )


def spell(seconds: float) -> str:
    """Say a length of time in its largest whole unit."""
    for unit, long in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= long:
            count = round(seconds / long)
            return f"{count:,} {unit}s" if count != 1 else f"one {unit}"
    return f"{seconds:.0f} seconds"
