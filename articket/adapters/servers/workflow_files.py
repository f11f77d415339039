import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from articket.adapters.servers.workflows import (
    MODEL_OUTPUT,
    USUAL,
    Place,
    Workflow,
    Workflows,
    conditionings_of,
    leading_to,
    link_of,
)
from articket.domain.faults import PackBroken

NEEDED: Final = ("photo", "positive", "seed", "output")
TEXTS: Final = ("photo", "positive", "negative", "checkpoint", "sampler", "scheduler", "controlnet")
NUMBERS: Final = ("seed", "steps", "cfg", "denoise", "width", "height", "controlnet_weight")
NODES: Final = ("output", "loras")
ROLES: Final = (*TEXTS, *NUMBERS, *NODES)
# What has to reach the picture, or nobody would notice that it does not.
LEADING: Final = ("photo", "positive", "seed")
_TOML_LINE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass
class _Sheet:
    """One file's text, and the faults found so far in all files, each with file and line."""

    path: Path
    faults: list[tuple[str, int, str]]
    text: str = field(default="")

    def fault(self, sentence: str, line: int = 1) -> None:
        self.faults.append((str(self.path), line, sentence))

    def line_of(self, key: str, after: str) -> int:
        """Return the line on which a key stands, from 1; `after` is what follows it."""
        found = re.search(rf'^[^\n]*?(?<![\w-])"?{re.escape(key)}"?\s*{after}', self.text, re.MULTILINE)
        return self.text.count("\n", 0, found.start()) + 1 if found else 1


def load_workflows(folders: Sequence[Path], styles: Collection[str] | None = None) -> Workflows:
    """Read the workflows of the folders that exist, `<name>.json` and its map `<name>.toml`; later ones win.

    A workflow is called `portrait`, which every style gets that has none of its own, or like one of the
    `styles`. PackBroken is raised with every fault of every file, one a line as `file:line: what`.
    """
    faults: list[tuple[str, int, str]] = []
    found: dict[str, Workflow] = {}
    for folder in folders:
        for name in sorted({path.stem for path in folder.glob("*") if path.suffix in {".json", ".toml"}}):
            if name != USUAL and styles is not None and name not in styles:
                known = ", ".join([USUAL, *styles])
                sentence = (
                    f"No style is called `{name}`, so nothing would be painted by it. There are: {known}."
                )
                faults.append((str(folder / f"{name}.json"), 1, sentence))
            if workflow := _read(folder, name, faults):
                found[name] = workflow
    if not faults and USUAL not in found:
        where = str(folders[-1] / f"{USUAL}.json") if folders else f"{USUAL}.json"
        faults.append((where, 1, "There is no such workflow. Styles without one of their own need it."))
    if faults:
        lines = [f"{file}:{line}: {sentence}" for file, line, sentence in sorted(set(faults))]
        raise PackBroken("pack-broken", "\n".join(lines), count=len(lines))
    return Workflows(found)


def _read(folder: Path, name: str, faults: list[tuple[str, int, str]]) -> Workflow | None:
    before = len(faults)
    graph_sheet = _Sheet(folder / f"{name}.json", faults)
    map_sheet = _Sheet(folder / f"{name}.toml", faults)
    graph = _read_graph(graph_sheet)
    roles = _read_map(map_sheet)
    if graph is None or roles is None:
        return None
    reader = _Reader(graph, graph_sheet.path.name, roles, map_sheet)
    workflow = reader.workflow(name)
    return workflow if len(faults) == before else None


def _text_of(sheet: _Sheet, missing: str) -> bool:
    try:
        sheet.text = sheet.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError:
        sheet.fault(missing)
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        sheet.fault("These letters are not UTF-8. Save the file as UTF-8 and try again.", line)
    else:
        return True
    return False


def _read_graph(sheet: _Sheet) -> Mapping[str, Any] | None:
    if not _text_of(sheet, "There is no such file, but a map for it. Put the exported workflow there."):
        return None
    try:
        graph = json.loads(sheet.text)
    except json.JSONDecodeError as broken:
        sheet.fault(f"This is not JSON: {broken.msg}.", broken.lineno)
        return None
    except RecursionError:
        sheet.fault("This is nested too deeply to be a workflow.")
        return None
    if isinstance(graph, dict) and "nodes" in graph and "links" in graph:
        sheet.fault("This was saved for ComfyUI's page. Export it with `Export (API)` instead of `Save`.")
        return None
    if not isinstance(graph, dict) or not graph:
        sheet.fault("This is no workflow in API format. Export it with `Export (API)`.")
        return None
    return graph if all([*_check_nodes(sheet, graph)]) else None


def _check_nodes(sheet: _Sheet, graph: Mapping[str, Any]) -> Iterator[bool]:
    for node, each in graph.items():
        line = sheet.line_of(node, r":\s*\{")
        match each:
            case {"class_type": str(), "inputs": dict() as inputs}:
                lost = {
                    (name, link[0])
                    for name, value in inputs.items()
                    if (link := link_of(value)) and link[0] not in graph
                }
                for name, source in sorted(lost):
                    sheet.fault(
                        f"Node {node} gets its `{name}` from node {source}, which is not there.", line
                    )
                yield not lost
            case _:
                sheet.fault(f"Node {node} lacks `class_type` or `inputs`. Export the workflow anew.", line)
                yield False


def _read_map(sheet: _Sheet) -> Mapping[str, Any] | None:
    missing = "There is no such file. It says which node gets what: see docs/comfyui.md."
    if not _text_of(sheet, missing):
        return None
    try:
        return tomllib.loads(sheet.text)
    except tomllib.TOMLDecodeError as broken:
        place = _TOML_LINE.search(str(broken))
        line = int(place[1]) if place and place[1] else sheet.text.count("\n") + 1
        sheet.fault(f"This is not TOML: {_TOML_LINE.sub('', str(broken))}.", line)
        return None


class _Reader:
    """Reads one map against its graph."""

    def __init__(
        self, graph: Mapping[str, Any], graph_name: str, roles: Mapping[str, Any], sheet: _Sheet
    ) -> None:
        self.graph = graph
        self.graph_name = graph_name
        self.roles = roles
        self.sheet = sheet

    def workflow(self, name: str) -> Workflow:
        for role in self.roles:
            if role not in ROLES:
                near = get_close_matches(role, ROLES, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"There are: {', '.join(ROLES)}."
                self._fault(role, f"Nobody knows the role `{role}`. {hint}")
        for role in NEEDED:
            if role not in self.roles:
                self.sheet.fault(f"The role `{role}` is missing. Nothing can be painted without it.")
        places = {role: self._places(role) for role in (*TEXTS, *NUMBERS) if role in self.roles}
        workflow = Workflow(
            name=name,
            graph=self.graph,
            places=places,
            output=self._node("output") or "",
            loras=self._source_of_loras(),
            controlled=self._controlled(places),
        )
        self._check_leads(workflow)
        return workflow

    def _fault(self, role: str, sentence: str) -> None:
        self.sheet.fault(sentence, self.sheet.line_of(role, "="))

    def _places(self, role: str) -> tuple[Place, ...]:
        written = self.roles[role]
        several = written if isinstance(written, list) else [written]
        if not several or not all(isinstance(each, str) and "." in each for each in several):
            example = f'{role} = "6.text"'
            self._fault(role, f"`{role}` has to say which node and which of its inputs, like `{example}`.")
            return ()
        places = (Place(*each.split(".", 1)) for each in several)
        return tuple(place for place in places if self._is_right(role, place))

    def _is_right(self, role: str, place: Place) -> bool:
        if not self._is_there(role, place.node):
            return False
        inputs = self.graph[place.node]["inputs"]
        if place.input not in inputs:
            names = ", ".join(f"`{name}`" for name in inputs) or "none"
            sentence = f"has no input `{place.input}`. It has: {names}."
        elif link := link_of(inputs[place.input]):
            sentence = f"gets its `{place.input}` from node {link[0]}: name the input of that node instead."
        elif isinstance(inputs[place.input], str) != (role in TEXTS):
            held = "a number, not a text" if role in TEXTS else "no number"
            sentence = f"holds {held}, in `{place.input}`."
        else:
            return True
        self._fault(role, f"`{role}`: node {place.node} of {self.graph_name} {sentence}")
        return False

    def _is_there(self, role: str, node: str) -> bool:
        if node in self.graph:
            return True
        self._fault(role, f"`{role}`: there is no node {node} in {self.graph_name}.")
        return False

    def _node(self, role: str) -> str | None:
        written = self.roles.get(role)
        if written is None:
            return None
        if not isinstance(written, str):
            self._fault(role, f'`{role}` has to be the id of a node in quotes, like `{role} = "9"`.')
            return None
        return written if self._is_there(role, written) else None

    def _source_of_loras(self) -> str | None:
        node = self._node("loras")
        outputs = (link_of(value) for each in self.graph.values() for value in each["inputs"].values())
        if node is not None and (node, MODEL_OUTPUT) not in outputs:
            sentence = f"nothing takes the model of node {node}. Name the node that loads the checkpoint."
            self._fault("loras", f"`loras`: {sentence}")
        return node

    def _controlled(self, places: Mapping[str, tuple[Place, ...]]) -> str | None:
        named = {"controlnet", "controlnet_weight"} & self.roles.keys()
        if len(named) == 1:
            self._fault(named.pop(), "`controlnet` and `controlnet_weight` belong together: name both.")
        if not (weight := places.get("controlnet_weight")):
            return None
        node = weight[0].node
        if not conditionings_of(self.graph[node]["inputs"]):
            sentence = f"node {node} has no conditioning to hand on, so it does not apply a ControlNet."
            self._fault("controlnet_weight", f"`controlnet_weight`: {sentence}")
        return node

    def _check_leads(self, workflow: Workflow) -> None:
        if not workflow.output:
            return
        leading = leading_to(self.graph, workflow.output)
        for role in LEADING:
            for place in workflow.places.get(role, ()):
                if place.node not in leading:
                    sentence = f"node {place.node} does not lead to the output, node {workflow.output}."
                    self._fault(role, f"`{role}`: {sentence}")
