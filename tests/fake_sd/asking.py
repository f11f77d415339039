"""What tests send to the stand-in, and how they look at what comes back."""

import base64
import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import requests
from doubles.a1111 import Double
from PIL import Image

LIMIT_S = 20.0
IMG2IMG = "/sdapi/v1/img2img"


def photo(width: int = 48, height: int = 64, colour: tuple[int, int, int] = (180, 120, 90)) -> str:
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


def order(**fields: Any) -> dict[str, Any]:
    usual = {"init_images": [photo()], "prompt": "a portrait", "steps": 20, "width": 64, "height": 96}
    return {**usual, "sampler_name": "Euler a", "seed": 7} | fields


def paint(double: Double, **fields: Any) -> requests.Response:
    return requests.post(double.url + IMG2IMG, json=order(**fields), timeout=LIMIT_S)


def get(double: Double, path: str, **more: Any) -> requests.Response:
    return requests.get(double.url + path, timeout=LIMIT_S, **more)


def progress(double: Double) -> Any:
    return get(double, "/sdapi/v1/progress?skip_current_image=true").json()


def pictures(response: requests.Response) -> list[Image.Image]:
    assert response.status_code == 200, response.text[:200]
    opened: list[Image.Image] = [
        Image.open(BytesIO(base64.b64decode(each))) for each in response.json()["images"]
    ]
    for each in opened:
        each.load()
    return opened


def spread(picture: Image.Image) -> int:
    low, high = picture.convert("L").getextrema()
    assert isinstance(low, int)
    assert isinstance(high, int)
    return high - low


def info(response: requests.Response) -> Any:
    return json.loads(response.json()["info"])


@contextmanager
def clients(many: int = 4) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(many) as pool:
        yield pool


def got(future: "Future[requests.Response]") -> requests.Response:
    return future.result(LIMIT_S)
