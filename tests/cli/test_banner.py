"""What the terminal says, and that a phone can read it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from doubles.camera import read_code

from articket.adapters.network import LocalAddress, chosen, in_url, is_everywhere, is_here_only, reached_at
from articket.banner import Addresses, banner, password_note

JOIN = "http://192.0.2.17:8000/j/tubvyuo46earknui"
ONE = Addresses(monitor="http://localhost:8000/", staff="http://192.0.2.17:8000/staff", join=JOIN)
BLOCKS = "█▀▄ "
INVITATION = "ARTICKET_PUBLIC_URL"


def photographed(lines: Sequence[str], *, paper: int) -> np.ndarray:
    """Return the block letters as a picture of a terminal; `paper` is the background's grey, 0 or 255."""
    ink = 255 - paper
    halves = {" ": (paper, paper), "█": (ink, ink), "▀": (ink, paper), "▄": (paper, ink)}
    rows = [[halves[letter] for letter in line] for line in lines]
    pixels = np.array([[half[at] for half in row] for row in rows for at in (0, 1)], np.uint8)
    framed = np.pad(pixels, 4, constant_values=paper)
    return np.kron(framed, np.ones((8, 8), np.uint8))


def code_in(text: str) -> list[str]:
    lines = [line for line in text.replace("\xa0", " ").splitlines() if line and set(line) <= set(BLOCKS)]
    width = max(map(len, lines))
    return [line.ljust(width) for line in lines]


def test_the_code_in_a_dark_terminal_leads_to_the_join_address() -> None:
    picture = photographed(code_in(banner(ONE)), paper=0)
    found = read_code(picture)
    assert found == JOIN


def test_one_network_is_not_talked_about() -> None:
    said = banner(ONE)
    assert "  Monitor   http://localhost:8000/\n" in said
    assert "  Staff     http://192.0.2.17:8000/staff\n" in said
    assert f"  Phones    {JOIN} " in said
    assert "several networks" not in said
    assert INVITATION not in said


def test_several_networks_are_listed_with_how_to_choose() -> None:
    said = banner(replace(ONE, others=("192.0.2.17  (wlan0)", "198.51.100.4  (eth0)")))
    assert "several networks" in said
    assert "192.0.2.17  (wlan0)" in said
    assert "198.51.100.4  (eth0)" in said


def test_without_a_network_the_banner_says_what_to_do_instead_of_showing_a_code() -> None:
    said = banner(replace(ONE, join=None))
    assert INVITATION in said
    assert "█" not in said


def test_no_line_is_wider_than_a_terminal() -> None:
    assert all(len(line) <= 110 for line in banner(ONE).splitlines())


def test_the_password_is_said_to_be_shown_once() -> None:
    assert "abcd-efgh-jkmn" in password_note("abcd-efgh-jkmn")
    assert "once" in password_note("abcd-efgh-jkmn")


NETWORKS = (LocalAddress("wlan0", "192.0.2.17"), LocalAddress("eth0", "198.51.100.4"))


@pytest.mark.parametrize(("wanted", "ip"), [
    (None, "192.0.2.17"), ("eth0", "198.51.100.4"), ("198.51.100.4", "198.51.100.4"), ("away", "192.0.2.17"),
])  # fmt: skip
def test_a_wanted_network_is_taken_by_name_or_number_where_it_is_there(wanted: str | None, ip: str) -> None:
    found = chosen(NETWORKS, wanted)
    assert found is not None
    assert found.ip == ip


def test_no_network_is_none() -> None:
    assert chosen((), "wlan0") is None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_server_for_this_machine_alone_is_reached_by_no_phone(host: str) -> None:
    assert is_here_only(host)
    assert reached_at(host, None) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])  # noqa: S104 - nothing is bound
def test_a_server_for_everybody_listens_everywhere(host: str) -> None:
    assert is_everywhere(host)
    assert not is_here_only(host)


def test_a_server_on_one_address_is_reached_there() -> None:
    assert reached_at("192.0.2.5", "wlan0") == "192.0.2.5"
    assert reached_at("fe80::1", None) == "[fe80::1]"
    assert in_url("booth.test") == "booth.test"
