"""What can happen on the way between a client and a rented server."""

import time

import pytest
import requests
from doubles.a1111 import a1111
from fake_sd.asking import IMG2IMG, LIMIT_S, clients, get, got, order, paint

BROKEN = (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)


@pytest.mark.parametrize("fault", ["reset", "reset-early", "cut-short"])
def test_an_answer_can_break_off(fault: str) -> None:
    with a1111(next_faults=[fault]) as server:
        with pytest.raises(BROKEN):
            paint(server)
        assert len(server.works) == 1
        assert paint(server).status_code == 200


def test_json_can_end_in_the_middle() -> None:
    with a1111(always="broken-json") as server:
        answer = paint(server)
        assert answer.status_code == 200
        with pytest.raises(requests.exceptions.JSONDecodeError):
            answer.json()


@pytest.mark.parametrize("status", [504, 524])
def test_a_proxy_gives_up_with_a_page_while_the_work_goes_on(status: int) -> None:
    with a1111(next_faults=[f"gateway-{status}"]) as server:
        answer = paint(server)
        assert answer.status_code == status
        assert answer.headers["Content-Type"].startswith("text/html")
        server.until(lambda: len(server.works) == 1)


def test_a_proxy_gives_up_by_itself_after_its_time() -> None:
    with a1111(seconds=60, proxy_limit_s=0.1, proxy_status=504) as server:
        assert paint(server).status_code == 504
        assert server.in_hand == 1
        assert get(server, "/sdapi/v1/memory").status_code == 200
        server.behave(proxy_limit_s=5)
        requests.post(f"{server.url}/sdapi/v1/interrupt", timeout=LIMIT_S)
        server.until(lambda: server.in_hand == 0)


@pytest.mark.parametrize(
    ("fault", "status"),
    [("gateway-502", 502), ("gateway-503", 503), ("too-many", 429), ("interstitial", 200)],
)
def test_a_proxy_can_keep_a_request_from_the_server(fault: str, status: int) -> None:
    with a1111(next_faults=[fault]) as server:
        answer = paint(server)
        assert answer.status_code == status
        assert answer.headers["Content-Type"].startswith("text/html")
        assert (server.works, server.in_hand) == ([], 0)
        assert paint(server).status_code == 200


def test_a_tunnel_shows_its_page_to_whoever_does_not_ask_to_skip_it() -> None:
    with a1111(ngrok=True) as server:
        page = get(server, "/sdapi/v1/memory")
        skipped = get(server, "/sdapi/v1/memory", headers={"ngrok-skip-browser-warning": "1"})
    assert (page.status_code, page.headers["Content-Type"].partition(";")[0]) == (200, "text/html")
    assert "ram" in skipped.json()


def test_one_painting_can_hang_while_the_others_go_on() -> None:
    with a1111(next_faults=["hang"]) as server:
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.post(server.url + IMG2IMG, json=order(), timeout=(LIMIT_S, 0.1))
        assert paint(server).status_code == 200


def test_a_frozen_server_answers_nobody_and_everybody_once_it_thaws() -> None:
    with a1111(hang=True) as server, clients(2) as pool:
        memory = pool.submit(get, server, "/sdapi/v1/memory")
        painting = pool.submit(paint, server)
        server.until(lambda: len(server.requests) == 2)
        assert not memory.done()
        server.behave(hang=False)
        assert got(memory).status_code == 200
        assert got(painting).status_code == 200


def test_a_dead_server_refuses_connections_and_comes_back_on_the_same_port() -> None:
    with a1111(load_s=0.1) as server:
        paint(server)
        port = server.port
        server.behave(dead=True)
        with pytest.raises(requests.exceptions.ConnectionError, match="refused"):
            get(server, "/")
        server.behave(dead=False)
        assert server.port == port
        paint(server)
        # It has forgotten its model.
        assert server.works[1].seconds >= 0.1


def test_a_server_can_be_dead_from_the_start() -> None:
    with a1111(dead=True) as server:
        with pytest.raises(requests.exceptions.ConnectionError, match="refused"):
            get(server, "/")
        server.behave(dead=False)
        assert get(server, "/").status_code == 200


def test_death_ends_what_is_in_work() -> None:
    with a1111(seconds=60) as server, clients(2) as pool:
        asked = [pool.submit(paint, server) for _ in range(2)]
        server.until(lambda: server.in_hand == 2)
        server.restart()
        assert all(isinstance(each.exception(LIMIT_S), BROKEN) for each in asked)
        server.until(lambda: server.in_hand == 0)
        assert server.works == []


def test_the_end_of_the_block_ends_even_a_long_painting_at_once() -> None:
    began = time.monotonic()
    with clients(1) as pool:
        with a1111(seconds=600) as server:
            painting = pool.submit(paint, server)
            server.until(lambda: server.in_hand == 1)
        assert painting.exception(LIMIT_S) is not None
    assert time.monotonic() - began < 60


def test_a_share_of_the_paintings_fails() -> None:
    with a1111(fail=1.0, fail_kinds=["crash"]) as server:
        assert paint(server).status_code == 500
        server.behave(fail=0.0)
        assert paint(server).status_code == 200


def test_connections_stay_open_for_the_next_request() -> None:
    with a1111() as server, requests.Session() as session:
        for _ in range(3):
            assert session.get(f"{server.url}/internal/ping", timeout=LIMIT_S).status_code == 200
        assert len(server._door.connections) == 1


def test_a_body_in_chunks_is_read_as_well() -> None:
    with a1111() as server:
        parts = (part for part in (b'{"init_', b'images": null}'))
        json = {"Content-Type": "application/json"}
        answer = requests.post(server.url + IMG2IMG, parts, headers=json, timeout=LIMIT_S)
    assert answer.status_code == 404
