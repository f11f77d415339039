import pytest
import requests
from doubles.a1111 import a1111
from fake_sd.asking import LIMIT_S, get, paint, photo


def test_the_lists_name_what_is_installed() -> None:
    with a1111(models=["pony_xl"], loras=["oil"], samplers=["Euler"], controlnets=["canny [1]"]) as server:
        models = get(server, "/sdapi/v1/sd-models").json()
        loras = get(server, "/sdapi/v1/loras").json()
        samplers = get(server, "/sdapi/v1/samplers").json()
        scripts = get(server, "/sdapi/v1/scripts").json()
        controlnets = get(server, "/controlnet/model_list").json()
    assert [each["model_name"] for each in models] == ["pony_xl"]
    assert models[0]["title"] == "pony_xl.safetensors [31e35c80fc]"
    assert [each["name"] for each in loras] == ["oil"]
    assert [each["name"] for each in samplers] == ["Euler"]
    assert "controlnet" in scripts["img2img"]
    assert controlnets == {"model_list": ["canny [1]"]}


def test_without_controlnet_neither_list_knows_it() -> None:
    with a1111() as server:
        assert "controlnet" not in get(server, "/sdapi/v1/scripts").json()["img2img"]
        assert get(server, "/controlnet/model_list").status_code == 404


def test_memory_is_told_of_the_machine_and_of_its_card() -> None:
    with a1111() as server:
        told = get(server, "/sdapi/v1/memory").json()
        server.behave(has_gpu=False)
        without = get(server, "/sdapi/v1/memory").json()
    card = told["cuda"]["system"]
    assert card["free"] + card["used"] == card["total"] == 24 * 2**30
    assert set(without["ram"]) == {"free", "used", "total"}
    assert without["cuda"] == {"error": "unavailable"}


def test_options_tell_the_model_and_keep_what_is_posted() -> None:
    with a1111(models=["first", "second"]) as server:
        address = f"{server.url}/sdapi/v1/options"
        assert get(server, "/sdapi/v1/options").json()["sd_model_checkpoint"].startswith("first")
        done = requests.post(address, json={"sd_model_checkpoint": "second"}, timeout=LIMIT_S)
        assert (done.status_code, done.json()) == (200, None)
        assert get(server, "/sdapi/v1/options").json()["sd_model_checkpoint"].startswith("second")
        paint(server)
        assert server.works[0].model == "second"


@pytest.mark.parametrize("options", [{"sd_model_checkpoint": "nobody"}, {"no_such_key": 1}])
def test_options_break_down_on_what_they_do_not_know(options: dict[str, object]) -> None:
    with a1111() as server:
        answer = requests.post(f"{server.url}/sdapi/v1/options", json=options, timeout=LIMIT_S)
    assert answer.status_code == 500
    assert answer.json()["error"]


def test_a_caption_is_told_and_a_failure_is_a_200_with_a_word_in_it() -> None:
    with a1111(caption="a pear on a table") as server:
        ask = f"{server.url}/sdapi/v1/interrogate"
        fine = requests.post(ask, json={"image": photo()}, timeout=LIMIT_S)
        server.behave(caption_fails=True)
        failed = requests.post(ask, json={"image": photo(), "model": "clip"}, timeout=LIMIT_S)
    assert fine.json() == {"caption": "a pear on a table"}
    assert failed.status_code == 200
    assert "<error>" in failed.json()["caption"]


def test_the_ping_and_the_page_go_with_the_page_for_people() -> None:
    with a1111() as server:
        assert get(server, "/internal/ping").json() == {}
        assert "text/html" in get(server, "/").headers["Content-Type"]
        server.behave(webui=False)
        assert get(server, "/internal/ping").json() == {"detail": "Not Found"}
        assert get(server, "/").status_code == 404
        assert get(server, "/sdapi/v1/memory").status_code == 200


def test_below_a_path_everything_is_there_and_nothing_beside_it() -> None:
    with a1111(prefix="/painters/one") as server:
        assert server.url.endswith("/painters/one")
        assert get(server, "/sdapi/v1/memory").status_code == 200
        beside = f"http://{server.host}:{server.port}/sdapi/v1/memory"
        assert requests.get(beside, timeout=LIMIT_S).status_code == 404


def test_the_schema_names_the_routes() -> None:
    with a1111() as server:
        assert "/sdapi/v1/img2img" in get(server, "/openapi.json").json()["paths"]
        server.behave(api=False)
        assert "/sdapi/v1/img2img" not in get(server, "/openapi.json").json()["paths"]
