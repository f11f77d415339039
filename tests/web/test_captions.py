"""What staff see of the servers that write captions, and nobody else."""

import json
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from doubles.caption_server import BEHAVIOURS, Behaviour, caption_server
from doubles.studio import SharpEye
from doubles.web import BoothSet, open_booth
from tickets.samples import jpeg

from articket.adapters.captions.http import HttpCaptions
from articket.application.captions import Captions

LOGIN = "Basic YXJ0aXN0OnN1bmZsb3dlcg=="


def opened(folder: Path, *urls: str) -> BoothSet:
    """Open a booth with these caption servers, which have been asked once."""
    captions = Captions(SharpEye(), [HttpCaptions(url) for url in urls], 10.0, monotonic)
    captions.see(jpeg((480, 640), 5), None)
    return open_booth(folder, captions=captions.health)


def shown(booth: BoothSet) -> Any:
    return booth.staff().get("/api/v1/snapshot?role=staff").get_json()["view"]["fleet"]["captions"]


def test_staff_see_how_long_the_last_caption_took(tmp_path: Path) -> None:
    with caption_server() as server:
        [row] = shown(opened(tmp_path, server.url))
    assert row.keys() == {"label", "trouble", "last_s"}
    assert (row["label"], row["trouble"]) == ("127.0.0.1", None)
    assert 0 < row["last_s"] < 10


@pytest.mark.parametrize(("behaviour", "code"), [("busy", "caption-busy"), ("html", "caption-answer-broken")])
def test_staff_see_what_is_wrong(tmp_path: Path, behaviour: str, code: str) -> None:
    with caption_server(BEHAVIOURS[behaviour]) as server:
        assert shown(opened(tmp_path, server.url)) == [
            {"label": "127.0.0.1", "trouble": code, "last_s": None}
        ]


def test_without_a_caption_server_there_is_nothing_to_see(tmp_path: Path) -> None:
    assert shown(open_booth(tmp_path)) == []


def test_nobody_reads_the_server_s_password_and_visitors_nothing_of_it(tmp_path: Path) -> None:
    with caption_server(Behaviour(login=LOGIN)) as server:
        booth = opened(tmp_path, f"http://artist:sunflower@{server.host}")
    assert shown(booth)[0]["trouble"] is None
    phone = booth.phone()
    told = json.dumps(
        [
            booth.staff().get("/api/v1/snapshot?role=staff").get_json(),
            booth.app.test_client().get("/api/v1/snapshot?role=monitor").get_json(),
            phone.snapshot(),
        ]
    )
    assert "sunflower" not in told
    assert told.count("captions") == 1
