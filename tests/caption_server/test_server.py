"""The two routes, over a real port."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Event, Thread

import pytest
import requests
from caption_server.gates import WITHIN_S, Gate
from photos.samples import astronaut, cat, saved, temple
from PIL import Image
from werkzeug.serving import make_server

from articket.caption_server.captioning import Captioning, Limits
from articket.caption_server.model import Blip
from articket.caption_server.server import build_app
from articket.caption_server.uploads import LIMIT_BYTES, read_photo
from bench.hall.server import wait_until

PLACES = 4
BOUNDARY = "gallery"


@pytest.fixture
def serve() -> Iterator[Callable[[Captioning], str]]:
    """Serve captions on a port of this machine."""
    running = []

    def begin(captioning: Captioning) -> str:
        app = build_app(captioning, "a/model", PLACES)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield begin
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture
def url(captioning: Captioning, serve: Callable[[Captioning], str]) -> str:
    return serve(captioning)


def post(url: str, data: bytes, kind: str | None = "image/jpeg", field: str = "file") -> requests.Response:
    sent = ("photo.jpg", data) if kind is None else ("photo.jpg", data, kind)
    return requests.post(f"{url}/generate_caption", files={field: sent}, timeout=WITHIN_S)


def told(response: requests.Response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["error"].endswith(".")
    return response.status_code, response.json()["code"]


def expected(blip: Blip, data: bytes) -> str:
    return blip.caption([blip.prepare(read_photo(data))])[0]


def test_a_photo_gets_its_caption_as_the_first_booths_server_answered(url: str, blip: Blip) -> None:
    photo = saved(astronaut(), "JPEG")
    response = post(url, photo)
    assert response.status_code == 200
    assert response.json() == {"caption": expected(blip, photo)}


@pytest.mark.parametrize("kind", [None, "application/octet-stream", "image/png"])
def test_what_a_photo_is_the_bytes_say(url: str, kind: str | None) -> None:
    assert post(url, saved(cat(), "PNG"), kind).status_code == 200


def test_photos_sent_together_by_many_each_get_their_own_caption(url: str, gate: Gate, blip: Blip) -> None:
    photos = [saved(photo(), "JPEG") for photo in (astronaut, cat, temple)]
    wanted = [expected(blip, each) for each in photos]
    gate.shut()
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(post, url, photos[0])
        gate.wait_for_runs(1)
        others = [threads.submit(post, url, each) for each in photos]
        gate.open()
        assert [each.result(WITHIN_S).json()["caption"] for each in others] == wanted
        assert first.result(WITHIN_S).json()["caption"] == wanted[0]
    assert sum(gate.sizes) == 4


def test_a_client_that_goes_away_breaks_no_run(
    url: str, gate: Gate, captioning: Captioning, blip: Blip
) -> None:
    photo = saved(cat(), "JPEG")
    gate.shut()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(post, url, photo)
        gate.wait_for_runs(1)
        gone = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), WITHIN_S)
        gone.sendall(raw_request(saved(astronaut(), "JPEG")))
        assert wait_until(lambda: captioning.waiting() == 2, WITHIN_S)
        gone.close()
        third = threads.submit(post, url, photo)
        assert wait_until(lambda: captioning.waiting() == 3, WITHIN_S)
        gate.open()
        assert {each.result(WITHIN_S).json()["caption"] for each in (first, third)} == {expected(blip, photo)}
    assert gate.sizes == [1, 2]


def raw_request(photo: bytes) -> bytes:
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode() + photo
    body += f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST /generate_caption HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    return head.encode() + body


def test_when_every_place_is_taken_others_are_told_when_to_come_again(url: str, gate: Gate) -> None:
    photo = saved(cat(), "JPEG")
    gate.shut()
    with ThreadPoolExecutor(PLACES) as threads:
        taken = [threads.submit(post, url, photo) for _ in range(PLACES)]
        gate.wait_for_runs(1)

        def is_full() -> bool:
            return post(url, b"no photo at all").status_code == 503

        assert wait_until(is_full, WITHIN_S)
        refused = post(url, photo)
        assert told(refused) == (503, "caption-busy")
        assert refused.headers["Retry-After"] == "2"
        assert requests.get(f"{url}/healthz", timeout=WITHIN_S).status_code == 200
        gate.open()
        assert {each.result(WITHIN_S).status_code for each in taken} == {200}
    assert post(url, photo).status_code == 200


def bomb() -> bytes:
    """Return 10 kB that unpack to 81 million pixels."""
    return saved(Image.new("1", (9000, 9000)), "PNG")


@pytest.mark.parametrize(
    ("data", "kind", "answer"),
    [
        (b"", "image/jpeg", (422, "photo-empty")),
        (b"hello", "image/jpeg", (415, "photo-not-an-image")),
        (b"hello", "text/plain", (415, "photo-not-an-image")),
        (b"%PDF-1.7 hello", "image/jpeg", (415, "photo-kind")),
        (saved(cat(), "JPEG"), "application/pdf", (415, "photo-not-an-image")),
        (saved(cat(), "GIF"), "image/gif", (415, "photo-kind")),
        (saved(cat(), "JPEG")[:5000], "image/jpeg", (422, "photo-truncated")),
        (saved(cat().resize((90, 60)), "JPEG"), "image/jpeg", (422, "photo-too-small")),
        (bomb(), "image/png", (422, "photo-too-many-pixels")),
        (b"\xff\xd8\xff" + b"\0" * LIMIT_BYTES, "image/jpeg", (413, "photo-too-many-bytes")),
    ],
    ids=["empty", "text", "text as such", "pdf", "kind", "gif", "cut", "small", "bomb", "large"],
)
def test_what_is_no_photo_is_refused_with_its_reason(
    url: str, gate: Gate, data: bytes, kind: str, answer: tuple[int, str]
) -> None:
    response = post(url, data, kind)
    assert told(response) == answer
    assert "Retry-After" not in response.headers
    assert gate.sizes == []


def test_a_request_without_the_field_or_without_a_form_is_refused(url: str) -> None:
    address = f"{url}/generate_caption"
    photo = saved(cat(), "JPEG")
    assert told(post(url, photo, field="image")) == (422, "caption-no-file")
    assert told(requests.post(address, data=photo, timeout=WITHIN_S)) == (415, "photo-not-an-image")
    assert told(requests.post(address, json={"file": "x"}, timeout=WITHIN_S)) == (415, "photo-not-an-image")


def test_other_addresses_and_methods_are_answered_in_the_same_form(url: str) -> None:
    assert told(requests.get(f"{url}/", timeout=WITHIN_S)) == (404, "command-unknown")
    wrong = requests.get(f"{url}/generate_caption", timeout=WITHIN_S)
    assert told(wrong) == (405, "command-unknown")
    assert "POST" in wrong.headers["Allow"]


def test_a_photo_that_lies_on_its_side_is_read_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = read_photo(saved(cat(), "JPEG", exif=exif))
    assert upright.size == cat().size[::-1]
    assert upright.mode == "RGB"


def test_an_uploaded_photo_never_touches_the_disk(captioning: Captioning) -> None:
    app = build_app(captioning, "a/model", PLACES)
    head, _, body = raw_request(b"x" * 2_000_000).partition(b"\r\n\r\n")
    kind = head.decode().rpartition("Content-Type: ")[2]
    with app.test_request_context("/", method="POST", data=body, content_type=kind) as context:
        assert isinstance(context.request.files["file"].stream, BytesIO)


def test_health_tells_what_is_loaded_and_where(url: str) -> None:
    response = requests.get(f"{url}/healthz", timeout=WITHIN_S)
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready", "ready": True, "model": "a/model", "device": "cpu", "waiting": 0, "error": None,
    }  # fmt: skip


def test_until_the_model_is_loaded_health_and_captions_say_so(
    gate: Gate, serve: Callable[[Captioning], str]
) -> None:
    may_load = Event()

    def load() -> Gate:
        assert may_load.wait(WITHIN_S)
        return gate

    captioning = Captioning(load, Limits())
    captioning.start()
    url = serve(captioning)
    health = requests.get(f"{url}/healthz", timeout=WITHIN_S)
    assert (health.status_code, health.json()["status"], health.json()["ready"]) == (503, "loading", False)
    refused = post(url, saved(cat(), "JPEG"))
    assert told(refused) == (503, "caption-loading")
    assert refused.headers["Retry-After"] == "5"
    may_load.set()
    assert wait_until(lambda: requests.get(f"{url}/healthz", timeout=WITHIN_S).ok, WITHIN_S)
    assert post(url, saved(cat(), "JPEG")).status_code == 200
    assert captioning.end(10)


def test_a_model_that_failed_is_told_by_health_and_captions(serve: Callable[[Captioning], str]) -> None:
    def load() -> Gate:
        raise MemoryError

    captioning = Captioning(load, Limits())
    captioning.start()
    assert wait_until(lambda: captioning.status.phase == "failed", WITHIN_S)
    url = serve(captioning)
    health = requests.get(f"{url}/healthz", timeout=WITHIN_S)
    assert health.status_code == 503
    assert health.json()["status"] == "failed"
    assert health.json()["error"] == "The model could not be loaded (MemoryError)."
    refused = post(url, saved(cat(), "JPEG"))
    assert told(refused) == (503, "caption-failed")
    assert refused.headers["Retry-After"] == "30"
    assert captioning.end(10)
