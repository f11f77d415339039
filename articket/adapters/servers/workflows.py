import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# A graph in ComfyUI's API format: node id -> {"class_type", "inputs": {name: value or [node id, output]}}.
Graph = dict[str, dict[str, Any]]

# The workflow for every style that has none of its own.
USUAL: Final = "portrait"
PREFIX: Final = "filename_prefix"
MODEL_OUTPUT: Final = 0
CLIP_OUTPUT: Final = 1
# What a ControlNet node hands on when it is left out: its outputs are its conditioning inputs, in this order.
CONDITIONINGS: Final = (("positive", "negative"), ("conditioning",))


@dataclass(frozen=True, slots=True)
class Place:
    """One input of one node."""

    node: str
    input: str


@dataclass(frozen=True, slots=True)
class Workflow:
    """A graph and where its values go: `places` by role, the node whose picture counts.

    LoRAs are put in behind the node `loras`; the node that applies the ControlNet is `controlled`.
    """

    name: str
    graph: Mapping[str, Any]
    places: Mapping[str, tuple[Place, ...]]
    output: str
    loras: str | None = None
    controlled: str | None = None

    def own(self, role: str) -> Any:
        """Return what the workflow itself has at a role, None where it has no such role."""
        places = self.places.get(role, ())
        return self.graph[places[0].node]["inputs"][places[0].input] if places else None

    def role_of(self, node: str, name: str) -> str | None:
        """Return the role that fills this input, if one does."""
        place = Place(node, name)
        return next((role for role, places in self.places.items() if place in places), None)

    def fill(
        self,
        values: Mapping[str, str | float],
        loras: Sequence[tuple[str, float]] = (),
        *,
        controlled: bool = False,
        prefix: str = "",
    ) -> Graph:
        """Return a graph of its own with the values in their places, of nodes that lead to the output only.

        A role that the workflow lacks is passed over; LoRAs are file names with weights; unless it is
        `controlled` the ControlNet is left out; the output's file name begins with `prefix`.
        """
        graph: Graph = copy.deepcopy(dict(self.graph))
        for role, value in values.items():
            for place in self.places.get(role, ()):
                graph[place.node]["inputs"][place.input] = value
        if self.loras is not None:
            _put_in_loras(graph, self.loras, loras)
        if self.controlled is not None and not controlled:
            _leave_out(graph, self.controlled)
        ending = graph[self.output]["inputs"]
        if prefix and PREFIX in ending:
            ending[PREFIX] = prefix
        needed = leading_to(graph, self.output)
        return {node: each for node, each in graph.items() if node in needed}


@dataclass(frozen=True, slots=True)
class Workflows:
    """All workflows by name: a style's own, or the usual one."""

    by_name: Mapping[str, Workflow]

    def of(self, style: str) -> Workflow:
        """Return the workflow that paints a style."""
        return self.by_name.get(style, self.by_name[USUAL])

    @property
    def usual(self) -> Workflow:
        """Return the workflow of styles that have none of their own."""
        return self.by_name[USUAL]


def link_of(value: Any) -> tuple[str, int] | None:
    """Return the node id and output that an input is fed from, None where it holds a value."""
    match value:
        case [str() as node, int() as output] if not isinstance(output, bool):
            return node, output
    return None


def leading_to(graph: Mapping[str, Any], output: str) -> Collection[str]:
    """Return the ids of the nodes that the output needs, itself included."""
    needed: set[str] = set()
    open_ids = [output]
    while open_ids:
        node = open_ids.pop()
        if node in needed or node not in graph:
            continue
        needed.add(node)
        links = map(link_of, graph[node]["inputs"].values())
        open_ids.extend(link[0] for link in links if link)
    return needed


def _put_in_loras(graph: Graph, behind: str, loras: Sequence[tuple[str, float]]) -> None:
    if not loras:
        return
    last = behind
    chain: Graph = {}
    for index, (name, weight) in enumerate(loras):
        node = f"articket-lora-{index}"
        chain[node] = {
            "class_type": "LoraLoader",
            "inputs": {
                "lora_name": name,
                "strength_model": weight,
                "strength_clip": weight,
                "model": [last, MODEL_OUTPUT],
                "clip": [last, CLIP_OUTPUT],
            },
        }
        last = node
    _feed(graph, {(behind, output): [last, output] for output in (MODEL_OUTPUT, CLIP_OUTPUT)})
    graph.update(chain)


def _leave_out(graph: Graph, node: str) -> None:
    inputs = graph[node]["inputs"]
    names = conditionings_of(inputs)
    _feed(graph, {(node, output): inputs[name] for output, name in enumerate(names)})


def conditionings_of(inputs: Collection[str]) -> tuple[str, ...]:
    """Return the inputs that a node which applies a ControlNet hands on, none where it is no such node."""
    return next((names for names in CONDITIONINGS if all(name in inputs for name in names)), ())


def _feed(graph: Graph, instead: Mapping[tuple[str, int], Any]) -> None:
    """Feed every input from elsewhere that was fed from one of these outputs."""
    for node in graph.values():
        for name, value in node["inputs"].items():
            if (link := link_of(value)) and link in instead:
                node["inputs"][name] = instead[link]
