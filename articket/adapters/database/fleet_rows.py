"""The fleet to and from rows, one for each server, commission, lease and other field."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec

from articket.domain.fleet.fleet import Fleet

log = logging.getLogger(__name__)

WHOLE: Final = "fleet"
"""The part of those fields of the fleet that are no things with an id of their own."""
SERVERS: Final = "servers"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the fleet: a thing of one of its fields, or a whole field; `place` orders things.

    `login` holds a server's credentials, so that `state` may be shown to anybody.
    """

    part: str
    id: str
    place: int
    state: str
    login: str | None = field(default=None, repr=False)

    @property
    def key(self) -> Key:
        """Return what no other row has."""
        return self.part, self.id


def rows_of(fleet: Fleet, held: Mapping[Key, Row]) -> dict[Key, Row]:
    """Return the fleet's rows; a thing stays in its place as long as the order allows it."""
    rows = []
    for name in _types():
        if name not in _things():
            rows.append(Row(WHOLE, name, 0, _encoded(msgspec.to_builtins(getattr(fleet, name)))))
            continue
        last = -1
        for thing in getattr(fleet, name):
            before = held.get((name, thing.id))
            last = before.place if before and before.place > last else last + 1
            rows.append(_row(name, last, thing))
    return {row.key: row for row in rows}


def fleet_of(rows: Iterable[Row]) -> Fleet:
    """Return the fleet that rows say; what another version wrote and nobody can read is left out."""
    found: dict[str, Any] = {name: [] for name in _things()}
    for row in sorted(rows, key=lambda row: row.place):
        try:
            if row.part in _things():
                found[row.part].append(_thing(row.part, row.state, row.login))
            elif row.part == WHOLE and row.id in _types():
                found[row.id] = msgspec.convert(json.loads(row.state), _types()[row.id])
        except (msgspec.ValidationError, ValueError) as fault:
            # The fault's own sentence may quote what the row holds.
            log.warning("A row of the fleet's %s is left out: %s.", row.part, type(fault).__name__)
    values: dict[str, Any] = {
        name: tuple(each) if name in _things() else each for name, each in found.items()
    }
    return Fleet(**values)


def _row(part: str, place: int, thing: Any) -> Row:
    state = msgspec.to_builtins(thing)
    login = state["address"].pop("login", None) if part == SERVERS else None
    return Row(part, thing.id, place, _encoded(state), None if login is None else _encoded(login))


@lru_cache(maxsize=1024)  # the fleet is read several times a second, and little of it changes in between
def _thing(part: str, state: str, login: str | None) -> Any:
    told = json.loads(state)
    if login is not None:
        told["address"]["login"] = json.loads(login)
    return msgspec.convert(told, _things()[part])


def _encoded(state: Any) -> str:
    # Unlike msgspec's own, this JSON knows endless numbers.
    return json.dumps(state, separators=(",", ":"))


@cache
def _types() -> dict[str, Any]:
    hints = get_type_hints(Fleet)
    return {each.name: hints[each.name] for each in fields(Fleet)}


@cache
def _things() -> dict[str, Any]:
    """Return the fields that are tuples of dataclasses with an id, and which."""
    tuples = {name: get_args(hint)[0] for name, hint in _types().items() if get_origin(hint) is tuple}
    return {
        name: kind
        for name, kind in tuples.items()
        if is_dataclass(kind) and "id" in {each.name for each in fields(kind)}
    }
