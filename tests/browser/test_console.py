"""Two desks at a busy booth: a ticket is heard of, found by its number, printed, handed over and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.people import PAINTING_S, Staff, Visitor
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.crowd import Crowd

LISTEN = "addEventListener('articket:tone', ({ detail }) => (window.tones ??= []).push(detail.kind), true)"


def tones(staff: Staff) -> list[str]:
    found: list[str] = staff.page.evaluate("() => window.tones ?? []")
    return found


def today(staff: Staff, kind: str) -> int:
    return int(staff.see(f".today div:has(dt:text-is('{staff.say(f'today_{kind}')}')) dd").inner_text())


def finish(booth: Crowd, phone: Visitor, name: str) -> None:
    phone.walk_in(booth.wall(), name)
    phone.answer_all()
    phone.screen("result", PAINTING_S)


def test_a_ticket_rings_is_found_printed_handed_over_and_counted(booth: Crowd) -> None:
    left, right, phone = booth.staff("left"), booth.staff("right"), booth.phone()
    left.page.evaluate(LISTEN)
    left.press(left.say("sound_off"))
    before = {kind: today(left, kind) for kind in ("joined", "painted", "printed", "deleted")}

    finish(booth, phone, "노을")
    row = left.row("노을")
    left.see(f"{row} button:has-text('{left.say('print_ticket')}')", PAINTING_S)
    assert tones(left) == ["ticket"] * 2, "the press itself, and the ticket"
    assert left.page.title().startswith("(")
    number = left.see(f"{row} .n").inner_text()
    left.look("45-console")

    # "/", the number, Enter; the other desk sees whose it is
    left.page.keyboard.type(number)
    expect(left.find("#search")).to_have_value(number)
    left.look("45-console-found")
    with left.page.context.expect_page() as opened:
        left.page.keyboard.press("Enter")
    left.read(left.say("done_print_claim"))
    opened.value.wait_for_url(f"**/staff/tickets/{number}.pdf")
    opened.value.close()
    left.page.keyboard.press("Escape")
    right.read(right.say("print_other", desk=left.desk))
    right.look("45-console-other")

    # from hand to hand, and on the other desk done by keyboard, in its pile, over a reload
    left.see(f"[data-desk]:has(b:text-is('{right.desk}')) button").click()
    left.read(left.say("done_print_hand"))
    right.read(right.say("desk_handed", numbers=number))
    right.find(".piles button").filter(has_text=right.say("pile_to_print")).click()
    right.see(f"{row} a.act")
    right.page.reload()
    expect(right.find(".piles button[aria-pressed=true]")).to_contain_text(right.say("pile_to_print"))
    right.see(f"{row} a.act")
    right.find(row).focus()
    right.page.keyboard.press("d")
    phone.read(phone.say("ticket_printed"))
    expect(right.find(row)).to_have_count(0)
    expect(left.find(f"{row}.done")).to_have_count(1)
    assert tones(left) == ["ticket"] * 2

    # once it is erased its number is told to be gone, and the day's counts keep it
    phone.press(phone.say("erase"))
    phone.press(phone.say("erase_yes"))
    expect(left.find(row)).to_have_count(0)
    left.page.keyboard.type(number)
    left.read(left.say("search_gone", number=number))
    assert {kind: today(left, kind) - count for kind, count in before.items()} == {
        "joined": 1, "painted": 1, "printed": 1, "deleted": 1,
    }  # fmt: skip


def test_who_leaves_the_desk_gives_back_what_is_in_hand(booth: Crowd) -> None:
    left, right, phone = booth.staff("left"), booth.staff("right"), booth.phone()
    finish(booth, phone, "이슬")
    row = left.row("이슬")
    left.see(f"{row} button:has-text('{left.say('print_ticket')}')", PAINTING_S)
    with left.page.context.expect_page() as opened:
        left.find(f"{row} button:has-text('{left.say('print_ticket')}')").click(modifiers=["ControlOrMeta"])
    right.read(right.say("print_other", desk=left.desk))
    opened.value.close()
    name = left.desk
    left.press(left.say("logout"))
    left.see("input[type=password]")
    right.see(f"{row} button:has-text('{right.say('print_ticket')}')")
    expect(right.find(f".desks b:text-is('{name}')")).to_have_count(0)
