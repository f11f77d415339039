"""One thread that loads the model and works with it; every other thread only asks."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from PIL import Image

from articket.caption_server.batches import Batches, Order, refuse, tell
from articket.caption_server.model import Captioner, ModelUnusableError
from articket.caption_server.refusals import busy

if TYPE_CHECKING:
    from concurrent.futures import Future

Phase: TypeAlias = Literal["loading", "ready", "failed", "ending"]

LOAD_AGAIN_S: Final = (30.0, 60.0, 120.0, 300.0)  # a hub that was away, a card that was full; then the last
ANSWER_LIMIT_S: Final = 60.0
RETRY_LOADING_S: Final = 5
RETRY_FAILED_S: Final = 30
RETRY_SLOW_S: Final = 5
FAILURES_IN_A_ROW: Final = 3  # a card that faulted stays so until its process ends

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the model is loaded, where it works, and why not."""

    phase: Phase
    device: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How many photos in one run of the model, and how long things may take."""

    largest_batch: int = 8
    answer_s: float = ANSWER_LIMIT_S
    load_again_s: Sequence[float] = LOAD_AGAIN_S


class Captioning:
    """Loads the model in the background and captions in batches, one after another."""

    def __init__(
        self, load: Callable[[], Captioner], limits: Limits, give_up: Callable[[], None] = lambda: None
    ) -> None:
        """Do nothing yet; `give_up` is called when the model works no longer and only a new process helps."""
        self._load = load
        self._limits = limits
        self._give_up = give_up
        self._model: Captioner | None = None
        self._failures = 0
        self._ended = Event()
        self._batches: Batches[object] = Batches(limits.largest_batch)
        self._thread = Thread(target=self._work, name="captions", daemon=True)
        self.status = Status("loading")

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def ready(self) -> Captioner:
        """Return the loaded model; CannotCaption while there is none to ask."""
        phase, sentence = self.status.phase, self.status.sentence
        if phase == "ending":
            raise busy("caption-ending", "The caption server is ending.", RETRY_LOADING_S)
        if phase == "failed":
            raise busy("caption-failed", sentence or "The model failed.", RETRY_FAILED_S)
        if phase == "loading" or self._model is None:
            raise busy("caption-loading", "The model is still being loaded.", RETRY_LOADING_S)
        return self._model

    def caption(self, picture: Image.Image) -> str:
        """Return what is on an RGB picture, in English; CannotCaption where that is not to be had now."""
        answer = self._batches.order(self.ready().prepare(picture))
        try:
            return answer.result(self._limits.answer_s)
        except TimeoutError as reason:
            answer.cancel()
            raise busy("caption-slow", "The caption took too long.", RETRY_SLOW_S) from reason

    def waiting(self) -> int:
        """Count the photos that wait for their caption."""
        return self._batches.unanswered()

    def end(self, last_chance_s: float = 0.0) -> bool:
        """Let the running batch end if it soon does, refuse whoever waits; tell whether all is still."""
        self._ended.set()
        self.status = Status("ending")
        self._batches.end()
        if self._thread.is_alive():
            self._thread.join(last_chance_s)
        self._batches.refuse_all()
        return not self._thread.is_alive()

    def _work(self) -> None:
        for again_s in self._pauses():
            began = monotonic()
            try:
                self._model = self._load()
            except ModelUnusableError as reason:
                self._say_failed(str(reason))
            except Exception as reason:  # the thread's edge: whatever a library raises is told by /healthz
                log.exception("The model could not be loaded.")
                self._say_failed(f"The model could not be loaded ({type(reason).__name__}).")
            else:
                log.info("The model was loaded on %s in %.1f s.", self._model.device, monotonic() - began)
                break
            if self._ended.wait(again_s):
                return
        if self._model is not None and not self._ended.is_set():
            self.status = Status("ready", self._model.device)
            self._batches.serve(self._run)

    def _pauses(self) -> Iterator[float]:
        yield from self._limits.load_again_s
        while True:
            yield self._limits.load_again_s[-1]

    def _say_failed(self, sentence: str) -> None:
        log.error("%s", sentence)
        if not self._ended.is_set():
            self.status = Status("failed", None, sentence)

    def _run(self, batch: list[Order[Any]]) -> None:
        """Caption a batch; one that fails is halved, so that a single cause harms nobody else."""
        if self._model is None:
            return
        try:
            captions = self._model.caption([work for work, _ in batch])
        except Exception as reason:  # noqa: BLE001 - the job's edge: memory, the card, whatever the libraries raise
            if len(batch) > 1:
                middle = len(batch) // 2
                self._run(batch[:middle])
                self._run(batch[middle:])
            else:
                self._fail(batch[0][1], reason)
            return
        self._failures = 0
        for (_, answer), caption in zip(batch, captions, strict=True):
            tell(answer, caption)

    def _fail(self, answer: "Future[str]", reason: Exception) -> None:
        log.error("A caption failed.", exc_info=reason)
        self._failures += 1
        sentence = f"The model failed ({type(reason).__name__})."
        refuse(answer, busy("caption-failed", sentence, RETRY_FAILED_S))
        if self._failures >= FAILURES_IN_A_ROW:
            self._say_failed("The model failed several times in a row and is loaded anew.")
            self._give_up()
