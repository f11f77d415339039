"""The same routes, spoken by other software."""

import pytest
import requests
from doubles.a1111 import a1111
from fake_sd.asking import IMG2IMG, LIMIT_S, get, info, order, paint, pictures


def test_forge_words_refusals_in_one_field_and_breakdowns_not_at_all() -> None:
    with a1111(flavour="forge", next_faults=["out-of-memory"]) as server:
        broken = paint(server)
        refused = paint(server, init_images=None)
    assert (broken.status_code, broken.text) == (500, "Internal Server Error")
    assert broken.headers["Content-Type"].startswith("text/plain")
    assert (refused.status_code, refused.json()) == (404, {"detail": "Init image not found"})


@pytest.mark.parametrize(
    ("value", "kind"),
    [(20.5, "int_from_float"), ("many", "int_parsing"), ([20], "int_type")],
)
def test_forge_takes_no_half_steps_and_says_so_in_the_newer_words(value: object, kind: str) -> None:
    with a1111(flavour="forge") as server:
        answer = paint(server, steps=value)
    (told,) = answer.json()["detail"]
    assert answer.status_code == 422
    assert (told["type"], told["loc"], told["input"]) == (kind, ["body", "steps"], value)


def test_forge_takes_whole_numbers_in_any_dress_but_no_number_for_a_text() -> None:
    with a1111(flavour="forge") as server:
        assert paint(server, steps="20", width=64.0, send_images="yes", cfg_scale=7).status_code == 200
        assert paint(server, prompt=5).json()["detail"][0]["type"] == "string_type"
        assert paint(server, send_images="perhaps").json()["detail"][0]["type"] == "bool_parsing"


def test_forge_is_known_by_its_version_its_options_and_a_route_of_its_own() -> None:
    with a1111(flavour="forge") as server:
        assert info(paint(server))["version"].startswith("f2")
        assert "forge_preset" in get(server, "/sdapi/v1/options").json()
        assert get(server, "/sdapi/v1/sd-modules").status_code == 200
    with a1111() as plain:
        assert "forge_preset" not in get(plain, "/sdapi/v1/options").json()
        assert get(plain, "/sdapi/v1/sd-modules").status_code == 404


def test_forge_asks_for_the_password_except_for_its_progress() -> None:
    with a1111(flavour="forge", auth="booth:secret") as server:
        locked = get(server, "/sdapi/v1/memory")
        assert (locked.status_code, locked.json()) == (401, {"detail": "Not authenticated"})
        assert get(server, "/sdapi/v1/progress").status_code == 200


def test_reforge_speaks_like_a1111() -> None:
    with a1111(flavour="reforge") as server:
        assert paint(server, init_images=None).json()["error"] == "HTTPException"
        assert len(pictures(paint(server))) == 1


def test_sdnext_runs_out_of_memory_with_a_200_and_always_has_its_api() -> None:
    with a1111(flavour="sdnext", api=False, next_faults=["out-of-memory"]) as server:
        answer = paint(server)
        assert (answer.status_code, answer.json()["images"]) == (200, [])
        assert get(server, "/sdapi/v1/version").json()["app"] == "sd.next"


def test_sdnext_refuses_a_sampler_it_does_not_know() -> None:
    with a1111(flavour="sdnext") as server:
        assert paint(server, sampler_name="Made Up").status_code == 404
        assert paint(server).status_code == 200


def test_sdcpp_knows_few_routes_and_says_nothing_about_the_others() -> None:
    with a1111(flavour="sdcpp") as server:
        for name in ("progress", "memory", "cmd-flags", "scripts"):
            answer = get(server, f"/sdapi/v1/{name}")
            assert (answer.status_code, answer.content) == (404, b"")
        for name in ("options", "interrupt"):
            answer = requests.post(f"{server.url}/sdapi/v1/{name}", json={}, timeout=LIMIT_S)
            assert (answer.status_code, answer.content) == (404, b"")
        assert get(server, "/sdapi/v1/sd-models").status_code == 200


def test_sdcpp_paints_and_echoes_the_whole_photo() -> None:
    with a1111(flavour="sdcpp") as server:
        answer = paint(server)
        assert len(pictures(answer)) == 1
        assert answer.json()["parameters"]["init_images"] == order()["init_images"]
        assert "Content-Encoding" not in answer.headers
        assert len(pictures(paint(server, init_images=["rubbish"]))) == 1


@pytest.mark.parametrize(
    ("fields", "status", "keys"),
    [
        ({"prompt": ""}, 400, {"error"}),
        ({"width": 0}, 400, {"error"}),
        ({"steps": "many"}, 500, {"error", "message"}),
    ],
)
def test_sdcpp_words_its_faults_in_its_own_way(
    fields: dict[str, object], status: int, keys: set[str]
) -> None:
    with a1111(flavour="sdcpp") as server:
        answer = paint(server, **fields)
    assert (answer.status_code, set(answer.json())) == (status, keys)


def test_sdcpp_asks_for_no_password() -> None:
    with a1111(flavour="sdcpp", auth="booth:secret") as server:
        assert requests.post(server.url + IMG2IMG, json=order(), timeout=LIMIT_S).status_code == 200
