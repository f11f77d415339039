"""What the client relies on, held against our own caption server and the double that stands for it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from doubles.caption_server import SEEN, caption_server
from PIL import Image
from tickets.samples import jpeg
from werkzeug.serving import make_server

from articket.adapters.captions.http import HttpCaptions
from articket.caption_server.captioning import Captioning, Limits
from articket.caption_server.server import build_app
from bench.hall.server import wait_until

PLACES = 4
WITHIN_S = 20.0


class Learnt:
    """A model that says the same of every picture."""

    device = "cpu"

    def prepare(self, picture: Image.Image) -> object:
        return picture.size

    def caption(self, prepared: Sequence[object]) -> list[str]:
        return [SEEN for _ in prepared]


@contextmanager
def own_server(*, ready: bool) -> Iterator[str]:
    """Serve our own caption server, with its model or before that is loaded."""
    allowed = Event()

    def load() -> Learnt:
        assert allowed.wait(WITHIN_S)
        return Learnt()

    captioning = Captioning(load, Limits())
    captioning.start()
    if ready:
        allowed.set()
        assert wait_until(lambda: captioning.status.phase == "ready", WITHIN_S)
    server = make_server("127.0.0.1", 0, build_app(captioning, "learnt", PLACES), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        allowed.set()
        server.shutdown()
        thread.join(WITHIN_S)
        server.server_close()
        assert captioning.end(WITHIN_S)


@pytest.fixture(params=["own", "double"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "own":
        with own_server(ready=True) as served:
            yield served
    else:
        with caption_server() as double:
            yield double.url


def test_a_photo_gets_a_caption(url: str) -> None:
    source = HttpCaptions(url)
    assert source.caption(jpeg((1500, 2000), 5), WITHIN_S) == SEEN
    assert source.trouble is None


def test_a_strip_of_a_photo_gets_one_too(url: str) -> None:
    assert HttpCaptions(url).caption(jpeg((2000, 250), 5), WITHIN_S) == SEEN


def test_another_path_is_refused(url: str) -> None:
    source = HttpCaptions(f"{url}/elsewhere")
    source.caption(jpeg((480, 640), 5), WITHIN_S)
    assert source.trouble == "caption-refused"


def test_a_server_that_still_loads_is_busy() -> None:
    with own_server(ready=False) as url:
        source = HttpCaptions(url)
        assert source.caption(jpeg((480, 640), 5), WITHIN_S) is None
        assert source.trouble == "caption-busy"
