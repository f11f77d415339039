"""All checks run at once, each within its time, and what one does harms no other."""

import logging
from collections.abc import Iterator
from threading import Event

import pytest

from articket.application.checkup.line import Line, State, ok
from articket.checking.inspection import Check, inspect


def fine(subject: str) -> Check:
    return Check(subject, lambda: iter([ok(subject, "Fine.")]), 20.0)


def test_lines_come_in_the_order_of_the_checks_whoever_is_done_first() -> None:
    second_done = Event()

    def first() -> Iterator[Line]:
        assert second_done.wait(20)
        yield ok("first", "Fine.")

    def second() -> Iterator[Line]:
        yield ok("second", "Fine.")
        second_done.set()

    lines = list(inspect([Check("first", first, 20.0), Check("second", second, 20.0)]))
    assert [line.subject for line in lines] == ["first", "second"]


def test_a_check_that_hangs_is_left_and_what_it_found_before_is_kept() -> None:
    released = Event()

    def hang() -> Iterator[Line]:
        yield ok("server", "It answers.")
        released.wait(60)
        yield ok("server", "Too late.")

    lines = list(inspect([Check("server", hang, 0.2), fine("disk")]))
    released.set()
    assert [(line.subject, line.state) for line in lines] == [
        ("server", State.OK),
        ("server", State.BAD),
        ("disk", State.OK),
    ]
    assert "0.2 s" in lines[1].found


def test_a_check_that_fails_is_told_without_the_texts_of_the_exception(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> Iterator[Line]:
        yield ok("server", "It answers.")
        raise ValueError("http://artist:sunflower@192.0.2.1")

    with caplog.at_level(logging.ERROR):
        lines = list(inspect([Check("server", fail, 20.0), fine("disk")]))
    assert [line.state for line in lines] == [State.OK, State.BAD, State.OK]
    assert "ValueError" in lines[1].found
    assert "sunflower" not in repr(lines)
    assert "the check of server failed" in caplog.text
