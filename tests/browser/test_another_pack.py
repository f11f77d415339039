"""Another pack, other styles, three questions with three doors: nothing of it is written into the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.people import PAINTING_S

if TYPE_CHECKING:
    from browser.crowd import Crowd


def test_the_seasons_pack_is_visited_without_a_socket_left_for_the_phone(seasons: Crowd) -> None:
    wall, phone = seasons.wall(locale="en"), seasons.phone(locale="en")
    wall.scene("idle")
    wall.read("Which season are you?")
    wall.look("50-seasons-idle")
    phone.in_bad_weather = True  # the monitor has the only socket there is
    phone.arrive(wall.scanned(plate=1))
    phone.confirm(wall)
    phone.agree()
    phone.introduce("Wren")
    phone.screen("quiz-0")
    wall.scene("quiz")
    assert phone.find(".hand").count() == 3
    assert wall.find(".door").count() == 3
    phone.look("51-seasons-quiz")
    wall.look("51-seasons-quiz")
    phone.answer(2)
    phone.answer(2)
    phone.answer(2)
    wall.scene("painting")
    wall.look("52-seasons-painting", judged=False)
    wall.scene("reveal", PAINTING_S)
    wall.read("The Winter")
    wall.look("53-seasons-reveal")
    phone.screen("result")
    phone.read("The Winter")
    assert phone.find(".keep a").count() == 3
    phone.look("53-seasons-result", whole=True)
    phone.read(phone.say("ticket_ready"), PAINTING_S)


def test_the_code_for_the_network_stands_beside_the_one_for_the_booth(seasons: Crowd) -> None:
    wall = seasons.wall(locale="en")
    wall.scene("idle")
    assert wall.scanned(plate=0) == r"WIFI:T:WPA;S:Café\; \"Grün\"\, 2;P:b\\rush\:stroke;;"
    assert wall.scanned(plate=1).startswith(f"{seasons.house.public}/j/")
