"""Who stands at a booth: visitors with phones, the wall's browser, staff with a tablet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from browser.installation import PASSWORD, until
from browser.photographs import astronaut
from browser.screen import Screen
from doubles.camera import read_code
from playwright.sync_api import FilePayload

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAINTING_S = 90.0
CURRENT = "() => document.body.dataset.scene ?? document.querySelector('[data-screen]')?.dataset.screen"


@dataclass
class Wall(Screen):
    """The monitor."""

    def scene(self, name: str, within_s: float = 15.0) -> None:
        """Wait until this scene stands on the wall."""
        self.page.locator(f"body[data-scene='{name}'] main.scene").wait_for(timeout=within_s * 1000)

    def scanned(self, plate: int = 0) -> str:
        """What a phone's camera reads off one of the plates, from a picture of the whole monitor."""
        self.see(".plate img")
        self.settle()

        def decoded() -> list[str]:
            shot = np.frombuffer(self.page.screenshot(), np.uint8)
            picture: NDArray[np.uint8] | None = cv2.imdecode(shot, cv2.IMREAD_GRAYSCALE)  # type: ignore[assignment]
            assert picture is not None
            texts = []
            for box in self.page.locator(".plate").all():
                area = box.bounding_box()
                assert area is not None
                left, top = max(0, int(area["x"]) - 8), max(0, int(area["y"]) - 8)
                right, bottom = int(area["x"] + area["width"]) + 8, int(area["y"] + area["height"]) + 8
                texts.append(read_code(picture[top:bottom, left:right]))
            return texts if all(texts) else []

        return str(until(decoded, 15, "the codes on the monitor can be read")[plate])

    def hung(self) -> str:
        """The address of the picture that hangs on the wall during a call."""
        self.scene("calling")
        address = self.see(".calling .hung img").get_attribute("src")
        assert address is not None
        return address


@dataclass
class Visitor(Screen):
    """A phone and who holds it."""

    def screen(self, name: str, within_s: float = 15.0) -> None:
        """Wait until this screen is in the hand."""
        self.page.locator(f"[data-screen='{name}']").wait_for(timeout=within_s * 1000)

    @property
    def current(self) -> str:
        return str(self.page.evaluate(CURRENT))

    def arrive(self, address: str) -> None:
        """Open what the code says, and go in."""
        self.page.goto(address)
        self.see("[data-main]").click()
        self.page.locator("[data-screen]").wait_for()

    def scan(self, wall: Wall) -> None:
        """Scan the code on the wall, and go in."""
        self.arrive(wall.scanned())

    def confirm(self, wall: Wall) -> None:
        """Press the picture that hangs on the wall."""
        self.screen("called", 30)
        self.find(f".wall-pick:has(img[src='{wall.hung()}'])").click()
        self.page.wait_for_function(f"() => ({CURRENT})() !== 'called'")

    def agree(self, *, gallery: bool = False) -> None:
        self.screen("consent")
        if gallery:
            self.find(".tick input").check()
        self.press(self.say("agree"))
        self.screen("photo")

    def choose(self, photo: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> None:
        """Choose a file as the camera or the album would give it."""
        self.find("input[type=file]").first.set_input_files(
            FilePayload(name=name, mimeType=kind, buffer=photo)
        )

    def introduce(self, name: str, photo: bytes | None = None) -> None:
        """Give name and photo and send both."""
        self.screen("photo")
        self.find("input[name=name]").fill(name)
        self.choose(photo or astronaut())
        self.press(self.say("send"))
        self.page.wait_for_function(f"() => ({CURRENT})() !== 'photo'", timeout=30_000)

    def answer(self, door: int = 0) -> None:
        """Go through a door of the room where the visitor stands."""
        room = self.current
        assert room.startswith("quiz-"), room
        self.find(".hand").nth(door).click()
        self.page.wait_for_function(f"() => ({CURRENT})() !== '{room}'", timeout=20_000)

    def answer_all(self, door: int = 0) -> None:
        """Walk through all rooms that are left."""
        while self.current.startswith("quiz-"):
            self.answer(door)

    def walk_in(self, wall: Wall, name: str, photo: bytes | None = None) -> None:
        """From the code to the first room of the quiz, at a free monitor."""
        self.scan(wall)
        self.confirm(wall)
        self.agree()
        self.introduce(name, photo)
        self.screen("quiz-0")

    def line_up(self, address: str, name: str, photo: bytes | None = None) -> None:
        """From the code to a place in line, where the monitor is taken."""
        self.arrive(address)
        self.agree()
        self.introduce(name, photo)

    @property
    def snapshot(self) -> dict[str, Any]:
        """What the server would tell this phone now."""
        found: dict[str, Any] = self.fetched("/api/v1/snapshot?role=phone").json()
        return found


@dataclass
class Staff(Screen):
    """The desk."""

    def sign_in(self, address: str | None = None, path: str = "/staff") -> None:
        """Open the console, or another page of staff, with the password."""
        self.page.goto(f"{address or self.house.public}{path}")
        self.find("input[type=password]").fill(PASSWORD)
        self.press(self.say("login_enter"))
        self.see("main .counts", 30)

    def row(self, name: str) -> str:
        """The selector of a visit's row."""
        return f".rows li:has(.name:has-text('{name}'))"

    @property
    def desk(self) -> str:
        """What this desk is called."""
        return self.see(".desks li:has(em) b").inner_text()

    def do(self, name: str, text: str) -> None:
        """Press a button or link in a visit's row."""
        self.see(f"{self.row(name)} :is(button, a):has-text('{text}')").click()
