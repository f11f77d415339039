import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, get_args

from articket.adapters.experiences.table import Table
from articket.domain.experience import Colours, ControlNet, Lora, ModelFamily, Parameters, Style

FAMILIES: Final[tuple[ModelFamily, ...]] = get_args(ModelFamily)
MOST_PIXELS_PER_SIDE: Final = 2048
MOST_STEPS: Final = 150
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_MOULDING: Final = 4
_MATCHES: Final = ("good", "bad", "neutral")


@dataclass(frozen=True, slots=True)
class Known:
    """What a pack may refer to outside itself; None where the caller does not know."""

    recipes: Collection[str] | None = None
    ticket_designs: Collection[str] | None = None


def read_styles(root: Table, known: Known) -> tuple[Style, ...]:
    """Read every `[style.<id>]`, each completed by what `[shared]` says for all."""
    shared = root.table("shared") if "shared" in root else None
    styles = root.table("style")
    if not styles.values:
        styles.fault(None, "There is no style. Write at least one [style.<id>].")
    read = tuple(_style(styles, style_id, shared, known) for style_id in styles.values)
    if shared:
        if "parameters" in shared:
            for family in shared.table("parameters").values:
                shared.table("parameters").table(family).close()
            shared.table("parameters").close()
        shared.close()
    return read


def _style(styles: Table, style_id: str, shared: Table | None, known: Known) -> Style:
    table = styles.table(style_id)
    table.shared = shared
    if not re.fullmatch(r"[a-z][a-z0-9-]*", style_id):
        table.fault(None, f"`{style_id}` cannot be an id: use small letters a-z, digits and hyphens.")
    style = Style(
        id=style_id,
        recipe=_one_of(table, "recipe", known.recipes),
        prompt=table.text("prompt", places=("caption",)),
        negative_prompt=table.text("negative_prompt"),
        loras=tuple(_lora(lora) for lora in table.tables("lora")) if "lora" in table else (),
        parameters=_parameters(table.table("parameters")),
        subject=table.text("subject"),
        ticket_design=_one_of(table, "ticket_design", known.ticket_designs),
        colours=_colours(table.table("colours")),
        **_matches(table, style_id, styles.values.keys()),
    )
    table.close()
    return style


def _one_of(table: Table, key: str, known: Collection[str] | None) -> str:
    value = table.text(key)
    if value and known is not None and value not in known:
        table.fault(
            key, f"There is no {key.replace('_', ' ')} `{value}`. There are: {', '.join(sorted(known))}."
        )
    return value


def _lora(table: Table) -> Lora:
    family = table.text("family")
    if family and family not in FAMILIES:
        table.fault("family", f"`{family}` is no family of models. There are: {', '.join(FAMILIES)}.")
    lora = Lora(
        name=table.text("name"),
        weight=table.number("weight", -2, 2),
        family=next((known for known in FAMILIES if known == family), FAMILIES[0]),
    )
    table.close()
    return lora


def _parameters(table: Table) -> dict[ModelFamily, Parameters]:
    read = {family: _sampling(table.table(family)) for family in FAMILIES}
    table.close()
    return read


def _sampling(table: Table) -> Parameters:
    parameters = Parameters(
        sampler=table.text("sampler"),
        scheduler=table.text("scheduler"),
        steps=table.whole("steps", 1, MOST_STEPS),
        cfg_scale=table.number("cfg_scale", 0, 30),
        denoising_strength=table.number("denoising_strength", 0.01, 1),
        width=_side(table, "width"),
        height=_side(table, "height"),
        checkpoint=table.text("checkpoint") if table.has("checkpoint") else None,
        controlnet=_controlnet(table.table("controlnet")) if table.has("controlnet") else None,
    )
    table.close()
    return parameters


def _controlnet(table: Table) -> ControlNet:
    controlnet = ControlNet(
        module=table.text("module"), model=table.text("model"), weight=table.number("weight", 0, 2)
    )
    table.close()
    return controlnet


def _side(table: Table, key: str) -> int:
    side = table.whole(key, 64, MOST_PIXELS_PER_SIDE)
    if side % 8:
        near = round(side / 8) * 8
        table.fault(key, f"`{key}` is {side}; servers only paint multiples of 8, such as {near}.")
    return side


def _colours(table: Table) -> Colours:
    one, two, speak, glow = (table.text(key) for key in ("one", "two", "speak", "glow"))
    moulding = (*table.texts("moulding"), "", "", "", "")[:_MOULDING]
    for key in ("one", "two", "speak", "glow"):
        if key in table and not _COLOUR.fullmatch(str(table.values[key])):
            table.fault(key, f"`{key}` has to be a colour like #1e4aa8, in small letters.")
    if "moulding" in table and not all(_COLOUR.fullmatch(colour) for colour in moulding):
        table.fault("moulding", f"`moulding` has to be {_MOULDING} colours like #b68a4a, in small letters.")
    table.close()
    return Colours(one, two, speak, glow, (moulding[0], moulding[1], moulding[2], moulding[3]))


def _matches(table: Table, style_id: str, style_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    # The ticket and the reveal hang one good and one bad match beside the painting; neutral ones are free.
    matches = {kind: table.texts(kind) if kind in table or kind != "neutral" else () for kind in _MATCHES}
    seen: set[str] = set()
    for kind, others in matches.items():
        for other in others:
            if other not in style_ids:
                table.fault(kind, f"`{kind}` names the style `{other}`, which this pack does not have.")
            elif other == style_id:
                table.fault(kind, f"The style `{style_id}` cannot match itself.")
            elif other in seen:
                table.fault(kind, f"`{other}` matches `{style_id}` twice. Let it be good, bad or neutral.")
            seen.add(other)
    return matches
