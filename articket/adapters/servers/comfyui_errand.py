"""One painting's way through a ComfyUI server: upload, prompt, history, picture, and nothing left behind."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from threading import Thread
from time import monotonic, sleep
from typing import Any, Final
from uuid import uuid4

from PIL import Image

from articket.adapters.servers.comfyui_complaints import failure_of, refusal_of
from articket.adapters.servers.complaints import NOT_FOUND, OK, fault_of
from articket.adapters.servers.http import ANSWER_LIMIT_BYTES, Answer, get, post_form, post_json
from articket.adapters.servers.workflows import Graph, Workflow
from articket.domain.faults import PainterFault, PainterFaultTransient
from articket.domain.fleet.server import Address

UPLOAD_LIMIT_S: Final = 30.0
ORDER_LIMIT_S: Final = 30.0  # the server reads folders while it checks a graph
POLL_LIMIT_S: Final = 5.0
FETCH_LIMIT_S: Final = 20.0
TIDY_LIMIT_S: Final = 5.0
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 1.0
PAUSE_GROWTH: Final = 1.3
# So many polls in a row may fail, in a proxy or on the way, before the server counts as gone.
POLLS_LOST: Final = 4
# A server that restarts forgets what it had; its queue is looked at once in so many polls.
POLLS_FOR_QUEUE: Final = 4
FETCHES: Final = 3
# What lies there goes when the server starts anew, and is in nobody's list of pictures until then.
FOLDER: Final = "temp"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on the server: its name, folder below, and kind of folder (input, output or temp)."""

    name: str
    subfolder: str
    folder: str

    @property
    def annotated(self) -> str:
        """Return it as a node that loads a picture names it."""
        below = f"{self.subfolder}/{self.name}" if self.subfolder else self.name
        return below if self.folder == "input" else f"{below} [{self.folder}]"


class Errand:
    """One painting; nobody else uses it. `until` is when it is given up, in monotonic seconds."""

    def __init__(self, address: Address, workflow: Workflow, until: float, secret: str) -> None:
        """Choose a name that no other painting has; `secret` is what no fault may repeat."""
        self.prompt_id = str(uuid4())
        self._address = address
        self._workflow = workflow
        self._until = until
        self._secret = secret
        self._ordered = False
        self._files: list[Kept] = []

    def run(self, photo: bytes, fill: Callable[[str], Graph]) -> bytes:
        """Return the picture; `fill` makes the graph of the photo's name there. PainterFaults."""
        is_done = False
        try:
            self._order(fill(self._upload(photo).annotated))
            picture = self._fetch(self._await())
            is_done = True
        finally:
            # Whoever waits for the painting need not wait for this.
            Thread(target=self._tidy, args=(is_done,), name="comfyui-tidy", daemon=True).start()
        return picture

    # ---- upload, order

    def _upload(self, photo: bytes) -> Kept:
        sent = Kept(f"articket-{self.prompt_id}.jpg", "", FOLDER)
        answer = self._put(sent, photo, self._within(UPLOAD_LIMIT_S))
        if answer.status != OK:
            raise fault_of(answer, self._address)
        self._files.append(sent)
        match answer.json():
            case {"name": str() as name, "subfolder": str() as subfolder, "type": str() as folder}:
                self._files[:] = [Kept(name, subfolder, folder)]
            case _:
                raise _broken("The server took the photo and did not say where it put it.")
        return self._files[0]

    def _put(self, file: Kept, data: bytes, limit_s: float) -> Answer:
        fields = {"type": file.folder, "subfolder": file.subfolder, "overwrite": "true"}
        files = {"image": (file.name, data, "image/jpeg")}
        return post_form(self._address, "/upload/image", files, fields, limit_s)

    def _order(self, graph: Graph) -> None:
        self._ordered = True  # even where the answer is lost
        body = {"prompt": graph, "client_id": "articket", "prompt_id": self.prompt_id}
        answer = post_json(self._address, "/prompt", body, self._within(ORDER_LIMIT_S))
        found = answer.json()
        if refusal := refusal_of(answer, self._workflow, self._address, self._secret):
            # With a 200 the rest of the graph would be run, and without a good output nobody needs it.
            self._ordered = answer.status == OK
            raise refusal
        if not isinstance(found, dict) or not isinstance(found.get("prompt_id"), str):
            raise _broken("The server answered with something that is no receipt for an order.")
        self.prompt_id = found["prompt_id"]  # older servers choose it themselves

    # ---- wait

    def _await(self) -> Kept:
        """Return where the painting lies, as soon as it does."""
        pause, polls, lost = FIRST_PAUSE_S, 0, 0
        while True:
            sleep(max(0.0, self._within(pause)))
            if monotonic() >= self._until:
                raise PainterFaultTransient("painter-slow", "The server did not finish the painting in time.")
            pause = min(LONGEST_PAUSE_S, pause * PAUSE_GROWTH)
            polls += 1
            try:
                entry = self._entry()
                if entry is None and polls % POLLS_FOR_QUEUE == 0:
                    entry = self._entry_of_what_left_the_queue()
            except PainterFaultTransient:
                lost += 1
                if lost > POLLS_LOST:
                    raise
                continue
            lost = 0
            if entry is not None:
                return self._outcome(entry)

    def _entry(self) -> Any:
        found = self._found(f"/history/{self.prompt_id}", self._within(POLL_LIMIT_S))
        if not isinstance(found, dict):
            raise _broken("The server answered with something that is no history.")
        return found.get(self.prompt_id)

    def _entry_of_what_left_the_queue(self) -> Any:
        """Return the entry, None where the prompt still waits or runs; a fault is no poll that failed."""
        if self._is_in(self._within(POLL_LIMIT_S), "queue_running", "queue_pending"):
            return None
        # It may have been finished between the two questions.
        return self._entry() or {"status": {"status_str": "error", "messages": [["lost", {}]]}}

    def _is_in(self, limit_s: float, *queues: str) -> bool:
        found = self._found("/queue", limit_s)
        if not isinstance(found, dict):
            raise _broken("The server answered with something that is no queue.")
        items = [item for queue in queues for item in found.get(queue) or ()]
        return any(isinstance(item, list) and self.prompt_id in item[:2] for item in items)

    def _outcome(self, entry: Any) -> Kept:
        match entry:
            case {"status": {"status_str": "error", "messages": [*messages]}}:
                raise failure_of(messages, self._address, self._secret)
            case {"outputs": dict() as outputs}:
                match outputs.get(self._workflow.output):
                    case {"images": [{"filename": str() as name, **rest}, *_]}:
                        found = Kept(name, str(rest.get("subfolder", "")), str(rest.get("type", "output")))
                        self._files.append(found)
                        return found
        raise _broken("The server finished the painting, and there is no picture.")

    # ---- fetch

    def _fetch(self, file: Kept) -> bytes:
        """Return a finished picture; it is asked for again where the way breaks, as nothing is lost yet."""
        params = {"filename": file.name, "subfolder": file.subfolder, "type": file.folder}
        for left in reversed(range(FETCHES)):
            try:
                answer = get(
                    self._address,
                    "/view",
                    self._within(FETCH_LIMIT_S),
                    params=params,
                    limit_bytes=ANSWER_LIMIT_BYTES,
                )
                if answer.status == NOT_FOUND:
                    raise _broken("The server lost the painting before it could be fetched.")
                if answer.status != OK:
                    raise fault_of(answer, self._address)
            except PainterFaultTransient:
                if not left or monotonic() >= self._until:
                    raise
            else:
                return answer.body
        raise AssertionError("the last fetch returns or raises")

    # ---- tidy

    def _tidy(self, is_done: bool) -> None:  # noqa: FBT001 - a thread's argument
        """Take back what nobody waits for, and overwrite the visitor's pictures: a server deletes none."""
        with suppress(PainterFault):
            if self._ordered and not is_done:
                self._take_back()
            blank = _blank()
            for file in self._files:
                self._put(file, blank, TIDY_LIMIT_S)
            if self._ordered:
                post_json(self._address, "/history", {"delete": [self.prompt_id]}, TIDY_LIMIT_S)

    def _take_back(self) -> None:
        post_json(self._address, "/queue", {"delete": [self.prompt_id]}, TIDY_LIMIT_S)
        # An older server would interrupt whatever it runs, so it has to be ours.
        if self._is_in(TIDY_LIMIT_S, "queue_running"):
            post_json(self._address, "/interrupt", {"prompt_id": self.prompt_id}, TIDY_LIMIT_S)

    def _found(self, path: str, limit_s: float) -> Any:
        answer = get(self._address, path, limit_s)
        if answer.status != OK:
            raise fault_of(answer, self._address)
        return answer.json()

    def _within(self, limit_s: float) -> float:
        return min(limit_s, self._until - monotonic())


def _blank() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "JPEG")
    return out.getvalue()


def _broken(sentence: str) -> PainterFaultTransient:
    return PainterFaultTransient("painter-answer-broken", sentence)
