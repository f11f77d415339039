"""The caption server, asked over a real connection."""

import base64
import logging
import socket
import threading
import time
from io import BytesIO

import pytest
from doubles.caption_server import BEHAVIOURS, SEEN, Behaviour, CaptionServer, caption_server
from PIL import Image
from tickets.samples import jpeg

from articket.adapters.captions.breaker import REST_S
from articket.adapters.captions.calling import TROUBLES
from articket.adapters.captions.http import HttpCaptions
from articket.adapters.photos.intake import take_in

PHOTO = jpeg((1500, 2000), 5)
SOON_S = 0.4
AT_LAST_S = 2.0  # far more than SOON_S, far less than what the double would hold a client for


class HandClock:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def source_of(double: CaptionServer, clock: HandClock | None = None) -> HttpCaptions:
    return HttpCaptions(double.url, clock) if clock else HttpCaptions(double.url)


def test_the_server_s_caption_comes_as_it_was_said() -> None:
    with caption_server() as double:
        source = source_of(double)
        assert (source.trouble, source.last_s) == (None, None)
        assert source.caption(PHOTO, 4.0) == SEEN
        assert source.trouble is None
        assert source.last_s is not None
        assert 0 < source.last_s < 4


def test_the_photo_goes_out_small_and_in_the_form_s_file() -> None:
    with caption_server() as double:
        source_of(double).caption(PHOTO, 4.0)
        [request] = double.requests
        assert request.path == "/generate_caption"
        assert request.headers["ngrok-skip-browser-warning"]
        assert "authorization" not in request.headers
        with Image.open(BytesIO(request.picture)) as sent:
            assert (sent.format, sent.mode, sent.size) == ("JPEG", "RGB", (384, 512))


def test_a_small_photo_is_not_enlarged() -> None:
    with caption_server() as double:
        source_of(double).caption(jpeg((200, 300), 5), 4.0)
        with Image.open(BytesIO(double.requests[0].picture)) as sent:
            assert sent.size == (200, 300)


def test_of_a_strip_the_middle_is_sent_as_large_as_the_server_takes_photos() -> None:
    with caption_server() as double:
        source_of(double).caption(jpeg((2000, 300), 5), 4.0)
        with Image.open(BytesIO(double.requests[0].picture)) as sent:
            assert sent.size == (512, 256)
        assert take_in(double.requests[0].picture)


def test_credentials_in_the_address_are_sent_as_basic() -> None:
    login = "Basic " + base64.b64encode("artic:pä@ss".encode()).decode()
    with caption_server(Behaviour(login=login)) as double:
        source = HttpCaptions(f"http://artic:p%C3%A4%40ss@{double.host}/")
        assert source.caption(PHOTO, 4.0) == SEEN
        stranger = source_of(double)
        assert stranger.caption(PHOTO, 4.0) is None
        assert stranger.trouble == "caption-locked"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", "/generate_caption"),
        ("/", "/generate_caption"),
        ("/below/it", "/below/it/generate_caption"),
        ("/generate_caption", "/generate_caption"),
        ("/generate_caption/", "/generate_caption"),
    ],
)
def test_a_path_in_the_address_is_kept(path: str, asked: str) -> None:
    with caption_server(Behaviour(path=asked)) as double:
        assert HttpCaptions(double.url + path).caption(PHOTO, 4.0) == SEEN
        assert [each.path for each in double.requests] == [asked]


def test_an_address_without_a_scheme_is_plain_http() -> None:
    with caption_server() as double:
        assert HttpCaptions(double.host).caption(PHOTO, 4.0) == SEEN
        assert double.requests[0].headers["host"] == double.host


@pytest.mark.parametrize("url", ["ftp://x", "http://", "http://me:secret@x:nine", "http://me:secret@[x", ""])
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="address") as refused:
        HttpCaptions(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("behaviour", "trouble"),
    [
        ("html", "caption-answer-broken"),
        ("json in HTML", "caption-answer-broken"),
        ("busy", "caption-busy"),
        ("tunnel away", "caption-unreachable"),
        ("other routes", "caption-refused"),
        ("elsewhere", "caption-refused"),
        ("crash", "caption-crashed"),
        ("no json", "caption-answer-broken"),
        ("no text", "caption-answer-broken"),
        ("list", "caption-answer-broken"),
        ("deep", "caption-answer-broken"),
        ("other key", "caption-answer-broken"),
        ("number", "caption-answer-broken"),
        ("huge", "caption-answer-broken"),
    ],
)
def test_an_answer_that_is_no_caption_is_none_and_says_why(behaviour: str, trouble: str) -> None:
    with caption_server(BEHAVIOURS[behaviour]) as double:
        source = source_of(double)
        assert source.caption(PHOTO, 4.0) is None
        assert source.trouble == trouble
        assert trouble in TROUBLES
        assert source.last_s is None
        assert len(double.requests) == 1


def test_a_server_that_sees_nothing_is_not_in_trouble() -> None:
    with caption_server(BEHAVIOURS["nothing"]) as double:
        source = source_of(double)
        assert source.caption(PHOTO, 4.0) is None
        assert source.trouble is None


def test_a_server_that_hangs_up_is_unreachable() -> None:
    with caption_server(Behaviour(resets=True)) as double:
        source = source_of(double)
        assert source.caption(PHOTO, 4.0) is None
        assert source.trouble == "caption-unreachable"


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    source = HttpCaptions(f"http://127.0.0.1:{port}")
    assert source.caption(PHOTO, 4.0) is None
    assert source.trouble == "caption-unreachable"


def test_a_secure_address_with_a_plain_server_behind_it_is_unreachable() -> None:
    with caption_server() as double:
        source = HttpCaptions(f"https://{double.host}")
        assert source.caption(PHOTO, 4.0) is None
        assert source.trouble == "caption-unreachable"
        assert double.requests == []


def test_a_server_that_speaks_no_http_gives_no_caption() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"220 mail.example ESMTP\r\n\r\n")
                while connection.recv(65536):
                    pass

        greeter = threading.Thread(target=greet, daemon=True)
        greeter.start()
        source = HttpCaptions(f"http://127.0.0.1:{listening.getsockname()[1]}")
        assert source.caption(PHOTO, 4.0) is None
        assert source.trouble in {"caption-answer-broken", "caption-unreachable"}
        greeter.join(AT_LAST_S)


@pytest.mark.parametrize(
    "behaviour",
    [Behaviour(held=True), Behaviour(drips="head"), Behaviour(drips="body")],
    ids=["silent", "dripping head", "dripping body"],
)
def test_a_slow_server_does_not_outlive_the_limit_and_is_hung_up_on(behaviour: Behaviour) -> None:
    with caption_server(behaviour) as double:
        source = source_of(double)
        began = time.monotonic()
        assert source.caption(PHOTO, SOON_S) is None
        assert time.monotonic() - began < AT_LAST_S
        assert source.trouble == "caption-slow"
        double.release()
        double.until_idle()


def test_a_secure_server_that_never_shakes_hands_does_not_outlive_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        source = HttpCaptions(f"https://127.0.0.1:{listening.getsockname()[1]}")
        began = time.monotonic()
        assert source.caption(PHOTO, SOON_S) is None
        assert time.monotonic() - began < AT_LAST_S
        assert source.trouble == "caption-slow"
        connection, _ = listening.accept()
        with connection:
            connection.settimeout(AT_LAST_S)
            while connection.recv(65536):  # the hello, then the end: nobody waits at the other side
                pass


def test_without_time_nothing_is_asked() -> None:
    with caption_server() as double:
        source = source_of(double)
        assert source.caption(PHOTO, 0.0) is None
        assert (double.requests, source.trouble) == ([], None)


@pytest.mark.parametrize("photo", [b"", b"no picture", PHOTO[:300], b"\xff\xd8\xff\xe0" + b"\0" * 50])
def test_what_is_no_photo_is_not_sent_and_not_held_against_the_server(photo: bytes) -> None:
    with caption_server() as double:
        source = source_of(double)
        assert source.caption(photo, 4.0) is None
        assert (double.requests, source.trouble) == ([], None)


def test_a_server_that_failed_twice_rests_and_is_tried_once() -> None:
    clock = HandClock()
    with caption_server(BEHAVIOURS["crash"]) as double:
        source = source_of(double, clock)
        for _ in range(4):
            assert source.caption(PHOTO, 4.0) is None
        assert len(double.requests) == 2
        clock.at += REST_S - 0.1
        source.caption(PHOTO, 4.0)
        assert len(double.requests) == 2
        clock.at += 0.2
        source.caption(PHOTO, 4.0)
        source.caption(PHOTO, 4.0)
        assert len(double.requests) == 3  # the probe failed: it rests again
        clock.at += REST_S
        double.behave(status=200, kind="application/json", body=None)
        assert source.caption(PHOTO, 4.0) == SEEN
        assert source.caption(PHOTO, 4.0) == SEEN
        assert source.trouble is None
        assert len(double.requests) == 5


def test_failures_count_only_in_a_row() -> None:
    clock = HandClock()
    with caption_server() as double:
        source = source_of(double, clock)
        for status in (500, 200, 500, 200, 500, 200):
            double.behave(status=status)
            source.caption(PHOTO, 4.0)
        assert len(double.requests) == 6


def test_while_one_probes_nobody_else_asks() -> None:
    clock = HandClock()
    with caption_server(BEHAVIOURS["crash"]) as double:
        source = source_of(double, clock)
        source.caption(PHOTO, 4.0)
        source.caption(PHOTO, 4.0)
        clock.at += REST_S
        double.behaviour = Behaviour(held=True)
        said: list[str | None] = []
        probe = threading.Thread(target=lambda: said.append(source.caption(PHOTO, 10.0)))
        probe.start()
        double.until_asked(3)
        assert source.caption(PHOTO, 4.0) is None
        assert len(double.requests) == 3
        double.release()
        probe.join(10.0)
        assert said == [SEEN]


def test_trouble_is_told_once_and_without_address_or_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with caption_server(BEHAVIOURS["crash"]) as double:
        source = HttpCaptions(f"http://artic:secret@{double.host}")
        source.caption(PHOTO, 4.0)
        source.caption(PHOTO, 4.0)
    told = [each.getMessage() for each in caplog.records]
    assert told == ["There is trouble with the caption server: it failed."]
    assert "secret" not in repr(vars(source))
