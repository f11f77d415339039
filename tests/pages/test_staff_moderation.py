"""A photo that nobody has looked at calls for staff, is shown large, and one press decides."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from pages.fixtures.staff import scenes
from pages.harness import Scene, words_of
from pages.viewer import Viewer, viewer
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.harness import Harness
    from playwright.sync_api import Browser

SIZES = {"tablet": (1180, 820), "phone": (390, 844)}
PREVIEW = "/pictures/v/1/photo.jpg"
PLEASE = {"look": "please", "why": "flagged", "photo": 1}
HIDDEN = PLEASE | {"look": "hidden", "why": "clear"}


def looks(locale: str, **of: dict[str, Any]) -> dict[str, Any]:
    """The afternoon, with what may be shown of each visit."""
    fine = {"look": "fine"}
    shown = scenes.busy(locale)
    visits = [
        each
        | {
            "thumb": each["thumb"] or "/pictures/v/1/small-renoir.jpg",
            "moderation": fine | of.get(each["id"], {}),
        }
        for each in shown["view"]["visits"]
    ]
    please = {"code": "photo-please-look", "params": {"n": 1}, "since": 0.0}
    troubles = [*shown["view"]["troubles"], please] if "v4" in of else shown["view"]["troubles"]
    return shown | {"view": shown["view"] | {"visits": visits, "troubles": troubles}}


def desk(seen: Viewer, locale: str, shown: dict[str, Any]) -> None:
    seen.open(Scene("desk", "staff.html", "staff", locale, shown, context={"csrf": "c"}))


@pytest.fixture
def tablet(browser: Browser, harness: Harness) -> Iterator[Viewer]:
    made = viewer(browser, harness, *SIZES["tablet"])
    yield made
    made.page.context.close()


def sent(tablet: Viewer) -> list[dict[str, Any]]:
    kept = {"type", "visit", "part", "photo"}
    ours = [each for each in tablet.harness.commands if each["type"] in ("hide", "show")]
    return [{key: each[key] for key in each.keys() & kept} for each in ours]


@pytest.mark.parametrize(("size", "locale"), [("tablet", "ko"), ("phone", "en"), ("tablet", "en")])
def test_the_call_to_look_and_the_photo_hold_on_every_desk(
    browser: Browser, harness: Harness, size: str, locale: str
) -> None:
    seen = viewer(browser, harness, *SIZES[size])
    desk(
        seen,
        locale,
        looks(locale, v4=PLEASE, v3=HIDDEN, v2={"name_hidden": True}),
    )
    seen.page.locator("[data-visit=v4] .please").click()
    expect(seen.page.locator("[data-visit=v4] .looking .large")).to_be_visible()
    seen.settle()
    seen.shoot(f"staff-look-{locale}-{size}", whole=True)
    faults = seen.faults()
    small = [
        box
        for each in seen.page.locator(".please, .looking .act, .peek").all()
        if (box := each.bounding_box()) is not None and box["height"] < 48
    ]
    seen.page.context.close()
    assert not faults
    assert small == []


def test_all_right_is_said_of_the_photo_that_was_seen_and_the_photo_folds_away(tablet: Viewer) -> None:
    desk(tablet, "ko", looks("ko", v4=PLEASE | {"photo": 3}))
    row = tablet.page.locator("[data-visit=v4]")
    row.locator(".please").click()
    row.locator(".choices .act").first.click()
    expect(row.locator(".looking")).to_have_count(0)
    assert sent(tablet) == [{"type": "show", "visit": "v4", "part": "photo", "photo": 3}]


def test_a_photo_that_was_opened_meanwhile_stays_open(tablet: Viewer) -> None:
    answered = Event()

    def answer(_: dict[str, Any]) -> dict[str, Any]:
        return {"ok": answered.wait(30), "rev": 1}

    desk(tablet, "ko", looks("ko", v4=PLEASE, v3=PLEASE))
    first, other = (tablet.page.locator(f"[data-visit={visit}]") for visit in ("v4", "v3"))
    first.locator(".please").click()
    tablet.harness.answer = answer
    first.locator(".choices .act").first.click()
    other.locator(".please").click()
    answered.set()
    expect(tablet.page.locator("#said")).not_to_be_empty()
    expect(other.locator(".looking")).to_have_count(1)
    expect(first.locator(".looking")).to_have_count(0)


CHOICES: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({}, "look_hide_photo", {"type": "hide", "part": "photo"}),
    (PLEASE, "look_hide_photo", {"type": "hide", "part": "photo"}),
    ({}, "look_hide_name", {"type": "hide", "part": "name"}),
    ({"name_hidden": True}, "look_show_name", {"type": "show", "part": "name"}),
    (HIDDEN, "look_show_photo", {"type": "show", "part": "photo", "photo": 1}),
]


def test_a_press_on_the_face_leads_to_everything_that_can_be_hidden_or_shown(tablet: Viewer) -> None:
    words = words_of("staff", "ko")
    for given, word, command in CHOICES:
        desk(tablet, "ko", looks("ko", v1=given))
        row = tablet.page.locator("[data-visit=v1]")
        row.locator(".peek").click()
        expect(row.locator(".large")).to_have_attribute("src", PREVIEW)
        row.get_by_role("button", name=words[word]).click()
        expect(tablet.page.locator("#said")).not_to_be_empty()
        assert sent(tablet) == [command | {"visit": "v1"}]
