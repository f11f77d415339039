"""A visitor's phone over plain HTTP, up to where its socket takes over."""

import io
import time
from dataclasses import dataclass
from itertools import count
from typing import Any

import requests
from PIL import Image

VISIT = "articket_visit"
WITHIN_S = 20.0
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """An open visit and the secret of its phone."""

    address: str
    cookies: dict[str, str]

    def snapshot(self) -> dict[str, Any]:
        """Return what the phone shows."""
        return get_snapshot(self.address, "phone", self.cookies)

    def press(self, kind: str, **fields: object) -> dict[str, Any]:
        """Send a command and return its ack."""
        body = {"role": "phone", "cmd_id": f"press-{next(numbers)}", "type": kind, **fields}
        answer = requests.post(
            f"{self.address}/api/v1/commands", json=body, cookies=self.cookies, timeout=WITHIN_S
        )
        return dict(answer.json())

    def agree(self) -> dict[str, Any]:
        """Give consent."""
        return self.press("consent", version=version_of(self.snapshot()), gallery=False, guardian=False)

    def confirm(self) -> dict[str, Any]:
        """Choose the picture that hangs on the monitor."""
        hung = get_snapshot(self.address, "monitor")["view"]["wall"]["url"]
        offered = self.snapshot()["view"]["pictures"]
        return self.press("confirm", picture=next(each["id"] for each in offered if each["url"] == hung))

    def send_photo(self) -> int:
        """Send a small photo and return the answer's status."""
        out = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").resize((600, 900)).save(out, "JPEG")
        return requests.put(
            f"{self.address}/api/v1/visit/photos/1",
            data=out.getvalue(),
            cookies=self.cookies,
            timeout=WITHIN_S,
        ).status_code


TOO_MANY = 429
PAUSE_S = 0.6
TRIES = 20


def join(address: str, path: str) -> Visitor:
    """Scan the code, press the button, keep the cookie."""
    with requests.Session() as browser:
        browser.get(address + path, timeout=WITHIN_S, allow_redirects=False).raise_for_status()
        for _ in range(TRIES):
            answer = browser.post(
                f"{address}/join", data={"locale": "en"}, timeout=WITHIN_S, allow_redirects=False
            )
            if answer.status_code != TOO_MANY:
                break
            time.sleep(PAUSE_S)  # the booth takes so many at once, then two a second
        answer.raise_for_status()
        return Visitor(address, {VISIT: str(browser.cookies[VISIT])})


def get_snapshot(address: str, role: str, cookies: dict[str, str] | None = None) -> dict[str, Any]:
    """Return a snapshot by plain HTTP."""
    answer = requests.get(f"{address}/api/v1/snapshot", {"role": role}, cookies=cookies, timeout=WITHIN_S)
    answer.raise_for_status()
    return dict(answer.json())


def version_of(snapshot: dict[str, Any]) -> str:
    """Return the version of the words that a visitor agrees to."""
    return str(snapshot["view"]["consent_version"])
