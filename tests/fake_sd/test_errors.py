"""The bodies of A1111's refusals and breakdowns, to the letter."""

from typing import Any

import pytest
import requests
from doubles.a1111 import a1111
from fake_sd.asking import IMG2IMG, LIMIT_S, get, paint, photo

NO_INTEGER = {"loc": ["body", "steps"], "msg": "value is not a valid integer", "type": "type_error.integer"}


def http_exception(detail: str) -> dict[str, str]:
    return {"error": "HTTPException", "detail": detail, "body": "", "errors": ""}


def crash(error: str, errors: str) -> dict[str, str]:
    return {"error": error, "detail": "", "body": "", "errors": errors}


DIVISION = crash("ZeroDivisionError", "integer division or modulo by zero")


@pytest.mark.parametrize(
    ("fields", "status", "body"),
    [
        ({"steps": [20]}, 422, {"detail": [NO_INTEGER]}),
        ({"steps": "many"}, 422, {"detail": [NO_INTEGER]}),
        ({"init_images": None}, 404, http_exception("Init image not found")),
        ({"init_images": ["rubbish"]}, 500, http_exception("Invalid encoded image")),
        ({"init_images": ["data:image/png;base64,AAAA"]}, 500, http_exception("Invalid encoded image")),
        ({"mask": "rubbish"}, 500, http_exception("Invalid encoded image")),
        ({"script_name": "No Such"}, 422, http_exception("Script 'No Such' not found")),
        ({"alwayson_scripts": {"ControlNet": {}}}, 422, http_exception("Script 'ControlNet' not found")),
        ({"width": 0}, 500, DIVISION),
        ({"width": None}, 500, DIVISION),
        ({"steps": 0}, 500, DIVISION),
        ({"init_images": [7]}, 500, crash("AttributeError", "'int' object has no attribute 'startswith'")),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_request_is_said_as_a1111_says_it(
    fields: dict[str, Any], status: int, body: dict[str, Any]
) -> None:
    with a1111() as server:
        answer = paint(server, **fields)
        assert (answer.status_code, answer.json()) == (status, body)
        assert server.works == []
        assert paint(server).status_code == 200


def test_several_wrong_fields_are_told_together() -> None:
    with a1111() as server:
        told = paint(server, width="wide", prompt={}, send_images="perhaps", alwayson_scripts=[]).json()[
            "detail"
        ]
    assert {(each["loc"][1], each["type"]) for each in told} == {
        ("width", "type_error.integer"),
        ("prompt", "type_error.str"),
        ("send_images", "type_error.bool"),
        ("alwayson_scripts", "type_error.dict"),
    }


def test_values_of_other_types_are_taken_where_they_can_be_read() -> None:
    with a1111() as server:
        answer = paint(server, steps="20", width=64.9, cfg_scale="6.5", prompt=5, send_images="yes")
    assert answer.status_code == 200
    echoed = answer.json()["parameters"]
    assert [echoed[name] for name in ("steps", "width", "cfg_scale", "prompt", "send_images")] == [
        20, 64, 6.5, "5", True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b"", "application/json", "value_error.missing"),
        (b"{", "application/json", "value_error.jsondecode"),
        (b"[]", "application/json", "type_error.dict"),
        (b"{}", "text/plain", "type_error.dict"),
    ],
)
def test_a_body_that_is_no_object_is_refused(body: bytes, kind: str, told: str) -> None:
    with a1111() as server:
        answer = requests.post(server.url + IMG2IMG, body, headers={"Content-Type": kind}, timeout=LIMIT_S)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == told


@pytest.mark.parametrize(
    ("fault", "error"),
    [("out-of-memory", "OutOfMemoryError"), ("nan", "NansException"), ("crash", "RuntimeError")],
)
def test_a_breakdown_is_a_500_with_its_name(fault: str, error: str) -> None:
    with a1111(next_faults=[fault]) as server:
        answer = paint(server)
        told = answer.json()
        assert answer.status_code == 500
        assert (told["error"], told["detail"], told["body"]) == (error, "", "")
        assert told["errors"]
        assert server.works == []


def test_a_password_is_asked_for_without_the_header_that_browsers_need() -> None:
    with a1111(auth="booth:secret") as server:
        address = f"{server.url}/sdapi/v1/memory"
        bare = requests.get(address, timeout=LIMIT_S)
        wrong = requests.get(address, auth=("booth", "wrong"), timeout=LIMIT_S)
        right = requests.get(address, auth=("booth", "secret"), timeout=LIMIT_S)
        page = requests.get(server.url, timeout=LIMIT_S)
    assert (bare.status_code, bare.json()) == (401, http_exception("Not authenticated"))
    assert (wrong.status_code, wrong.json()) == (401, http_exception("Incorrect username or password"))
    assert "WWW-Authenticate" not in {*bare.headers, *wrong.headers}
    assert (right.status_code, page.status_code) == (200, 200)


def test_without_the_api_flag_no_route_of_the_api_exists() -> None:
    with a1111(api=False) as server:
        answers = [
            get(server, f"/sdapi/v1/{name}") for name in ("memory", "options", "progress", "sd-models")
        ]
        answers.append(paint(server))
        page = get(server, "/")
    assert {(each.status_code, each.text) for each in answers} == {(404, '{"detail":"Not Found"}')}
    assert page.status_code == 200


def test_a_wrong_method_is_a_405() -> None:
    with a1111() as server:
        assert get(server, IMG2IMG).status_code == 405
        assert requests.post(f"{server.url}/sdapi/v1/memory", timeout=LIMIT_S).status_code == 405


def test_an_address_as_photo_is_never_fetched() -> None:
    with a1111() as server:
        answer = paint(server, init_images=["http://192.0.2.1/photo.jpg"])
    assert answer.json() == http_exception("Invalid image url")


def test_captions_are_refused_like_paintings() -> None:
    with a1111() as server:
        ask = f"{server.url}/sdapi/v1/interrogate"
        none = requests.post(ask, json={}, timeout=LIMIT_S)
        unknown = requests.post(ask, json={"image": photo(), "model": "blip9"}, timeout=LIMIT_S)
    assert (none.status_code, none.json()) == (404, http_exception("Image not found"))
    assert (unknown.status_code, unknown.json()) == (404, http_exception("Model not found"))
