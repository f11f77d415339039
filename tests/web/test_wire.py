"""Commands as they come over the wire."""

import pytest

from articket.domain import commands
from articket.domain.faults import UnknownCommand
from articket.web import wire


@pytest.mark.parametrize(
    "payload",
    [
        None,
        7,
        "confirm",
        [],
        {},
        {"cmd_id": "x", "type": "dance"},
        {"cmd_id": "x", "type": ["confirm"]},
        {"type": "ready"},
        {"cmd_id": "", "type": "ready"},
        {"cmd_id": "a b", "type": "ready"},
        {"cmd_id": "x" * 65, "type": "ready"},
        {"cmd_id": 5, "type": "ready"},
        {"cmd_id": "x", "type": "confirm"},
        {"cmd_id": "x", "type": "confirm", "picture": 5},
        {"cmd_id": "x", "type": "confirm", "picture": "p", "more": 1},
        {"cmd_id": "x", "type": "answer", "step": "0", "option": "a"},
        {"cmd_id": "x", "type": "answer", "step": True, "option": "a"},
        {"cmd_id": "x", "type": "frame", "photo": 1, "x": float("nan"), "y": 0},
        {"cmd_id": "x", "type": "pause"},
        {"cmd_id": "x", "type": "answer", "step": -1, "option": "a"},
        {"cmd_id": "x", "type": "frame", "photo": 1, "x": 7, "y": 0},
        {"cmd_id": "x", "type": "name", "name": "n" * 20_000},
        {"cmd_id": "x", "type": "name", "name": "\ud800"},
        {"cmd_id": "x", "type": "name", "name": b"bytes"},
    ],
    ids=lambda payload: str(payload)[:60],
)
def test_what_is_no_command_is_refused(payload: object) -> None:
    with pytest.raises(UnknownCommand):
        wire.decode(wire.PHONE, payload)


def test_a_deeply_nested_payload_is_refused() -> None:
    nested: object = {}
    for _ in range(100_000):
        nested = {"name": nested}
    with pytest.raises(UnknownCommand):
        wire.decode(wire.PHONE, {"cmd_id": "x", "type": "name", "name": nested})


def test_every_type_becomes_its_command() -> None:
    asked = wire.decode(wire.PHONE, {"cmd_id": "x-1_", "type": "answer", "step": 0, "option": "a"})
    assert (asked.cmd_id, asked.handler, asked.command) == ("x-1_", wire.PERFORM, commands.Answer(0, "a"))
    asked = wire.decode(wire.STAFF, {"role": "staff", "cmd_id": "x", "type": "close"})
    assert asked.command == commands.SetDoor("closed")
    assert wire.decode(wire.STAFF, {"cmd_id": "x", "type": "skip", "visit": "v"}).order() == commands.Skip(
        "v"
    )


def test_what_the_domain_does_not_know_has_another_handler() -> None:
    asked = wire.decode(wire.PHONE, {"cmd_id": "x", "type": "erase", "keep": True})
    assert asked.handler == wire.ERASE
    with pytest.raises(UnknownCommand):
        asked.order()


@pytest.mark.parametrize(
    ("x", "y", "point"),
    [
        ("0.5", "0.25", (0.5, 0.25)),
        ("2", "0", None),
        (None, None, None),
        ("a", "b", None),
        ("nan", "0", None),
        ("inf", "0", None),
    ],
)
def test_a_focus_is_two_fractions_or_nothing(
    x: str | None, y: str | None, point: tuple[float, float] | None
) -> None:
    assert wire.focus(x, y) == point
