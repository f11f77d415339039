"""Fleets as hypothesis makes them of the dataclasses themselves, and a few that mean something."""

from dataclasses import fields, is_dataclass, replace
from enum import EnumMeta
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from articket.domain.fleet.commission import Commission, Urgency
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Address, Kind, Login, Looked, Server, TooLarge, Try

MOST = 3
IDS = st.text("abcdef0123:-가", min_size=1, max_size=8)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    float: st.floats(allow_nan=False),
    int: st.integers(-(2**53), 2**53),
    str: st.text(max_size=6),
    bool: st.booleans(),
    type(None): st.none(),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type; things with an id differ in it from their neighbours."""
    if hint in PLAIN:
        return PLAIN[hint]
    inner = get_args(hint)
    if isinstance(hint, EnumMeta) or get_origin(hint) is Literal:
        return st.sampled_from(inner or list(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        made = {each.name: anything(hints[each.name]) for each in fields(hint)}
        return st.builds(hint, **made | ({"id": IDS} if "id" in made else {}))
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of(*(anything(each) for each in inner))
    assert get_origin(hint) is tuple, f"nobody knows how to make a {hint}"
    if inner[1:] != (...,):
        return st.tuples(*(anything(each) for each in inner))
    return st.lists(
        anything(inner[0]),
        max_size=MOST,
        unique_by=(lambda each: each.id) if hasattr(inner[0], "id") else None,
    ).map(tuple)


fleets: st.SearchStrategy[Fleet] = anything(Fleet)


def atelier(name: str, **more: object) -> Server:
    address = Address(f"http://{name}:7860", Kind.A1111, Login("staff", "vermilion-secret"), 95.0)
    looked = Looked("Forge", "sdxl", "dream.safetensors", ("dream.safetensors",), loras=())
    tries = (Try(1.0, 9.0), Try(2.0, 95.0, "painter-slow"))
    server = Server(name, address, looked=looked, tries=tries, too_large=(TooLarge(9, 2.0),))
    return replace(server, **more)  # type: ignore[arg-type]


def commission(name: str, **more: object) -> Commission:
    made = Commission(name, f"visit-{name}", 1, "sea", "worker", 1.0, urgency=Urgency((1.0, float("inf"))))
    return replace(made, **more)  # type: ignore[arg-type]
