"""Asking the double as plainly as HTTP can."""

import io
import json
from pathlib import Path
from typing import Any

import requests
from doubles.comfyui import ComfyUi
from PIL import Image

HOUSE = Path(__file__).resolve().parents[2] / "experiences" / "painters" / "workflows" / "portrait.json"
LIMIT_S = 20


def graph(**inputs: Any) -> dict[str, Any]:
    """Return the house's workflow without its ControlNet; `node_input` changes that input."""
    made: dict[str, Any] = json.loads(HOUSE.read_text())
    for node in ("5", "6", "7"):
        del made[node]
    made["9"]["inputs"].update(positive=["3", 0], negative=["4", 0])
    for key, value in inputs.items():
        node, _, name = key.removeprefix("n").partition("_")
        made[node]["inputs"][name] = value
    return made


def photo(size: tuple[int, int] = (96, 144), colour: str = "#3060a0") -> bytes:
    picture = Image.new("RGB", size, colour)
    picture.paste("#f0c090", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def ask(double: ComfyUi, path: str, **query: str) -> requests.Response:
    return requests.get(double.url + path, params=query, timeout=LIMIT_S)


def tell(double: ComfyUi, path: str, body: object) -> requests.Response:
    return requests.post(double.url + path, json=body, timeout=LIMIT_S)


def upload(double: ComfyUi, data: bytes | None = None, name: str = "photo.jpg", **fields: str) -> Any:
    files = {"image": (name, data or photo(), "image/jpeg")}
    return requests.post(double.url + "/upload/image", files=files, data=fields, timeout=LIMIT_S).json()


def order(double: ComfyUi, made: dict[str, Any] | None = None) -> str:
    answer = tell(double, "/prompt", {"prompt": made or graph(), "client_id": "test"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["prompt_id"])


def past(double: ComfyUi, prompt_id: str) -> Any:
    double.machine.wait_for(lambda: prompt_id in double.machine.history)
    return ask(double, f"/history/{prompt_id}").json()[prompt_id]


def refused(double: ComfyUi, made: object) -> Any:
    answer = tell(double, "/prompt", {"prompt": made})
    assert answer.status_code == 400
    assert not double.works
    return answer.json()
