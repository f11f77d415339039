"""Sockets, against a real server."""

import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import simple_websocket
import socketio
from doubles.web import BOOTH, BoothSet, open_booth
from doubles.web_sockets import Served, eventually, serve

from articket.domain import commands
from articket.web.sockets import SocketPost


@pytest.fixture
def served(booth: BoothSet) -> Iterator[Served]:
    with serve(booth) as running:
        yield running


def test_hello_is_answered_with_the_whole_present_snapshot(served: Served) -> None:
    phone = served.booth.phone()
    page = served.phone(phone)
    snapshot = page.hello()
    assert snapshot["stage"] == "called"
    assert snapshot["rev"] == served.booth.visits.booth(BOOTH).revision
    assert snapshot["view"]["visit"]["id"] == phone.id


def test_a_command_is_acked_and_only_concerned_views_hear_of_it(served: Served) -> None:
    first, second = served.booth.phone(), served.booth.phone()
    mine, other = served.phone(first), served.phone(second)
    monitor = served.monitor()
    wall = served.booth.visits.booth(BOOTH).wall
    assert wall is not None
    ack = mine.ask("cmd", {"cmd_id": "a1", "type": "confirm", "picture": wall.hung})
    assert ack == {"ok": True, "rev": served.booth.visits.booth(BOOTH).revision}
    assert eventually(lambda: mine.stage() == "consent")
    assert eventually(lambda: monitor.stage() == "welcome")
    ack = mine.ask(
        "cmd", {"cmd_id": "a2", "type": "consent", "version": "1", "gallery": True, "guardian": False}
    )
    assert ack["ok"]
    assert eventually(lambda: mine.stage() == "photo")
    assert other.events("snapshot") == []


def test_a_repeated_command_gets_its_old_answer_and_is_not_done_again(served: Served) -> None:
    phone = served.booth.phone()
    page = served.phone(phone)
    wrong = {"cmd_id": "same", "type": "confirm", "picture": "no such picture"}
    first = page.ask("cmd", wrong)
    again = page.ask("cmd", wrong)
    assert first == again
    wall = served.booth.visits.booth(BOOTH).wall
    assert wall is not None
    assert wall.tries_left == 2


def test_the_newest_socket_of_a_visit_wins(served: Served) -> None:
    phone = served.booth.phone()
    older = served.phone(phone)
    newer = served.phone(phone)
    assert eventually(lambda: older.events("superseded") == [{}])
    assert eventually(lambda: not older.client.connected)
    assert newer.hello()["stage"] == "called"
    newer.ask("cmd", {"cmd_id": "c", "type": "leave_line"})
    assert eventually(lambda: newer.stage() == "consent")
    assert older.events("snapshot") == []


def test_the_friend_who_opened_the_ticket_takes_nobodys_place(served: Served) -> None:
    phone = served.booth.phone()
    mine = served.phone(phone)
    code = served.booth.floor.seals.keep(phone.id)
    friend = served.open("phone", token=code)
    assert friend.hello()["view"]["visit"]["id"] == phone.id
    assert mine.client.connected
    assert mine.events("superseded") == []


def test_places_in_line_are_told_at_most_once_a_second(served: Served) -> None:
    served.booth.phone()
    line = [served.booth.phone() for _ in range(4)]
    last = served.phone(line[-1])
    assert eventually(lambda: last.events("place") != [])  # where it stands now
    start = len(last.events("place"))
    for phone in line[:3]:
        served.booth.floor.apply(BOOTH, commands.LeaveLine(), phone.id)
    assert eventually(lambda: last.events("place")[-1]["ahead"] == 0)
    assert set(last.events("place")[-1]) == {"house", "rev", "ahead", "minutes"}
    assert len(last.events("place")) <= start + 2
    times = last.times("place")
    assert all(later - earlier > 0.9 for earlier, later in itertools.pairwise(times))
    assert last.events("snapshot") == []


def test_staff_hear_at_most_twice_a_second(served: Served) -> None:
    desk = served.staff()
    for turn in range(30):
        on = turn % 2 == 0
        served.booth.floor.apply(BOOTH, commands.Blank(on=on))
    seen = served.booth.visits.booth(BOOTH).revision
    assert eventually(lambda: [each["rev"] for each in desk.events("snapshot")][-1:] == [seen])
    times = desk.times("snapshot")
    assert len(times) <= 4
    assert all(later - earlier > 0.4 for earlier, later in itertools.pairwise(times))


def test_staff_steer_the_booth_and_visitors_cannot(served: Served) -> None:
    desk = served.staff()
    assert desk.ask("cmd", {"cmd_id": "s1", "type": "pause"})["ok"]
    assert served.booth.visits.booth(BOOTH).door == "paused"
    page = served.phone(served.booth.phone())
    ack = page.ask("cmd", {"cmd_id": "s2", "type": "open"})
    assert ack["code"] == "command-unknown"
    assert served.booth.visits.booth(BOOTH).door == "paused"


def test_the_monitor_may_say_nothing(served: Served) -> None:
    monitor = served.monitor()
    assert monitor.ask("cmd", {"cmd_id": "m", "type": "reset"})["code"] == "not-allowed"


def test_what_is_no_command_is_refused_and_the_socket_lives_on(served: Served) -> None:
    page = served.phone(served.booth.phone())
    payloads: tuple[object, ...] = (None, 7, [], {}, {"cmd_id": "x", "type": "dance"}, {"cmd_id": b"bytes"})
    for payload in payloads:
        assert page.ask("cmd", payload)["code"] == "command-unknown"
    assert page.ask("ping", {}) == {}


def test_a_command_of_a_megabyte_ends_only_its_own_socket(served: Served) -> None:
    phone, neighbour = served.booth.phone(), served.booth.phone()
    page, other = served.phone(phone), served.phone(neighbour)
    page.client.emit("cmd", {"cmd_id": "big", "type": "name", "name": "n" * 1_000_000})
    assert eventually(lambda: not page.client.connected)
    assert other.ask("ping", {}) == {}
    assert served.phone(phone).hello()["stage"] == "called"


def test_a_foreign_token_is_refused(served: Served) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        served.open("phone", token="foreign")  # noqa: S106
    with pytest.raises(socketio.exceptions.ConnectionError):
        served.open("staff")
    with pytest.raises(socketio.exceptions.ConnectionError):
        served.open("monitor", {"X-Forwarded-For": "203.0.113.7"})
    with pytest.raises(socketio.exceptions.ConnectionError):
        served.open("stranger")


def test_a_page_from_elsewhere_is_refused(served: Served) -> None:
    phone = served.booth.phone()
    cookie = f"articket_visit={phone.token}"
    with pytest.raises(socketio.exceptions.ConnectionError):
        served.open("phone", {"Cookie": cookie}, origin="https://elsewhere.example")
    own = served.open("phone", {"Cookie": cookie}, origin=served.url)
    assert own.hello()["stage"] == "called"


def test_the_storage_token_is_enough_without_a_cookie(served: Served) -> None:
    phone = served.booth.phone()
    page = served.open("phone", token=phone.token)
    assert page.hello()["view"]["visit"]["id"] == phone.id


def test_the_page_s_own_secret_wins_over_a_cookie_and_a_ticket_has_its_own(served: Served) -> None:
    first, second = served.booth.phone(), served.booth.phone()
    code = served.booth.floor.seals.keep(second.id)
    cookies = {"Cookie": f"articket_visit={first.token}; articket_keep={code}"}
    page = served.open("phone", cookies, token=second.token)
    assert page.hello()["view"]["visit"]["id"] == second.id
    assert served.open("phone", cookies).hello()["view"]["visit"]["id"] == first.id
    assert served.open("phone", cookies, keep=True).hello()["view"]["visit"]["id"] == second.id
    assert page.events("superseded") == []


def test_one_page_that_cannot_be_told_stops_no_other(booth: BoothSet) -> None:
    booth.visits.rows.choices["installation"] = "known"
    phone = booth.phone()
    with serve(booth) as served:
        desk = served.staff()
        live = booth.parts.live
        pages = live._pages
        assert pages is not None
        live.attach(live._post, Broken(pages))  # type: ignore[arg-type]
        monitor = served.monitor()
        booth.floor.apply(BOOTH, commands.Blank(on=True))
        assert eventually(
            lambda: [each["view"]["blanked"] for each in desk.events("snapshot")][-1:] == [True]
        )
        assert monitor.events("snapshot") == []
        assert phone.stage == "called"


class Broken:
    """Pages of which the monitor's cannot be built."""

    def __init__(self, pages: object) -> None:
        self.pages = pages

    def __getattr__(self, name: str) -> object:
        return getattr(self.pages, name)

    def monitor(self) -> dict[str, object]:
        raise KeyError("a style that nobody knows")


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - loopback
            return int(response.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_one_socket_too_many_is_refused_and_plain_http_goes_on(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, threads=14)
    with serve(booth) as served:
        phones = [served.booth.phone() for _ in range(3)]
        pages = [served.phone(phone) for phone in phones[:2]]
        with pytest.raises(socketio.exceptions.ConnectionError):
            served.phone(phones[2])
        assert status_of(f"{served.url}/socket.io/?EIO=4&transport=websocket") == 503
        assert status_of(f"{served.url}/healthz") == 200
        assert phones[2].snapshot()["stage"] == "consent"
        pages[0].client.disconnect()
        assert eventually(lambda: status_of(f"{served.url}/socket.io/?EIO=4&transport=websocket") != 503)
        assert served.phone(phones[2]).hello()["stage"] == "consent"


def test_all_sockets_are_closed_within_a_second(served: Served) -> None:
    pages = [served.phone(served.booth.phone()) for _ in range(5)] + [served.monitor(), served.staff()]
    start = time.monotonic()
    served.booth.parts.live.close()
    assert eventually(lambda: not any(page.client.connected for page in pages))
    assert time.monotonic() - start < 1


def test_publishing_never_fails_and_needs_no_start(booth: BoothSet) -> None:
    booth.phone()
    booth.parts.live.close()
    booth.phone()
    assert json.dumps(booth.parts.live.monitors) == "0"


def test_a_socket_that_never_says_who_it_is_is_swept_away(served: Served) -> None:
    phone = served.phone(served.booth.phone())
    nameless = simple_websocket.Client(f"ws://127.0.0.1:{served.port}/socket.io/?EIO=4&transport=websocket")
    assert nameless.receive(timeout=5)
    post = served.booth.parts.live._post
    assert isinstance(post, SocketPost)
    post.sweep()
    assert nameless.connected
    post._nameless_for_s = 0
    post.sweep()
    assert eventually(lambda: not nameless.connected)
    assert phone.ask("ping", {}) == {}
