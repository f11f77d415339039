"""The painters' page is whole and accessible in every state, and tells in words how each painter is."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from pages.fixtures.staff import painters
from pages.painters_page import fleet, open_page, row
from pages.viewer import Viewer, viewer
from playwright.sync_api import Browser, expect

from articket.adapters.captions.calling import TROUBLES

if TYPE_CHECKING:
    from pages.harness import Harness

seen = pytest.fixture(open_page)


@pytest.mark.parametrize(
    ("size", "locale"),
    [("desktop", "ko"), ("desktop", "en"), ("landscape", "en"), ("portrait", "ko"), ("phone", "en")],
)
def test_every_state_of_a_painter_holds(browser: Browser, harness: Harness, size: str, locale: str) -> None:
    looked = viewer(browser, harness, *painters.SIZES[size])
    found = []
    for scene in painters.all_scenes(locale):
        looked.open(scene)
        expect(looked.page.locator(".painter-row")).not_to_have_count(0)
        found += [f"{scene.name}: {fault}" for fault in looked.faults()]
        looked.shoot(f"staff-{scene.name}-{locale}-{size}", whole=True)
    looked.page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_six_servers_the_laptop_and_a_reader_fit_one_screen(seen: Viewer, locale: str) -> None:
    fleet(seen, locale=locale, captions=[painters.reader()])
    assert seen.outside(".counts") == []
    assert seen.outside(".painter-row") == []
    assert seen.outside(".readers li") == []
    assert seen.outside(".addline") == []
    assert seen.outside(".under") == []


def test_every_sentence_is_there(seen: Viewer) -> None:
    """A key without words is shown as it is."""
    for locale in ("ko", "en"):
        for scene in painters.all_scenes(locale):
            seen.open(scene)
            expect(seen.page.locator(".painter-row")).not_to_have_count(0)
            for more in seen.page.locator(".more").all():
                more.click()
                expect(more).to_have_attribute("aria-expanded", "true")
                html = seen.page.locator("main").inner_html()
                assert (
                    re.findall(r"(?:fleet|done|unit|painter|state)_\w+|undefined|null|\[object", html) == []
                )


def test_the_header_leads_from_page_to_page(seen: Viewer) -> None:
    fleet(seen)
    links = seen.page.locator(".pages a")
    assert [each.get_attribute("href") for each in links.all()] == [
        "/staff?locale=ko",
        "/staff/fleet?locale=ko",
        "/staff/designs?locale=ko",
    ]
    expect(seen.page.locator(".pages [aria-current=page]")).to_have_text("화가들")
    assert seen.page.locator("[data-tongue]").get_attribute("href") == "/staff/fleet?locale=en"


def test_five_numbers_tell_how_the_fleet_is(seen: Viewer) -> None:
    fleet(seen)
    assert seen.page.locator(".counts dd").all_inner_texts() == ["6/ 7", "5장", "10.4초", "38초", "6/ 512"]


def test_a_painter_at_work_tells_whose_painting_and_how_far(seen: Viewer) -> None:
    at_work = [painters.work("ko", 3, 49, "vangogh")]
    unseen = [painters.work("ko", 3, 49, "picasso", share=None, expected_s=100.0)]
    fleet(
        seen,
        painters.server(1, "busy", busy_with=at_work),
        painters.server(2, "busy", busy_with=unseen),
        painters.server(3, "busy", mode="draining", busy_with=at_work),
    )
    expect(row(seen, "s1").locator(".now")).to_have_text(re.compile(r"49 하린, 반 고흐\s*붓질 51 %"))
    expect(row(seen, "s2").locator(".now")).to_have_text(re.compile(r"49 하린, 피카소\s*시간으로 \d+ %쯤"))
    expect(row(seen, "s3").locator(".now")).to_have_text(
        re.compile(r"49 하린, 반 고흐\s*이 그림까지만 그리고 빠져요")
    )


def test_a_share_that_nobody_told_is_drawn_as_an_estimate_and_ends_with_the_time(seen: Viewer) -> None:
    now = time.time()
    half = painters.work("en", 3, 49, "picasso", share=None, since=now - 50_000, expected_s=100_000)
    late = painters.work("en", 3, 49, "picasso", share=None, since=now - 190, expected_s=9.1)
    fleet(
        seen,
        painters.server(1, "busy", busy_with=[half]),
        painters.server(2, "busy", busy_with=[late]),
        painters.server(3, "busy", busy_with=[half | {"share": 0.25}]),
        painters.server(4, "busy", busy_with=[half, half | {"share": 0.25}], limit=2),
        locale="en",
    )
    expect(row(seen, "s1").locator(".now small")).to_have_text("about 50 % by now")
    expect(row(seen, "s1").locator(".strokes.guessed")).to_have_count(1)
    expect(row(seen, "s2").locator(".now small")).to_have_text("for 3 min, usually 9 s")
    expect(row(seen, "s2").locator(".strokes")).to_have_count(0)
    expect(row(seen, "s3").locator(".now small")).to_have_text("25 % done")
    expect(row(seen, "s3").locator(".strokes.guessed")).to_have_count(0)
    assert row(seen, "s4").locator(".work small").all_inner_texts() == [
        "about 50 % by now",
        "25 % done",
    ]


def test_nobody_guesses_how_far_something_other_than_a_painting_is(seen: Viewer) -> None:
    reading = painters.work("en", 3, None, "picasso", purpose="caption", share=None, expected_s=180.0)
    fleet(seen, painters.server(1, "busy", busy_with=[reading]), locale="en")
    expect(row(seen, "s1").locator(".now")).to_have_text(re.compile(r"Reading a photo\s*for \d s$"))


def test_who_reads_the_photos_is_told_and_lit_where_somebody_should_look(seen: Viewer) -> None:
    fleet(seen, captions=[*painters.troubled_readers(), painters.reader()], locale="en")
    lines = seen.page.locator(".readers li")
    expect(lines.first).to_have_text(
        re.compile(r"Reads photos\s*Reads them well\s*1\.2\s*s\s*gpu\.example\.org")
    )
    expect(seen.page.locator(".readers .troubled")).to_have_count(len(TROUBLES))
    said = seen.page.locator(".readers .troubled .what").all_inner_texts()
    assert len({*said}) == len(TROUBLES)
    expect(seen.page.locator("main [role=status]")).to_contain_text(
        "Reads photos reader-0.example.org: No answer"
    )


def test_readers_that_do_well_share_a_line_which_tells_of_the_slowest(seen: Viewer) -> None:
    hosts = ["10.0.0.4", "10.0.0.5", "10.0.0.4"]
    took = [0.6, None, 0.4]
    read = [painters.reader(host, last_s=last) for host, last in zip(hosts, took, strict=True)]
    fleet(seen, captions=read, locale="en")
    expect(seen.page.locator(".readers li")).to_have_text(
        re.compile(r"Reads them well\s*0\.6\s*s\s*10\.0\.0\.4, 10\.0\.0\.5")
    )
    fleet(seen, captions=[painters.reader(last_s=None)], locale="en")
    expect(seen.page.locator(".readers li")).to_contain_text("Waiting for its first photo")
    fleet(seen, captions=[painters.reader(trouble="caption-of-the-future")], locale="en")
    expect(seen.page.locator(".readers li")).to_contain_text("Cannot read now")


def test_without_a_reader_nothing_is_said_of_readers(seen: Viewer) -> None:
    fleet(seen)
    expect(seen.page.locator(".readers")).to_have_count(0)


def test_a_call_to_a_silent_painter_counts_down_without_a_snapshot(seen: Viewer) -> None:
    now = time.time()
    silent = painters.server(1, "broken", trouble="painter-unreachable", since=now - 130, again_at=now + 19.5)
    fleet(seen, silent, locale="en")
    cell = row(seen, "s1").locator(".now")
    expect(cell).to_have_text(re.compile(r"No answer\s*for 2 min, called again in (?:1\d|20) s"))
    left = int(cell.inner_text().split(" ")[-2])
    expect(cell).to_have_text(re.compile(rf"called again in {left - 1} s"))


def test_the_countdown_goes_by_the_servers_clock(seen: Viewer) -> None:
    seen.page.clock.set_fixed_time(time.time() - 3_600)
    now = time.time()
    silent = painters.server(1, "broken", trouble="painter-unreachable", since=now - 130, again_at=now + 40)
    fleet(seen, silent, locale="en")
    expect(row(seen, "s1").locator(".now")).to_have_text(
        re.compile(r"for 2 min, called again in (?:3\d|40) s")
    )


def test_a_shut_painter_says_why_and_what_to_do(seen: Viewer) -> None:
    shut = painters.unknown(
        1,
        "shut",
        "https://paint.example.org",
        trouble="painter-unsupported",
        params={"software": "SD.Next"},
        since=time.time() - 400,
    )
    fleet(seen, shut)
    cell = row(seen, "s1").locator(".now")
    expect(cell.locator(".what")).to_have_text("그 서버는 SD.Next라서 아티켓과 함께 쓸 수 없어요.")
    expect(cell.locator("small")).to_have_text("A1111, Forge, reForge, ComfyUI 가운데 하나를 켜 주세요.")
    expect(seen.page.locator("main [role=status]")).to_contain_text("아틀리에 1: 그 서버는 SD.Next라서")


def test_speed_and_success_are_told_at_a_glance(seen: Viewer) -> None:
    fresh = painters.unknown(2, "new", "https://8f2c61.ngrok-free.app")
    fleet(seen, painters.server(1, seconds=11.62, success=0.884), fresh, locale="en")
    expect(row(seen, "s1").locator(".sec")).to_have_text(re.compile(r"11\.6\s*s\s*88 % good"))
    expect(row(seen, "s2").locator(".sec")).to_have_text("\N{EN DASH}")


def test_bars_tell_their_seconds_and_what_was_lost(seen: Viewer) -> None:
    tries = painters.tries(8.6, 5.0, 10.2, lost={1: "painter-crashed"})
    fleet(seen, painters.server(1, tries=tries))
    bars = row(seen, "s1").get_by_role("img")
    expect(bars).to_have_attribute(
        "aria-label", "최근 3장 가운데 1장을 못 그렸어요. 8.6초에서 10.2초 걸렸어요."
    )
    titles = [each.get_attribute("title") for each in bars.locator("i").all()]
    assert titles == ["8.6초", "화가가 그리다가 멈췄어요. 다른 화가가 이어서 그려요.", "10.2초"]
    heights = [box["height"] for each in bars.locator("i").all() if (box := each.bounding_box())]
    assert heights[0] < heights[2] < heights[1]


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        ("sdxl/dreamshaperXL_v21.safetensors [4496b36d48]", "dreamshaperXL_v21"),
        ("SD15\\v1-5-pruned.ckpt", "v1-5-pruned"),
        ("plain", "plain"),
    ],
)
def test_a_model_is_named_without_folder_ending_and_hash(seen: Viewer, model: str, shown: str) -> None:
    fleet(seen, painters.server(1, model=model))
    expect(row(seen, "s1").locator(".model")).to_have_text(shown)


@pytest.mark.parametrize(
    ("gpu", "shown"),
    [
        ("NVIDIA GeForce RTX 4090", "RTX 4090 · 24 GB · Forge"),
        ("cuda:0 NVIDIA GeForce RTX 4080 SUPER : native", "RTX 4080 SUPER · 24 GB · Forge"),
        ("NVIDIA A100-SXM4-40GB", "A100 · 24 GB · Forge"),
        ("Tesla T4", "Tesla T4 · 24 GB · Forge"),
    ],
)
def test_a_card_is_named_as_people_do(seen: Viewer, gpu: str, shown: str) -> None:
    fleet(seen, painters.server(1, gpu=gpu))
    expect(row(seen, "s1").locator(".machine")).to_have_text(shown)


def test_what_a_painter_lacks_is_said_with_what_follows(seen: Viewer) -> None:
    lacks = [{"kind": "lora", "name": "roses"}, {"kind": "lora", "name": "dots.safetensors"}]
    fleet(seen, painters.server(1, lacks=lacks), locale="en")
    expect(row(seen, "s1").locator(".note")).to_have_text(
        "Lacks the LoRA roses, dots: paints from the words alone."
    )


def test_rows_keep_their_height_from_one_snapshot_to_the_next(seen: Viewer) -> None:
    states = [
        painters.server(1, "idle"),
        painters.server(1, "busy", busy_with=[painters.work("ko", 3, 49, "lichtenstein")]),
        painters.server(1, "busy", busy_with=[painters.work("ko", 3, 49, "picasso", share=None)]),
        painters.server(1, "busy", busy_with=[painters.work("ko", 3, 49, "renoir", purpose="hedge")]),
        painters.server(1, "warming", tries=[], seconds=None),
        painters.server(1, "resting", again_at=time.time() + 50),
        painters.server(1, "broken", trouble="painter-unreachable", since=time.time() - 3_000, again_at=1.0),
        painters.server(1, "off", mode="off"),
    ]
    fleet(seen, *[state | {"id": f"s{number}"} for number, state in enumerate(states)])
    heights = [
        box["height"] for each in seen.page.locator(".painter-row").all() if (box := each.bounding_box())
    ]
    assert len(set(heights)) == 1, heights


def test_a_booth_without_servers_hears_that_all_is_well_and_how_to_add_one(seen: Viewer) -> None:
    seen.open(painters.scene("none", "en", painters.quiet("en")))
    how = seen.page.get_by_role("region", name="This laptop paints everything for now")
    expect(how).to_contain_text("./webui.sh --api --listen")
    expect(how).to_contain_text("python main.py --listen")
    expect(seen.page.locator(".counts dd").nth(2)).to_have_text("\N{EN DASH}")
    fleet(seen, locale="en")
    expect(seen.page.locator(".how")).to_have_count(0)
