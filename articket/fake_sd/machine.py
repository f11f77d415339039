"""The pretended graphics card: one job at a time, one model in memory, and what is known about both."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Any, Final

from articket.fake_sd.answers import CrashedError
from articket.fake_sd.behaviour import GIB, Behaviour, Checkpoint
from articket.fake_sd.turnstile import GoneError, Turnstile

EARLY: Final = 0.05
"""Until this share of a job its steps are not counted yet, and progress speaks of the job before."""
UNSURE: Final = -1
"""A job's count before its first step."""
MODEL_BYTES: Final = 7 * GIB
BYTES_A_PIXEL: Final = 6000
RAM_BYTES: Final = 64 * GIB


@dataclass(slots=True)
class Job:
    """What is under way: `seconds` it takes, since when, and in how many steps and parts.

    Until `started_at` is set a model is being loaded.
    """

    name: str
    seconds: float
    steps: int
    parts: int
    begun_at: float
    stamp: str
    started_at: float | None = None

    def share(self, now: float, held_at: float | None) -> float:
        """Return how much of it is done, 0 to 1."""
        if self.started_at is None:
            return 0.0
        done = min(1.0, (now - self.started_at) / self.seconds) if self.seconds > 0 else 1.0
        return done if held_at is None else min(done, held_at) if self.seconds > 0 else held_at


class Machine:
    """A server's memory from its start to its end; a restart makes a new one."""

    def __init__(
        self, behaviour: Callable[[], Behaviour], bell: Condition, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Behave as told at each moment; the bell rings with everything that changes."""
        self._behaviour = behaviour
        self._bell = bell
        self._clock = clock
        self.is_over = False
        self.lock = Turnstile(bell, lambda: 1, lambda: self.is_over)
        self.workers = Turnstile(bell, lambda: self._behaviour().workers, lambda: self.is_over)
        self.chosen = behaviour().models[0]
        self.loaded: Checkpoint | None = None
        self.last_seed = 0
        self._job: Job | None = None
        self._last_steps = 0
        self._last_step = 0
        self._last_stamp = "0"
        self._interrupted = False
        self._fits: int | None = None

    def end(self) -> None:
        """Lose everything; whoever waits gets a GoneError."""
        with self._bell:
            self.is_over = True
            self._bell.notify_all()

    @contextmanager
    def job(self, name: str, seconds: float, steps: int, parts: int = 1) -> Iterator[Job]:
        """Be busy with a job; only inside the lock."""
        with self._bell:
            stamp = datetime.now().astimezone().strftime("%Y%m%d%H%M%S")
            job = Job(name, seconds, steps, parts, self._clock(), stamp)
            self._job, self._interrupted = job, False
            self._bell.notify_all()
        try:
            yield job
        finally:
            with self._bell:
                self._last_step, self._last_stamp = self._state(job)["sampling_step"], job.stamp
                if job.started_at is not None:
                    self._last_steps = job.steps
                self._job = None
                self._bell.notify_all()

    def load(self, wanted: Checkpoint) -> None:
        """Have this model in memory, which takes its time; only inside the lock."""
        if self.loaded == wanted:
            return
        behaviour = self._behaviour()
        self._sleep(behaviour.load_s if self.loaded is None else behaviour.swap_s)
        self.loaded = wanted

    def start(self, job: Job) -> float:
        """Begin with its steps, now that the model is there; return when that was."""
        with self._bell:
            job.started_at = self._clock()
            self._bell.notify_all()
            return job.started_at

    def finish(self, job: Job) -> bool:
        """Wait until the job is through and return whether it came so far without an interrupt."""
        started_at = self.start(job) if job.started_at is None else job.started_at
        with self._bell:
            while not self._interrupted and not self.is_over:
                held_at = self._behaviour().held_at
                if job.share(self._clock(), held_at) >= 1.0:
                    break
                left = started_at + job.seconds - self._clock()
                # Held, only a change of behaviour can end the wait.
                self._bell.wait(left if held_at is None else None)
            if self.is_over:
                raise GoneError
            return not self._interrupted

    def allot(self, pixels: int, *, fails: bool) -> None:
        """Take memory for so many pixels times batch; CrashedError where there is too little.

        What an out-of-memory error leaves behind stays taken until a restart.
        """
        behaviour = self._behaviour()
        limits = [each for each in (self._fits, behaviour.memory_pixels) if each is not None]
        if not fails and all(pixels <= each for each in limits):
            return
        self._fits = int(min([*limits, pixels - 1]) * behaviour.oom_leaves)
        wanted = pixels * BYTES_A_PIXEL / GIB
        total = behaviour.memory_total / GIB
        raise CrashedError(
            "OutOfMemoryError",
            f"CUDA out of memory. Tried to allocate {wanted:.2f} GiB (GPU 0; {total:.2f} GiB total capacity)",
        )

    def interrupt(self) -> None:
        """End the job under way early, whosever it is."""
        with self._bell:
            self._interrupted = True
            self._bell.notify_all()

    def progress(self) -> dict[str, Any]:
        """Return what there is to say of the job under way."""
        with self._bell:
            job, now = self._job, self._clock()
            state = self._state(job)
        if job is None:
            return _told(0.0, 0.0, state)
        share = 0.01
        if state["job_count"] > 0:
            share += state["job_no"] / state["job_count"]
        if state["sampling_steps"] > 0:
            share += state["sampling_step"] / state["sampling_steps"] / state["job_count"]
        passed = now - job.begun_at
        return _told(min(1.0, share), passed / share - passed, state)

    def _state(self, job: Job | None) -> dict[str, Any]:
        state: dict[str, Any] = {
            "skipped": False,
            "interrupted": self._interrupted,
            "stopping_generation": False,
            "job": "" if job is None else job.name,
            "job_count": 0,
            "job_timestamp": self._last_stamp if job is None else job.stamp,
            "job_no": 0,
            "sampling_step": self._last_step if job is None else 0,
            "sampling_steps": self._last_steps,
        }
        share = 0.0 if job is None else job.share(self._clock(), self._behaviour().held_at)
        if job is None:
            return state
        if share < EARLY or not job.steps:
            return {**state, "job_count": UNSURE}
        part, within = divmod(min(share, 0.999) * job.parts, 1.0)
        counted = {"job_count": job.parts, "job_no": int(part), "sampling_steps": job.steps}
        return {**state, **counted, "sampling_step": int(within * job.steps)}

    def memory(self) -> dict[str, Any]:
        """Return free and used memory in bytes, of the machine and of the card."""
        behaviour = self._behaviour()
        ram = {"free": RAM_BYTES - 9 * GIB, "used": 9 * GIB, "total": RAM_BYTES}
        if not behaviour.has_gpu:
            return {"ram": ram, "cuda": {"error": "unavailable"}}
        total = behaviour.memory_total
        used = (GIB if self.loaded is None else min(MODEL_BYTES, total // 2)) + (
            0 if self._fits is None else total // 4
        )
        held = {"current": used, "peak": used}
        return {
            "ram": ram,
            "cuda": {
                "system": {"free": total - used, "used": used, "total": total},
                **dict.fromkeys(("active", "allocated", "reserved", "inactive"), held),
                "events": {"retries": 0, "oom": 0 if self._fits is None else 1},
            },
        }

    def _sleep(self, seconds: float) -> None:
        until = self._clock() + seconds
        with self._bell:
            while not self.is_over and (left := until - self._clock()) > 0:
                self._bell.wait(left)
            if self.is_over:
                raise GoneError


def _told(progress: float, eta_s: float, state: dict[str, Any]) -> dict[str, Any]:
    return {
        "progress": progress,
        "eta_relative": eta_s,
        "state": state,
        "current_image": None,
        "textinfo": None,
    }
