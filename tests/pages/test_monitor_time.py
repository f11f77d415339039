"""What the wall does as time goes by, with the page's clock in our hands: nothing here waits."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.monitor import scenes
from pages.viewer import Viewer, viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.harness import Harness
    from playwright.sync_api import Browser, WebSocketRoute

REACHED = "() => [...document.querySelector('.reveal').classList].filter((name) => name.startsWith('has-'))"
LIT = "() => [...document.querySelectorAll('.lying .lights')].map((path) => path.classList.contains('lit'))"
STATES = "() => [...document.querySelectorAll('.canvas')].map((canvas) => canvas.className.split(' ')[1])"


@pytest.fixture
def wall(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    """A monitor with motion, on a clock that stands until it is told to run."""
    made = viewer(browser, harness, 1920, 1080, touch=False)
    made.page.emulate_media(reduced_motion="no-preference")
    made.page.clock.install(time=time.time())
    yield made
    made.settle()  # the server leaves a file open whose reader goes away
    made.page.context.close()


def open_still(wall: Viewer, shown: dict[str, Any]) -> None:
    """Open a scene, wait for its socket, and stop the clock."""
    wall.open(scenes.scene(shown["locale"], "scene", shown))
    show(wall, shown | {"rev": 2})
    wall.page.clock.pause_at(time.time() + 5)


def show(wall: Viewer, shown: dict[str, Any]) -> None:
    """Push a snapshot until the wall has it."""
    for _ in range(40):
        wall.harness.push(shown)
        if wall.page.evaluate("() => Number(document.body.dataset.rev)") >= shown["rev"]:
            return
    wall.page.wait_for_function("(rev) => Number(document.body.dataset.rev) >= rev", arg=shown["rev"])


def test_the_reveal_keeps_its_time_line(wall: Viewer) -> None:
    open_still(wall, scenes.painting("ko", "하린"))
    show(wall, scenes.reveal("ko", "하린", rev=3))
    clock, page = wall.page.clock, wall.page
    seen: list[list[str]] = []
    clock.run_for(10)
    for wait in (2_000, 400, 1_500, 300, 300):
        clock.run_for(wait - 20)
        assert len(page.evaluate(REACHED)) == len(seen)
        clock.run_for(20)
        page.wait_for_function(f"() => ({REACHED})().length > {len(seen)}")
        seen.append(page.evaluate(REACHED))
    order = ["has-frame", "has-light", "has-sentence", "has-good", "has-bad"]
    assert seen == [order[: place + 1] for place in range(5)]


def test_a_monitor_restarted_in_the_reveal_shows_it_at_once(wall: Viewer) -> None:
    wall.open(scenes.scene("ko", "reveal"))
    assert len(wall.page.evaluate(REACHED)) == 5


def test_reduced_motion_gets_a_cut(wall: Viewer) -> None:
    wall.page.emulate_media(reduced_motion="reduce")
    open_still(wall, scenes.painting("ko", "하린"))
    show(wall, scenes.reveal("ko", "하린", rev=3))
    assert len(wall.page.evaluate(REACHED)) == 5


def test_a_complete_journey_is_replayed_in_order_and_in_time(wall: Viewer) -> None:
    whole = scenes.painting("ko", "하린", len(scenes.JOURNEY))
    open_still(wall, scenes.idle("ko"))
    show(wall, whole | {"rev": 3})
    states: list[list[str]] = []
    lit = [wall.page.evaluate(LIT)]
    for _ in range(80):
        wall.page.clock.run_for(100)
        lit.append(wall.page.evaluate(LIT))
        states.append(wall.page.evaluate(STATES))
    assert sum(lit[0]) <= 1, "nothing is told before its turn"
    assert all(lit[-1]), "after min_s everything has been told"
    assert all(sum(later) - sum(earlier) <= 1 for earlier, later in itertools.pairwise(lit)), (
        "one stretch at a time"
    )
    finished = [
        place
        for now, then in zip(states[1:], states, strict=False)
        for place in range(4)
        if now[place] != then[place] and now[place] == "done"
    ]
    assert [scenes.STYLES[place] for place in finished] == ["vangogh", "picasso", "lichtenstein", "renoir"]


def test_a_growing_journey_shows_what_is_there_and_each_event_as_it_comes(wall: Viewer) -> None:
    open_still(wall, scenes.painting("ko", "하린", 4))
    assert wall.page.evaluate(STATES) == ["painting", "waiting", "painting", "waiting"]
    show(wall, scenes.painting("ko", "하린", 6, rev=3))
    assert wall.page.evaluate(STATES) == ["painting", "waiting", "painting", "waiting"]
    wall.page.clock.run_for(500)
    assert wall.page.evaluate(STATES) == ["painting", "waiting", "done", "waiting"]
    wall.page.clock.run_for(500)
    assert wall.page.evaluate(STATES) == ["painting", "painting", "done", "waiting"]


def test_events_of_one_moment_are_told_in_the_order_they_must_have_had(wall: Viewer) -> None:
    wall.open(scenes.scene("ko", "idle"))
    told = wall.page.evaluate(
        """async (journey) => {
          const {compressed} = await import("/static/js/monitor/journey.js");
          return compressed(journey.toReversed(), 8);
        }""",
        scenes.JOURNEY,
    )
    times = [event["shown_at"] for event in told]
    assert [event["kind"] for event in told][:4] == ["photo", "sentence", "started", "started"]
    assert times == sorted(times)
    assert times[-1] < 8
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) > 0.1


def test_a_door_lights_before_the_next_room_opens(wall: Viewer) -> None:
    open_still(wall, scenes.quiz("ko", "하린"))
    walked = scenes.quiz("ko", "하린", index=3, rev=3)
    walked["view"]["entered"] = {"index": 2, "option": "o1"}
    show(wall, walked)
    assert wall.page.locator(".door.chosen i").all_inner_texts() == ["B"]
    assert wall.page.locator(".room b").inner_text() == "3"
    wall.page.clock.run_for(750)
    assert wall.page.locator(".door.chosen").count() == 0
    assert wall.page.locator(".room b").inner_text() == "4"


def test_the_gallery_turns(wall: Viewer) -> None:
    open_still(wall, scenes.idle("ko"))
    before = wall.page.locator(".label b").last.inner_text()
    wall.page.clock.run_for(20_500)
    wall.page.wait_for_function(
        "(title) => [...document.querySelectorAll('.label b')].at(-1).innerText !== title", arg=before
    )


def test_a_lost_server_leaves_an_empty_place_and_comes_back_by_itself(wall: Viewer) -> None:
    page, down = wall.page, [False]

    def socket(route: WebSocketRoute) -> None:
        if down[0]:
            route.close()
        else:
            route.connect_to_server()

    page.route_web_socket("**/socket.io/**", socket)
    page.route("**/api/**", lambda route: route.abort() if down[0] else route.continue_())
    open_still(wall, scenes.quiz("ko", "하린"))
    down[0] = True
    server = wall.harness.socketio
    assert server is not None
    for sid, _ in list(server.server.manager.get_participants("/", None)):
        server.server.disconnect(sid)
    for _ in range(30):
        page.clock.run_for(500)
        if page.locator(".rest.away").count():
            break
    assert page.locator(".rest.away h1").inner_text() == "잠깐 자리를\n비웠어요."
    wall.shoot("monitor-away-ko-lying")
    down[0] = False
    for _ in range(60):
        page.clock.run_for(500)
        if page.locator(".quiz").count():
            break
    assert page.locator(".quiz .door").count() == 2
