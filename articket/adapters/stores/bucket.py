"""A store in a bucket of Google Cloud Storage."""

import base64
import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from threading import Lock
from typing import Any, Final

import google_crc32c
from google.api_core.exceptions import Forbidden, NotFound, PreconditionFailed
from google.cloud.storage import Blob, Bucket, Client
from google.cloud.storage.retry import DEFAULT_RETRY

from articket.adapters.stores.bucket_faults import RAISED, WRONG, fault_of, kept, unsigned
from articket.adapters.stores.bucket_keeping import keeping_of
from articket.adapters.stores.names import safe_name, safe_prefix
from articket.adapters.stores.patience import Patience
from articket.application.keeping import Keeping
from articket.domain.faults import Gone, StoreRefused, StoreUnwritable

PUT_TRIES: Final = 8  # a deletion beside us may take away what was in our way
LIMIT_BYTES: Final = 64 * 2**20
# The library sends more than this in several requests; better not to begin where everything is there.
ONE_REQUEST_BYTES: Final = 8 * 2**20
LONGEST_LINK_S: Final = 7 * 24 * 3600  # Google's own limit
CACHE: Final = "private, no-store"
KINDS: Final = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".txt": "text/plain",
}
ANY_KIND: Final = "application/octet-stream"
PATIENT: Final = Patience()
SCHEME: Final = "gs://"


def default_client() -> Client:
    """Return a client with the credentials of this machine; they need not belong to a project."""
    return Client(project=None)


class BucketStore:
    """Files below a prefix of one bucket, each written whole or not at all; safe among threads and processes.

    Nothing is asked before the first call. Whatever hinders one is a StoreUnwritable with its code: it may
    be mended, or pass, while the booth runs.
    """

    def __init__(
        self,
        address: str,
        client: Callable[[], Client] = default_client,
        patience: Patience = PATIENT,
    ) -> None:
        """Keep where the files are, as gs://bucket/prefix."""
        self._bucket_name, _, prefix = address.removeprefix(SCHEME).strip("/").partition("/")
        self._prefix: Final = f"{prefix}/" if prefix else ""
        self._open: Final = client
        self._calls: Final[dict[str, Any]] = {
            "timeout": (patience.connect_s, patience.answer_s),
            "retry": DEFAULT_RETRY.with_timeout(patience.retry_s),
        }
        self._bucket: Bucket | None = None
        self._lock: Final = Lock()

    def put(self, name: str, data: bytes) -> bool:
        """Send `data` under a new name: True when written now, False when it stood there already.

        A repetition after a lost answer finds its own bytes there. Raises StoreRefused when the name holds
        other bytes.
        """
        with self._asking():
            blob = self._blob(name)
            blob.cache_control = CACHE
            blob.content_disposition = f'inline; filename="{PurePosixPath(name).name}"'
            for _ in range(PUT_TRIES):
                if len(data) > ONE_REQUEST_BYTES and (known := self._find(name)) is not None:
                    return _same(known, data)
                if self._send(blob, data):
                    return True
                known = self._find(name)
                if known is not None:
                    return _same(known, data)
        raise StoreUnwritable("store-unreachable", "The name was taken and free again in turn.")

    def get(self, name: str) -> bytes:
        """Read a file; raises Gone where there is none."""
        with self._asking():
            found = self._find(name)
            if found is not None:
                if (found.size or 0) > LIMIT_BYTES:
                    raise StoreRefused("store-name-taken", "The name holds more than was ever put there.")
                with contextlib.suppress(NotFound):  # deleted beside us
                    return bytes(found.download_as_bytes(checksum="crc32c", **self._calls))
            self._check_bucket()
            raise Gone("file-gone", "The store has no such file.")

    def exists(self, name: str) -> bool:
        """Tell whether the name holds a file."""
        with self._asking():
            if self._find(name) is not None:
                return True
            self._check_bucket()
            return False

    def list(self, prefix: str = "") -> list[str]:
        """Return the names that start with `prefix`, sorted; what others put there by hand is left out."""
        below = self._prefix + safe_prefix(prefix)
        with self._asking():
            found = [blob.name for blob in self._home().list_blobs(prefix=below, **self._calls)]
        return sorted(filter(_is_safe, (name.removeprefix(self._prefix) for name in found)))

    def delete(self, name: str) -> bool:
        """Remove a file for good, older versions of it too: False when there was none.

        Raises StoreUnwritable `store-keeps` where the bucket does not let it go.
        """
        below = self._prefix + safe_name(name)
        with self._asking():
            # Named by their generation, versions go for good; by the name alone a bucket might keep them.
            found = self._home().list_blobs(prefix=below, versions=True, **self._calls)
            there = [self._deleted(blob) for blob in found if blob.name == below]
            if not there:
                self._check_bucket()
            return any(there)

    def keeping(self) -> Keeping:
        """Return what the bucket keeps of files that are deleted; asked of it at each call."""
        with self._asking():
            try:
                return keeping_of(self._home().client.get_bucket(self._bucket_name, **self._calls))
            except Forbidden:
                return Keeping(known=False)

    def delete_tree(self, prefix: str) -> int:
        """Remove everything below the folder `prefix` and return how many files that were."""
        folder = safe_name(prefix.removesuffix("/"))
        return sum(self.delete(name) for name in self.list(f"{folder}/"))

    def signed_url(self, name: str, seconds: float) -> str:
        """Return an address under which anybody can read the file for so long, at most a week.

        Raises StoreUnwritable where the credentials are such as cannot sign: only a key file's can.
        """
        with self._asking():
            blob = self._blob(name)
            try:
                url = blob.generate_signed_url(
                    version="v4", expiration=timedelta(seconds=min(seconds, LONGEST_LINK_S)), method="GET"
                )
            except AttributeError as reason:  # the library's way of saying that no key is there to sign with
                raise unsigned() from reason
        return str(url)

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        with self._lock:
            if self._bucket is not None:
                self._bucket.client.close()
            self._bucket = None

    def _deleted(self, blob: Blob) -> bool:
        try:
            blob.delete(**self._calls)
        except NotFound:  # deleted beside us
            return False
        except Forbidden as reason:
            raise kept() from reason
        return True

    def _send(self, blob: Blob, data: bytes) -> bool:
        """Send the bytes where nothing is yet; False where something is."""
        kind = KINDS.get(PurePosixPath(blob.name or "").suffix, ANY_KIND)
        try:
            blob.upload_from_string(
                data, content_type=kind, checksum="crc32c", if_generation_match=0, **self._calls
            )
        except PreconditionFailed:
            return False
        return True

    def _find(self, name: str) -> Blob | None:
        return self._home().get_blob(self._prefix + safe_name(name), **self._calls)

    def _blob(self, name: str) -> Blob:
        safe_name(name)
        return self._home().blob(self._prefix + name)

    def _check_bucket(self) -> None:
        """See that the bucket itself is there: a missing one is a fault, not an empty store."""
        list(self._home().list_blobs(prefix=self._prefix, max_results=1, **self._calls))

    def _home(self) -> Bucket:
        with self._lock:
            if self._bucket is None:
                self._bucket = self._open().bucket(self._bucket_name)
            return self._bucket

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except RAISED as reason:
            fault = fault_of(reason)
            if fault.code == WRONG[0]:
                self.close()  # the next call reads the key anew: it may have been renewed
            raise fault from reason


def _same(found: Blob, data: bytes) -> bool:
    summed = base64.b64encode(google_crc32c.value(data).to_bytes(4, "big")).decode()
    if (found.size or 0) != len(data) or found.crc32c != summed:
        raise StoreRefused("store-name-taken", "The name already holds something else.")
    return False


def _is_safe(name: str) -> bool:
    try:
        return bool(safe_name(name))
    except StoreRefused:
        return False
