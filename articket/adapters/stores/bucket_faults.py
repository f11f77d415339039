"""What keeps a bucket from being used, told as a fault that may be mended while the booth runs."""

from http import HTTPStatus
from json import JSONDecodeError
from typing import Final

import requests
import urllib3
from google.api_core.exceptions import GoogleAPICallError, GoogleAPIError, RetryError
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError, RefreshError, TransportError
from google.cloud.storage.exceptions import DataCorruption, InvalidResponse

from articket.domain.faults import StoreUnwritable

RAISED: Final = (
    GoogleAPIError,
    GoogleAuthError,
    DataCorruption,
    InvalidResponse,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    OSError,
    ValueError,  # what the library says of credentials that do not fit together
)
MISSING: Final = "store-credentials-missing", "No usable Google credentials were found."
WRONG: Final = "store-credentials-wrong", "Google refuses the credentials."
FORBIDDEN: Final = "store-forbidden", "The credentials may not do this in the bucket."
NO_BUCKET: Final = "store-bucket-missing", "There is no bucket of this name."
AWAY: Final = "store-unreachable", "Google Cloud Storage cannot be reached."
UNSIGNED: Final = "These credentials cannot sign links: only a service account's key file can."
NO_JSON: Final = (requests.RequestException, JSONDecodeError)  # a page of somebody on the way
BY_STATUS: Final = {
    HTTPStatus.UNAUTHORIZED: WRONG,
    HTTPStatus.FORBIDDEN: FORBIDDEN,
    HTTPStatus.NOT_FOUND: NO_BUCKET,
    HTTPStatus.REQUEST_TIMEOUT: AWAY,
    HTTPStatus.TOO_MANY_REQUESTS: AWAY,
}


def fault_of(reason: BaseException) -> StoreUnwritable:
    """Return the fault that says what the library raised; its own words may hold addresses, and stay out."""
    if isinstance(reason, RetryError) and reason.cause is not None:
        return fault_of(reason.cause)
    status = _status(reason)
    if status is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in BY_STATUS:
        return StoreUnwritable("store-forbidden", f"Google Cloud Storage refuses this (status {status}).")
    code, sentence = BY_STATUS.get(HTTPStatus(status), AWAY) if status else _without_status(reason)
    return StoreUnwritable(code, sentence)


def unsigned() -> StoreUnwritable:
    """Return the fault of credentials that open the bucket and cannot sign."""
    return StoreUnwritable("store-credentials-wrong", UNSIGNED)


def kept() -> StoreUnwritable:
    """Return the fault of a bucket that does not let go of what is to be deleted."""
    return StoreUnwritable("store-keeps", "The bucket does not let this be deleted.")


def _status(reason: BaseException) -> int | None:
    if isinstance(reason, GoogleAPICallError) and reason.code is not None:
        return int(reason.code)
    if isinstance(reason, InvalidResponse):
        return int(reason.response.status_code)
    return None


def _without_status(reason: BaseException) -> tuple[str, str]:
    if isinstance(reason, DefaultCredentialsError):
        return MISSING
    if isinstance(reason, ValueError) and not isinstance(reason, NO_JSON):
        return WRONG
    if isinstance(reason, TransportError) or (isinstance(reason, RefreshError) and reason.retryable):
        return AWAY
    return WRONG if isinstance(reason, GoogleAuthError) else AWAY
