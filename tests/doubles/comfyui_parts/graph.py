"""Whether a graph can be run, told as ComfyUI tells it, and running it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from doubles.comfyui_parts.behaviour import Behaviour
from doubles.comfyui_parts.nodes import NODES, Bench, Input, Outputs

Graph = Mapping[str, Any]
Error = dict[str, Any]
LONG_LIST = 20
CONVERT: Mapping[str, Callable[[Any], Any]] = {"INT": int, "FLOAT": float, "STRING": str}


class NodeFailedError(Exception):
    """A node of a running graph raised."""

    def __init__(self, node: str, reason: Exception) -> None:
        super().__init__(node)
        self.node = node
        self.reason = reason


def error(kind: str, message: str, details: str = "", **extra: Any) -> Error:
    return {"type": kind, "message": message, "details": details, "extra_info": extra}


class Validation:
    """The outputs of a graph that can be run, and what is wrong with the others.

    Nodes that lead to no output are only looked at for their class, as the real one does.
    """

    def __init__(self, graph: Graph, behaviour: Behaviour, exists: Callable[[str], bool]) -> None:
        self.graph = graph
        self.behaviour = behaviour
        self.exists = exists
        self.node_errors: dict[str, dict[str, Any]] = {}
        self.good: list[str] = []
        self._known: dict[str, bool] = {}
        self.error = self._classes() or self._outputs()

    def _classes(self) -> Error | None:
        for node, each in self.graph.items():
            name = each.get("class_type")
            if name not in NODES:
                return error(
                    "missing_node_type",
                    f"Node '{name}' not found. The custom node may not be installed.",
                    f"Node ID '#{node}'",
                    node_id=node,
                    class_type=name,
                )
        return None

    def _outputs(self) -> Error | None:
        outputs = [node for node, each in self.graph.items() if NODES[each["class_type"]].is_output]
        if not outputs:
            return error("prompt_no_outputs", "Prompt has no outputs")
        for output in outputs:
            self._known = {}
            if self._is_valid(output, output):
                self.good.append(output)
        if self.good:
            return None
        return error("prompt_outputs_failed_validation", "Prompt outputs failed validation")

    def _is_valid(self, node: str, output: str) -> bool:
        if node not in self._known:
            self._known[node] = self._look_at(node, output)
        return self._known[node]

    def _look_at(self, node: str, output: str) -> bool:
        each = self.graph[node]
        errors: list[Error] = []
        sources_are_valid = True
        for name, wanted in NODES[each["class_type"]].inputs.items():
            if name not in each.get("inputs", {}):
                errors.append(
                    error("required_input_missing", "Required input is missing", name, input_name=name)
                )
                continue
            value = each["inputs"][name]
            if isinstance(value, list):
                found, is_valid = self._linked(name, wanted, value, output)
                sources_are_valid &= is_valid
            else:
                found = self._value(name, wanted, value)
            errors += [found] if found else []
        if errors:
            told = {"errors": errors, "dependent_outputs": [], "class_type": each["class_type"]}
            entry = self.node_errors.setdefault(node, told)
            entry["dependent_outputs"] = [*entry["dependent_outputs"], output]
        return sources_are_valid and not errors

    def _linked(self, name: str, wanted: Input, value: list[Any], output: str) -> tuple[Error | None, bool]:
        told = {"input_name": name, "received_value": value}
        if len(value) != 2:
            message = "Bad linked input, must be a length-2 list of [node_id, slot_index]"
            return error("bad_linked_input", message, name, **told), True
        source, slot = value
        if source not in self.graph:
            message = "Exception when validating inner node"
            return error("exception_during_inner_validation", message, f"{source!r}", **told), True
        given = NODES[self.graph[source]["class_type"]].outputs
        kind = given[slot] if slot < len(given) else "nothing"
        if kind != wanted.kind:
            message = "Return type mismatch between linked nodes"
            details = f"{name}, received_type({kind}) mismatch input_type({wanted.kind})"
            return error("return_type_mismatch", message, details, **told), True
        return None, self._is_valid(source, output)

    def _value(self, name: str, wanted: Input, value: Any) -> Error | None:
        told = {"input_name": name, "received_value": value}
        if wanted.kind in CONVERT:
            return _convert(name, wanted, value)
        if wanted.choices:
            known = wanted.choices(self.behaviour)
            if value not in known:
                several = str(list(known)) if len(known) <= LONG_LIST else f"(list of length {len(known)})"
                details = f"{name}: '{value}' not in {several}"
                return error("value_not_in_list", "Value not in list", details, **told)
        elif wanted.kind == "UPLOAD":
            if not self.exists(str(value)):
                details = f"{name} - Invalid image file: {value}"
                return error("custom_validation_failed", "Custom validation failed for node", details, **told)
        else:
            message = "Bad linked input, must be a length-2 list of [node_id, slot_index]"
            return error("bad_linked_input", message, name, **told)
        return None


def _convert(name: str, wanted: Input, value: Any) -> Error | None:
    told = {"input_name": name, "received_value": value}
    try:
        value = CONVERT[wanted.kind](value)
    except (TypeError, ValueError) as reason:
        message = f"Failed to convert an input value to a {wanted.kind} value"
        return error("invalid_input_type", message, f"{name}, {value}, {reason}", **told)
    if isinstance(value, int | float) and value < wanted.low:
        return error(
            "value_smaller_than_min", f"Value {value} smaller than min of {wanted.low}", name, **told
        )
    if isinstance(value, int | float) and value > wanted.high:
        return error("value_bigger_than_max", f"Value {value} bigger than max of {wanted.high}", name, **told)
    return None


class Run:
    """One graph at work; what the last one made is reused where nothing about it changed."""

    def __init__(self, graph: Graph, bench: Bench, made_before: Mapping[str, Outputs]) -> None:
        self.graph = graph
        self.bench = bench
        self.made_before = made_before
        self.made: dict[str, Outputs] = {}
        self.cached: list[str] = []

    def outputs(self, ends: list[str]) -> dict[str, Any]:
        """Return what the output nodes tell; NodeFailedError."""
        return {end: self._make(end)[0] for end in ends}

    def _make(self, node: str) -> Outputs:
        mark = self._mark(node)
        if mark in self.made:
            return self.made[mark]
        if mark in self.made_before:
            self.cached.append(node)
            self._keep_sources(node)
            made = self.made_before[mark]
        else:
            each = self.graph[node]
            spec = NODES[each["class_type"]]
            values = {
                name: self._make(value[0])[value[1]] if isinstance(value, list) else value
                for name, value in each["inputs"].items()
                if name in spec.inputs
            }
            try:
                made = spec.run(self.bench, **values)
            except Exception as reason:
                raise NodeFailedError(node, reason) from reason
        self.made[mark] = made
        return made

    def _keep_sources(self, node: str) -> None:
        for value in self.graph[node]["inputs"].values():
            if isinstance(value, list) and (mark := self._mark(value[0])) in self.made_before:
                self.made[mark] = self.made_before[mark]
                self._keep_sources(value[0])

    def _mark(self, node: str) -> str:
        """Return what a node's work depends on, a file's bytes included."""
        each = self.graph[node]
        told = {
            name: self._mark(value[0]) + str(value[1]) if isinstance(value, list) else value
            for name, value in each["inputs"].items()
        }
        if each["class_type"] == "LoadImage":
            data = self.bench.read(each["inputs"]["image"])
            told["bytes"] = hashlib.sha256(data or b"").hexdigest()
        text = json.dumps([each["class_type"], told], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
