import socket
from collections.abc import Iterator

import pytest
from werkzeug.exceptions import ClientDisconnected

from articket.caption_server.refusals import CannotCaption
from articket.caption_server.uploads import PAUSE_S, SOCKET, in_time


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Return a server's and a client's end of a connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_an_upload_that_trickles_for_too_long_ends_and_its_client_hears_why(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = ends
    theirs.sendall(b"--boundary")
    with pytest.raises(CannotCaption, match="took too long") as caught, in_time({SOCKET: ours}, 0.1):
        read_all(ours)
    assert caught.value.status == 408
    ours.sendall(b"HTTP/1.1 408")
    assert theirs.recv(20) == b"HTTP/1.1 408"


def read_all(connection: socket.socket) -> None:
    """Read to the end as the framework does: an end that comes early is a client that went away."""
    while connection.recv(100):
        pass
    raise ClientDisconnected


def test_a_pause_in_an_upload_has_an_end(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = ends
    with in_time({SOCKET: ours}):
        assert ours.gettimeout() == PAUSE_S
    with pytest.raises(CannotCaption, match="took too long"), in_time({SOCKET: ours}):
        read_impatiently(ours)


def read_impatiently(connection: socket.socket) -> None:
    connection.settimeout(0.05)
    connection.recv(1)


def test_an_upload_in_time_is_left_alone(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    theirs.sendall(b"whole")
    with in_time({SOCKET: ours}):
        assert ours.recv(10) == b"whole"
    theirs.sendall(b"next")
    assert ours.recv(10) == b"next"
