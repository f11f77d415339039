"""What the styles ask of a server, against what the server says it has."""

from collections.abc import Iterable, Sequence

from articket.application.checkup.line import Line, bad, ok, skipped, warn
from articket.domain.experience import ModelFamily, Parameters, Style
from articket.domain.fleet.equipment import Kind, lacks
from articket.domain.fleet.server import Looked


def check_equipment(subject: str, looked: Looked, styles: Sequence[Style], family: ModelFamily) -> list[Line]:
    """Compare models, LoRAs, samplers and ControlNet with what the styles name for that family."""
    orders = [style.parameters[family] for style in styles if family in style.parameters]
    lacking: dict[Kind, list[str]] = {"checkpoint": [], "lora": [], "sampler": [], "controlnet": []}
    for each in lacks(looked, styles, family):
        lacking[each.kind].append(each.name)
    return [
        _models(f"{subject}: model", looked, orders, family, lacking["checkpoint"]),
        *_loras(f"{subject}: LoRAs", looked, styles, family, lacking["lora"]),
        *_samplers(f"{subject}: samplers", looked, orders, lacking["sampler"]),
        *_controlnets(f"{subject}: ControlNet", looked, orders, lacking["controlnet"]),
    ]


def _models(
    subject: str,
    looked: Looked,
    orders: Sequence[Parameters],
    family: ModelFamily,
    lacking: Sequence[str],
) -> Line:
    wanted = _once(order.checkpoint for order in orders)
    if looked.models == ():
        return bad(subject, "The server has no model at all.", "Put a checkpoint into its model folder.")
    loaded = f"{looked.model} is loaded, taken for {family}." if looked.model else "None is loaded yet."
    if not wanted:
        return ok(subject, f"{loaded} The styles name no other.")
    if looked.models is None:
        return skipped(subject, f"{loaded} The server does not list what else it has.")
    if lacking:
        return bad(
            subject,
            f"The styles name {_listed(lacking)}, which the server lacks.",
            "Put it into the server's model folder and refresh its list, or change `checkpoint` in the pack.",
        )
    return ok(subject, f"{loaded} It has all that the styles name.")


def _loras(
    subject: str, looked: Looked, styles: Sequence[Style], family: ModelFamily, lacking: Sequence[str]
) -> Iterable[Line]:
    wanted = _once(lora.name for style in styles for lora in style.loras_for(family))
    if not wanted:
        return
    if looked.loras is None:
        yield skipped(subject, "The server does not list its LoRAs.")
        return
    if lacking:
        yield warn(
            subject,
            f"It lacks {_listed(lacking)}; those styles are painted from their prompts alone.",
            "Put the files into the server's LoRA folder and refresh its list, or take them out of the pack.",
        )
        return
    yield ok(subject, f"It has all {len(wanted)} that the styles name.")


def _samplers(
    subject: str, looked: Looked, orders: Sequence[Parameters], lacking: Sequence[str]
) -> Iterable[Line]:
    if not orders:
        return
    if looked.samplers is None:
        yield skipped(subject, "The server does not list its samplers.")
        return
    if lacking:
        yield bad(
            subject,
            f"The styles name {_listed(lacking)}, which the server does not know.",
            "Update the server, or change `sampler` in the pack to one that it knows.",
        )
        return
    yield ok(subject, "It knows those that the styles name.")


def _controlnets(
    subject: str, looked: Looked, orders: Sequence[Parameters], lacking: Sequence[str]
) -> Iterable[Line]:
    wanted = _once(order.controlnet.model for order in orders if order.controlnet)
    if not wanted:
        return
    if looked.controlnets is None:
        yield skipped(subject, "The server does not list its models.")
        return
    if lacking:
        yield warn(
            subject,
            f"It lacks {_listed(lacking)}; the photo's shapes are then held by the prompt alone.",
            "Install ControlNet there with this model, or take it out of the pack.",
        )
        return
    yield ok(subject, "It has what the styles name.")


def _once(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
