"""What a bucket of Google Cloud Storage says about files that are deleted in it."""

from google.cloud.storage import Bucket

from articket.application.keeping import Keeping


def keeping_of(bucket: Bucket) -> Keeping:
    """Return what the bucket's resource says; what it leaves out is switched off."""
    return Keeping(
        hidden_s=float(bucket.soft_delete_policy.retention_duration_seconds or 0),
        versions=bool(bucket.versioning_enabled),
        locked_s=float(bucket.retention_period or 0),
        held=bool(bucket.default_event_based_hold),
    )
