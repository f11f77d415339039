"""The self-hosted caption server, asked over HTTP."""

import json
import logging
import time
from collections.abc import Callable
from threading import Lock

from articket.adapters.captions.address import Address
from articket.adapters.captions.breaker import Breaker
from articket.adapters.captions.calling import TROUBLES, Answer, CallFailed, post_photo, trust
from articket.adapters.captions.photo import shrink
from articket.application.ports import CaptionHealth
from articket.domain.visit import Reader

log = logging.getLogger(__name__)


class HttpCaptions:
    """A CaptionSource; any number of threads may ask, and a server that fails is let alone for a while."""

    reader = Reader.CAPTION_SERVER

    def __init__(self, url: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Prepare; nothing is asked yet. ValueError where the address is none."""
        self._address = Address.read(url)
        self._trusted = trust(self._address)
        self._monotonic = monotonic
        self._breaker = Breaker(monotonic)
        self._lock = Lock()
        self._trouble: str | None = None
        self._last_s: float | None = None

    @property
    def trouble(self) -> str | None:
        """Return the code of what went wrong the last time, None where it answered or was never asked."""
        return self._trouble

    @property
    def last_s(self) -> float | None:
        """Return how many seconds the last caption took, if there was one."""
        return self._last_s

    def health(self) -> tuple[CaptionHealth, ...]:
        """Return how the server is; its host alone is told, never its credentials."""
        with self._lock:
            return (CaptionHealth(self._address.host, self._trouble, self._last_s),)

    def caption(self, photo: bytes, limit_s: float) -> str | None:
        """Return what the server says, as it says it, within the time; None where it does not."""
        began = self._monotonic()
        try:
            small = shrink(photo)
        except ValueError:
            log.warning("A photo could not be made small for the caption server.")
            return None
        left_s = limit_s - (self._monotonic() - began)
        if left_s <= 0 or not self._breaker.admits():
            return None
        try:
            said = _said(post_photo(self._address, self._trusted, small, left_s))
        except CallFailed as failed:
            self._breaker.tell(worked=False)
            self._note(failed.code)
            return None
        self._breaker.tell(worked=True)
        self._note(None, self._monotonic() - began)
        return said

    def _note(self, trouble: str | None, seconds: float | None = None) -> None:
        with self._lock:
            before, self._trouble = self._trouble, trouble
            self._last_s = self._last_s if seconds is None else seconds
        if trouble and trouble != before:
            log.warning("There is trouble with the caption server: %s.", TROUBLES[trouble])
        if before and not trouble:
            log.info("The caption server answers again.")


def _said(answer: Answer) -> str | None:
    """Return the caption, None where the server saw nothing; CallFailed where it is no such answer."""
    if answer.kind != "application/json":
        raise CallFailed("caption-answer-broken")
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise CallFailed("caption-answer-broken") from None
    caption = told.get("caption") if isinstance(told, dict) else None
    if not isinstance(caption, str):
        raise CallFailed("caption-answer-broken")
    return caption.strip() or None
