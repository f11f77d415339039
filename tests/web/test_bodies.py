"""Bodies that trickle in."""

import io
import socket
import threading
from collections.abc import Iterator

import pytest
from doubles.web import JPEG, BoothSet
from typing_extensions import Buffer

from articket.web.bodies import PAUSE_S, SOCKET, hurry, within

SOON_S = 0.05
PATIENCE_S = 5.0


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE_S)
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_body_that_trickles_for_too_long_ends(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    theirs.send(b"x")
    with within({SOCKET: ours}, SOON_S):
        assert ours.recv(9) == b"x"
        assert ours.recv(9) == b""


def test_a_body_in_time_leaves_the_connection_open(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    with within({SOCKET: ours}, PATIENCE_S):
        theirs.send(b"whole")
        assert ours.recv(9) == b"whole"
    theirs.send(b"next")
    assert ours.recv(9) == b"next"


def test_after_a_pause_nobody_waits_for_the_rest(line: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = line
    ours.settimeout(SOON_S)
    with pytest.raises(TimeoutError), within({SOCKET: ours}, PATIENCE_S):
        ours.recv(9)
    assert ours.recv(9) == b""


def test_only_changing_requests_are_hurried(
    booth: BoothSet, line: tuple[socket.socket, socket.socket]
) -> None:
    ours, _ = line
    environ = {SOCKET: ours}
    client = booth.app.test_client()
    client.get("/join", environ_overrides=environ)
    assert ours.gettimeout() == PATIENCE_S
    client.post("/join", environ_overrides=environ)
    assert ours.gettimeout() == PAUSE_S
    hurry({})
    with within({}):
        pass


class Slow(io.BytesIO):
    """A body that waits in the middle."""

    def __init__(self, goes_on: threading.Event) -> None:
        super().__init__(JPEG)
        self.goes_on = goes_on
        self.began = threading.Event()

    def readinto(self, buffer: Buffer) -> int:
        self.began.set()
        self.goes_on.wait(PATIENCE_S)
        return super().readinto(buffer)


def test_one_visit_sends_one_photo_at_a_time_and_not_too_many_in_a_row(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.consent()
    token = phone.token
    slow = Slow(threading.Event())

    def send() -> None:
        other = booth.app.test_client()
        other.set_cookie("articket_visit", token)
        other.put(
            "/api/v1/visit/photos/1",
            input_stream=slow,
            environ_overrides={"wsgi.input_terminated": True},
        )

    sending = threading.Thread(target=send)
    sending.start()
    assert slow.began.wait(PATIENCE_S)
    assert phone.send_photo(1).get_json()["code"] == "too-many-requests"
    slow.goes_on.set()
    sending.join(PATIENCE_S)
    assert phone.visit.photo is not None
    statuses = [phone.send_photo(1).status_code for _ in range(8)]
    assert statuses == [200] * 7 + [429]
    booth.clock.wait(5)
    assert phone.send_photo(1).status_code == 200
