from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from doubles.web import open_booth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

SQUEEZED = {"Accept-Encoding": "gzip, deflate, br"}
SCRIPT = "/static/js/phone.js"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    booth = open_booth(tmp_path)
    yield booth.app.test_client()
    booth.parts.live.close()


@pytest.mark.parametrize("path", [SCRIPT, "/static/css/tokens.css", "/static/icon.svg", "/styles.css"])
def test_text_goes_out_squeezed_and_whole(client: FlaskClient, path: str) -> None:
    plain, first, again = client.get(path), *(client.get(path, headers=SQUEEZED) for _ in range(2))
    assert "Content-Encoding" not in plain.headers
    for each in (first, again):
        assert each.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(each.data) == plain.data
        assert int(each.headers["Content-Length"]) == len(each.data)
        assert "Accept-Encoding" in each.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_what_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(SCRIPT, headers=SQUEEZED)
    again = client.get(SCRIPT, headers=SQUEEZED | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_a_browser_that_cannot_read_it_gets_it_plain(client: FlaskClient, accepted: str) -> None:
    answer = client.get(SCRIPT, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"//")


@pytest.mark.parametrize("path", ["/staff", "/gallery/pear.vangogh.jpg", "/static/js/nowhere.js"])
def test_pages_and_pictures_stay_as_they_are(client: FlaskClient, path: str) -> None:
    assert "Content-Encoding" not in client.get(path, headers=SQUEEZED).headers


def test_a_part_of_a_file_stays_a_part(client: FlaskClient) -> None:
    answer = client.get(SCRIPT, headers=SQUEEZED | {"Range": "bytes=0-9"})
    assert answer.status_code == 206
    assert len(answer.data) == 10
