"""What the organiser reads, and what a script reads."""

import json

from hypothesis import given
from hypothesis import strategies as st

from articket.application.checkup.line import Line, State, bad, ok, skipped, warn
from articket.checking.report import as_json, is_fine, row, verdict

LINES = [
    ok("Python", "3.11.7 on Linux."),
    warn("Server 1: LoRAs", "It lacks one.", "Put the file there."),
    skipped("Printer", "Staff print from their page."),
]
RED = bad("Server 2", "Nobody answers.", "Start it.")


def test_a_warning_is_no_reason_to_stay_closed_and_a_red_line_is() -> None:
    assert is_fine(LINES)
    assert not is_fine([*LINES, RED])
    assert verdict(LINES) == " Ready to open, 1 warning."
    assert verdict([*LINES, RED, RED]) == " Not ready: 2 to mend before doors open, 1 warning."
    assert verdict(LINES[:1]) == " Ready to open."


def test_states_are_words_and_the_fix_stands_below() -> None:
    first, fix = row(RED).splitlines()
    assert first.split() == ["BAD", "Server", "2", "Nobody", "answers."]
    assert fix.strip() == "-> Start it."


def test_colours_are_added_only_where_they_are_wanted() -> None:
    assert "\N{ESCAPE}" not in row(RED)
    assert row(RED, colours=True).startswith(" \N{ESCAPE}[31mBAD \N{ESCAPE}[0m ")


@given(st.builds(Line, st.just("Server 12: ControlNet"), st.sampled_from(State), st.text(), st.text()))
def test_no_line_is_wider_than_a_terminal_or_steers_it(line: Line) -> None:
    shown = row(line)
    assert all(len(each) <= 80 for each in shown.splitlines())
    assert all(letter.isprintable() or letter == "\n" for letter in shown)


def test_a_long_address_is_broken_rather_than_the_table() -> None:
    shown = row(ok("Server 1", "https://" + "a" * 120 + ".example.org answers: Forge."))
    assert all(len(each) <= 80 for each in shown.splitlines())


def test_json_says_the_same_with_all_its_letters() -> None:
    told = json.loads(as_json([ok("Tickets", "한국어"), RED]))
    assert told == {
        "ok": False,
        "lines": [
            {"subject": "Tickets", "state": "ok", "found": "한국어", "fix": ""},
            {"subject": "Server 2", "state": "bad", "found": "Nobody answers.", "fix": "Start it."},
        ],
    }
