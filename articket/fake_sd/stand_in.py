"""The whole stand-in: a machine behind a door, its behaviour, and what came and went."""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final

from articket.fake_sd import proxies, routes, sdcpp
from articket.fake_sd.answers import Answer, Request, not_found
from articket.fake_sd.behaviour import Behaviour, Fault, Flavour
from articket.fake_sd.flavours import GZIP_FROM_BYTES
from articket.fake_sd.machine import Machine
from articket.fake_sd.painting import SEEDS, Studio, Work
from articket.fake_sd.pictures import Paint, tint
from articket.fake_sd.server import Door
from articket.fake_sd.turnstile import GoneError

PICTURES: Final = {"init_images", "mask", "image"}
"""Fields of a recorded body of which only the length is kept."""
JOIN_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; header names in small letters, pictures in `body` replaced by their length."""

    method: str
    path: str
    query: str
    headers: dict[str, str] = field(repr=False)
    body: Any


class StandIn:
    """A running server; `bell` rings with everything that changes."""

    def __init__(  # noqa: PLR0913 - all but the behaviour have defaults that fit
        self,
        behaviour: Behaviour,
        *,
        paint: Paint = tint,
        host: str = "127.0.0.1",
        port: int = 0,
        chance: Random | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the port and serve, unless it shall be dead; OSError where the port is in use."""
        self.bell = threading.Condition(threading.RLock())
        self.behaviour = behaviour
        self.requests: list[Asked] = []
        self.works: list[Work] = []
        self.in_hand = 0
        self.most_at_once = 0
        self._paint, self._clock = paint, clock
        self._chance = chance or Random()  # noqa: S311 - seeds of pictures and made-up mishaps
        self._faults = deque(behaviour.next_faults)
        self._waiting: set[socket.socket] = set()
        self._left_alone: list[threading.Thread] = []
        self._machine = Machine(lambda: self.behaviour, self.bell, clock)
        self._door = Door(host, port, self._respond, self._gzip_from_bytes)
        self.host, self.port = self._door.host, self._door.port
        if not behaviour.dead:
            self._door.open()

    @property
    def url(self) -> str:
        """Return where it is, with the path it is mounted below."""
        return f"http://{self.host}:{self.port}{self.behaviour.prefix}"

    @property
    def awaiting(self) -> int:
        """Return how many clients wait for an img2img now; those that hung up do not."""
        with self.bell:
            return sum(not _has_hung_up(each) for each in self._waiting)

    def behave(self, **changes: Any) -> None:
        """Behave otherwise from now on; `dead` ends all work, and its end is a fresh start."""
        with self.bell:
            before, self.behaviour = self.behaviour, replace(self.behaviour, **changes)
            if "next_faults" in changes:
                self._faults = deque(self.behaviour.next_faults)
            self.bell.notify_all()
        if self.behaviour.dead and not before.dead:
            self._stop()
        elif before.dead and not self.behaviour.dead:
            self._start()

    def restart(self) -> None:
        """End all work, forget everything in memory and serve again on the same port."""
        self._stop()
        self._start()

    def close(self) -> None:
        """End for good."""
        self._stop()
        self._door.leave()
        for thread in self._left_alone:
            thread.join(JOIN_S)

    def _stop(self) -> None:
        self._machine.end()
        self._door.shut()

    def _start(self) -> None:
        with self.bell:
            self._machine = Machine(lambda: self.behaviour, self.bell, self._clock)
        self._door.open()

    def _gzip_from_bytes(self) -> int | None:
        return GZIP_FROM_BYTES.get(self.behaviour.flavour)

    def _respond(self, request: Request, connection: socket.socket) -> Answer | None:
        """Answer a request, or say that the connection ends without an answer."""
        machine = self._machine
        with self.bell:
            prefix = self.behaviour.prefix
            is_here = request.path.startswith(f"{prefix}/")
            request = replace(request, path=request.path.removeprefix(prefix))
            self.requests.append(_as_asked(request))
            self.bell.notify_all()
            self.bell.wait_for(lambda: machine.is_over or not self.behaviour.hang)
        if machine.is_over:
            return None
        if self.behaviour.ngrok and proxies.stands_before(request):
            return proxies.page(200)
        if not is_here:
            return not_found()
        if (request.method, request.path) != ("POST", routes.IMG2IMG):
            return self._through_the_proxy(machine, request, None)
        return self._painted(machine, request, connection)

    def _painted(self, machine: Machine, request: Request, connection: socket.socket) -> Answer | None:
        with self.bell:
            fault = self._next_fault()
            self._waiting.add(connection)
            self.most_at_once = max(self.most_at_once, self.awaiting)
            self.bell.notify_all()
        try:
            if fault in proxies.STOPPED:
                return proxies.page(proxies.STOPPED[fault])
            if fault is Fault.HANG:
                with self.bell:
                    self.bell.wait_for(lambda: machine.is_over)
                return None
            answer = self._through_the_proxy(machine, request, fault)
            return None if answer is None else proxies.spoil(answer, fault)
        finally:
            with self.bell:
                self._waiting.discard(connection)
                self.bell.notify_all()

    def _through_the_proxy(self, machine: Machine, request: Request, fault: Fault | None) -> Answer | None:
        """Answer, or let the work go on alone where a proxy's patience ends before."""
        limit_s, status = self.behaviour.proxy_limit_s, self.behaviour.proxy_status
        if fault in proxies.CUT:
            limit_s, status = 0.0, proxies.CUT[fault]
        if limit_s is None:
            return self._served(machine, request, fault)
        answers: list[Answer | None] = []

        def work() -> None:
            answer = self._served(machine, request, fault)
            with self.bell:
                answers.append(answer)
                self.bell.notify_all()

        thread = threading.Thread(target=work, daemon=True)
        self._left_alone = [each for each in self._left_alone if each.is_alive()] + [thread]
        thread.start()
        with self.bell:
            in_time = self.bell.wait_for(lambda: bool(answers), limit_s)
        return answers[0] if in_time and fault not in proxies.CUT else proxies.page(status)

    def _served(self, machine: Machine, request: Request, fault: Fault | None) -> Answer | None:
        is_painting = (request.method, request.path) == ("POST", routes.IMG2IMG)
        studio = Studio(machine, self.behaviour, self._paint, self._seed, self._clock, self._tell)
        with self.bell:
            self.in_hand += is_painting
            self.bell.notify_all()
        try:
            if self.behaviour.flavour is Flavour.SDCPP:
                return sdcpp.respond(studio, request, fault)
            return routes.respond(routes.Call(studio, request, fault))
        except GoneError:
            return None
        finally:
            with self.bell:
                self.in_hand -= is_painting
                self.bell.notify_all()

    def _next_fault(self) -> Fault | None:
        if self._faults:
            return self._faults.popleft()
        behaviour = self.behaviour
        if behaviour.always is None and self._chance.random() < behaviour.fail:
            return self._chance.choice(behaviour.fail_kinds)
        return behaviour.always

    def _seed(self) -> int:
        return self._chance.randrange(SEEDS)

    def _tell(self, work: Work) -> None:
        with self.bell:
            self.works.append(work)
            self.bell.notify_all()


def _as_asked(request: Request) -> Asked:
    body: Any = None
    with suppress(ValueError):
        body = _without_pictures(json.loads(request.body)) if request.body else None
    return Asked(request.method, request.path, request.query, request.headers, body)


def _without_pictures(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _without_pictures(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_pictures(each, name) for each in value]
    return f"<{len(value)} characters>" if isinstance(value, str) and name in PICTURES else value


def _has_hung_up(connection: socket.socket) -> bool:
    """Say whether the other side is gone, without taking anything from the line."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
