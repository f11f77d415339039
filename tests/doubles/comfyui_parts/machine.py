"""The double's queue, its one worker, its history and its files."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from doubles.comfyui_parts.behaviour import Behaviour
from doubles.comfyui_parts.graph import Graph, NodeFailedError, Run, Validation
from doubles.comfyui_parts.nodes import Outputs, Sampling

_ANNOTATED = re.compile(r"(?P<name>.*) \[(?P<kind>input|output|temp)\]")
Ending = tuple[str, dict[str, Any]]
Place = tuple[str, str, str]  # type (input, output, temp), subfolder, file name


class PaintingFailedError(Exception):
    """A sampler fails with an exception of this type and message."""


class InterruptedPaintingError(Exception):
    """Somebody interrupted the prompt."""


@dataclass
class Work:
    """A prompt: waiting, running, success, error, interrupted, removed or lost."""

    number: int
    prompt_id: str
    graph: Graph
    ends: list[str]
    extra: dict[str, Any]
    state: str = "waiting"
    interrupted: bool = False
    cached: list[str] = field(default_factory=list)

    @property
    def item(self) -> list[Any]:
        return [self.number, self.prompt_id, self.graph, self.extra, self.ends]


class Machine:
    """Everything behind the routes; `changed` is notified of all that happens."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.changed = threading.Condition()
        self.files: dict[Place, bytes] = {}
        self.works: list[Work] = []
        self.samplings: list[Sampling] = []
        self.history: dict[str, dict[str, Any]] = {}
        self.most_at_once = 0
        self.closed = False
        self._made: dict[str, Outputs] = {}
        self._running: Work | None = None
        self._names = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with self.changed:
            self.closed = True
            self.changed.notify_all()
        self._thread.join(10)

    def wait_for(self, what: Callable[[], object], limit_s: float = 10.0) -> None:
        with self.changed:
            assert self.changed.wait_for(what, limit_s), "it did not come in time"

    def restart(self) -> None:
        """Lose queue, history and temporary files, as a process does that ends."""
        with self.changed:
            for work in self.works:
                if work.state in {"waiting", "running"}:
                    work.state = "lost"
            self.history.clear()
            self._made.clear()
            self.files = {place: data for place, data in self.files.items() if place[0] != "temp"}
            self.changed.notify_all()

    # ------------------------------------------------------------------ files

    def place_of(self, annotated: str) -> Place:
        found = _ANNOTATED.fullmatch(annotated)
        name, kind = (found["name"], found["kind"]) if found else (annotated, "input")
        folder, _, file = name.rpartition("/")
        return kind, folder, file

    def read(self, annotated: str) -> bytes | None:
        return self.files.get(self.place_of(annotated))

    def upload(self, place: Place, data: bytes, *, overwrite: bool) -> Place:
        """Keep a file; one of the same name with other bytes gets a number behind its name."""
        if self.behaviour.uploads == "lost":
            return place
        kind, folder, name = place
        if self.behaviour.uploads == "renamed":
            kind, folder, name = "input", "booth", f"x{name}"
        stem, dot, ending = name.rpartition(".")
        counter = 1
        with self.changed:
            while not overwrite and self.files.get((kind, folder, name), data) != data:
                name = f"{stem} ({counter}){dot}{ending}"
                counter += 1
            self.files[kind, folder, name] = data
            self.changed.notify_all()
        return kind, folder, name

    def save(self, kind: str, prefix: str, data: bytes) -> dict[str, str]:
        folder, _, start = prefix.rpartition("/")
        self._names += 1
        name = f"{start}_{self._names:05}_.png"
        self.files[kind, folder, name] = data
        return {"filename": name, "subfolder": folder, "type": kind}

    # ------------------------------------------------------------------ queue

    def validate(self, graph: Graph) -> Validation:
        return Validation(graph, self.behaviour, lambda name: self.place_of(name) in self.files)

    def put(self, prompt_id: str, graph: Graph, ends: list[str], extra: dict[str, Any]) -> Work:
        with self.changed:
            work = Work(len(self.works), prompt_id, graph, ends, extra)
            self.works.append(work)
            self.most_at_once = max(self.most_at_once, len(self.in_state("waiting", "running")))
            self.changed.notify_all()
        return work

    def in_state(self, *states: str) -> list[Work]:
        return [work for work in self.works if work.state in states]

    def remove(self, prompt_id: str) -> None:
        with self.changed:
            for work in self.in_state("waiting"):
                if work.prompt_id == prompt_id:
                    work.state = "removed"
            self.changed.notify_all()

    def interrupt(self, prompt_id: str | None) -> None:
        with self.changed:
            for work in self.in_state("running"):
                if prompt_id is None or work.prompt_id == prompt_id:
                    work.interrupted = True
            self.changed.notify_all()

    # ------------------------------------------------------------------ work

    def _serve(self) -> None:
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.closed or self.in_state("waiting"))
                if self.closed:
                    return
                work = self._running = self.in_state("waiting")[0]
                work.state = "running"
                self.changed.notify_all()
            outputs, ending = self._run(work)
            with self.changed:
                if work.state == "running":
                    work.state = {"execution_success": "success", "execution_interrupted": "interrupted"}.get(
                        ending[0], "error"
                    )
                    self.history[work.prompt_id] = _entry(work, outputs, ending)
                self._running = None
                self.changed.notify_all()

    def _run(self, work: Work) -> tuple[dict[str, Any], Ending]:
        run = Run(work.graph, self, self._made)
        outputs: dict[str, Any] = {}
        ending: Ending = ("execution_success", {"prompt_id": work.prompt_id, "timestamp": _now()})
        try:
            outputs = run.outputs(work.ends)
        except NodeFailedError as failed:
            ending = _ending(work, failed)
        work.cached = run.cached
        self._made = run.made
        if not self.behaviour.tells_cached:
            outputs = {end: told for end, told in outputs.items() if end not in run.cached}
        return outputs, ending

    def sample(self, sampling: Sampling) -> None:
        """Take the time a sampler takes, and fail as it is told to."""
        work = self._running
        assert work is not None
        with self.changed:
            self.samplings.append(sampling)
            self.changed.notify_all()
            self.changed.wait_for(lambda: not self.behaviour.held or self._is_over(work))
            self.changed.wait_for(lambda: self._is_over(work), self.behaviour.seconds)
        if self._is_over(work):
            raise InterruptedPaintingError
        width, height = sampling.size
        if self.behaviour.memory_pixels is not None and width * height > self.behaviour.memory_pixels:
            raise PaintingFailedError("torch.OutOfMemoryError", "Allocation on device ")
        if self.behaviour.exception:
            raise PaintingFailedError(*self.behaviour.exception)

    def _is_over(self, work: Work) -> bool:
        return work.interrupted or work.state == "lost" or self.closed


def _ending(work: Work, failed: NodeFailedError) -> Ending:
    node = {"node_id": failed.node, "node_type": work.graph[failed.node]["class_type"]}
    told = {"prompt_id": work.prompt_id, **node, "executed": [], "timestamp": _now()}
    match failed.reason:
        case InterruptedPaintingError():
            return "execution_interrupted", told
        case PaintingFailedError(args=(kind, message)):
            pass
        case reason:
            kind, message = type(reason).__qualname__, str(reason)
    wrong = {"exception_type": kind, "exception_message": message, "traceback": []}
    return "execution_error", {**told, **wrong, "current_inputs": {}, "current_outputs": []}


def _entry(work: Work, outputs: dict[str, Any], ending: Ending) -> dict[str, Any]:
    begin = {"prompt_id": work.prompt_id, "timestamp": _now()}
    is_whole = ending[0] == "execution_success"
    return {
        "prompt": work.item,
        "outputs": outputs,
        "status": {
            "status_str": "success" if is_whole else "error",
            "completed": is_whole,
            "messages": [
                ["execution_start", begin],
                ["execution_cached", {"nodes": work.cached, **begin}],
                list(ending),
            ],
        },
        "meta": {end: {"node_id": end, "display_node": end, "real_node_id": end} for end in outputs},
    }


def _now() -> int:
    return int(time.time() * 1000)
