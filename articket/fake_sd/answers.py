"""What goes back to a client, and the errors on the way there."""

import json
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final


class Ending(Enum):
    """How an answer reaches the client."""

    WHOLE = "whole"
    CUT_SHORT = "fewer bytes than promised, then an ordinary end"
    RESET = "half of it, then a reset"
    NOTHING = "a reset without a byte"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and what matters of the headers."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    ending: Ending = Ending.WHOLE

    def ended(self, ending: Ending) -> "Answer":
        """Return it with another ending."""
        return replace(self, ending=ending)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = field(repr=False)


class HttpError(Exception):
    """The server refuses by itself: A1111's HTTPException."""

    def __init__(self, status: int, detail: Any) -> None:
        super().__init__(str(detail))
        self.status = status
        self.detail = detail


class InvalidError(HttpError):
    """Fields have types that the server cannot take; `detail` is the list of them."""

    def __init__(self, detail: list[dict[str, Any]]) -> None:
        super().__init__(422, detail)


class CrashedError(Exception):
    """The server's code fell over: any other exception."""

    def __init__(self, error: str, text: str) -> None:
        super().__init__(text)
        self.error = error
        self.text = text


NOTHING: Final = Answer(0, b"", ending=Ending.NOTHING)


def as_json(value: Any, status: int = 200) -> Answer:
    """Return a value as FastAPI sends it."""
    return Answer(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def as_page(title: str, status: int = 200, text: str = "") -> Answer:
    """Return a page for people."""
    head = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head>"
    page = f"{head}<body><h1>{title}</h1>{text}</body></html>\n"
    return Answer(status, page.encode(), "text/html; charset=utf-8")


def not_found() -> Answer:
    """Return what FastAPI says of an address it does not know."""
    return as_json({"detail": "Not Found"}, 404)
