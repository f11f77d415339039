"""What it means that a ComfyUI server refuses a graph, or fails while it runs one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articket.adapters.servers.complaints import OK, fault_of, shown, tells_of_memory
from articket.adapters.servers.http import Answer
from articket.adapters.servers.workflows import Workflow
from articket.domain.faults import PainterFault, PainterFaultPermanent, PainterFaultTransient
from articket.domain.fleet.server import Address


@dataclass(frozen=True, slots=True)
class _Objection:
    """What is wrong with one input of one node."""

    node: str
    class_type: str
    kind: str
    message: str
    details: str
    input: str


def refusal_of(answer: Answer, workflow: Workflow, address: Address, secret: str) -> PainterFault | None:
    """Return the fault that an answer to an order stands for, None where the order was taken as it is."""
    found = answer.json()
    objections = list(_objections(found))
    if answer.status == OK and not objections:
        return None
    if not isinstance(found, dict) or not ({"error", "node_errors"} & found.keys()):
        return fault_of(answer, address)
    for each in objections:
        role = workflow.role_of(each.node, each.input)
        if role == "photo" and each.kind == "custom_validation_failed":
            return PainterFaultTransient("painter-crashed", "The server lost the photo before it painted.")
        if role == "checkpoint" and each.kind == "value_not_in_list":
            return PainterFaultPermanent("painter-model-missing", "The server does not have the model.")
    said = _told(objections) or _error_of(found)
    words = shown(said.replace(secret, "…") if secret else said, address)
    return PainterFaultPermanent(
        "painter-order-refused", f"The server refused the workflow {workflow.name}: {words}"
    )


def failure_of(messages: Sequence[Any], address: Address, secret: str) -> PainterFault:
    """Return the fault that a painting's end in the history stands for."""
    for message in reversed(messages):
        match message:
            case ["execution_interrupted", *_]:
                return _crashed("Somebody interrupted the painting on the server.")
            case ["lost", *_]:
                return _crashed("The server forgot the painting; it may have started anew.")
            case ["execution_error", dict() as told]:
                return _exception(told, address, secret)
    return _crashed("The server failed, and does not say why.")


def _exception(told: dict[str, Any], address: Address, secret: str) -> PainterFault:
    said = f"{told.get('exception_type', 'Exception')}: {told.get('exception_message', '')}"
    if tells_of_memory(said):
        return PainterFaultTransient("painter-out-of-memory", "The server's graphics card ran out of memory.")
    words = shown(said.replace(secret, "…") if secret else said, address)
    return _crashed(f"The server failed in {shown(str(told.get('node_type', 'a node')), address)}: {words}")


def _objections(found: Any) -> Iterator[_Objection]:
    nodes = found.get("node_errors") if isinstance(found, dict) else None
    for node, each in (nodes if isinstance(nodes, dict) else {}).items():
        told = each if isinstance(each, dict) else {}
        name = str(told.get("class_type", "?"))
        errors = [error for error in told.get("errors") or () if isinstance(error, dict)]
        for error in errors or [{}]:
            extra = error.get("extra_info")
            yield _Objection(
                node=str(node),
                class_type=name,
                kind=str(error.get("type", "")),
                message=str(error.get("message", "")),
                details=str(error.get("details", "")),
                input=str(extra.get("input_name", "")) if isinstance(extra, dict) else "",
            )


def _told(objections: Sequence[_Objection]) -> str:
    return "; ".join(
        f"node {each.node} ({each.class_type}): {each.message or 'it is not accepted'} {each.details}".strip()
        for each in objections
    )


def _error_of(found: dict[str, Any]) -> str:
    match found.get("error"):
        case {"message": str() as message}:
            return message
        case str() as message:
            return message
    return "it does not say why"


def _crashed(sentence: str) -> PainterFaultTransient:
    return PainterFaultTransient("painter-crashed", sentence)
