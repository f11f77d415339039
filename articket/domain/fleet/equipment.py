"""What the styles ask for and a server does not have."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from articket.domain.experience import ModelFamily, Style
from articket.domain.fleet.names import listed, same_sampler
from articket.domain.fleet.server import Looked

Kind = Literal["checkpoint", "lora", "sampler", "controlnet"]
NO_MODEL: Final = "none"  # of ControlNet's preprocessors that work alone


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a style names and the server does not list."""

    kind: Kind
    name: str


def lacks(looked: Looked, styles: Sequence[Style], family: ModelFamily) -> tuple[Lack, ...]:
    """Return each thing once; of what a server keeps no list of, nothing is known to be lacking."""
    orders = [style.parameters[family] for style in styles if family in style.parameters]
    controlnets = (each.controlnet.model for each in orders if each.controlnet)
    return (
        *_lacking("checkpoint", (each.checkpoint for each in orders), looked.models, _lists),
        *_lacking(
            "lora", (lora.name for each in styles for lora in each.loras_for(family)), looked.loras, _lists
        ),
        *_lacking("sampler", (each.sampler for each in orders), looked.samplers, _knows),
        *_lacking("controlnet", controlnets, looked.controlnets, _controls),
    )


def _lacking(
    kind: Kind,
    wanted: Iterable[str | None],
    has: tuple[str, ...] | None,
    finds: Callable[[str, tuple[str, ...]], bool],
) -> Iterator[Lack]:
    for name in dict.fromkeys(wanted):
        if name and has is not None and not finds(name, has):
            yield Lack(kind, name)


def _lists(name: str, has: tuple[str, ...]) -> bool:
    return listed(name, has) is not None


def _knows(sampler: str, has: tuple[str, ...]) -> bool:
    return any(same_sampler(sampler, each) for each in has)


def _controls(model: str, has: tuple[str, ...]) -> bool:
    return bool(has) if model.casefold() == NO_MODEL else _lists(model, has)
