import base64
import json

import requests
from doubles.a1111 import a1111
from fake_sd.asking import IMG2IMG, LIMIT_S, info, order, paint, photo, pictures, spread

TOLD = {
    "prompt", "all_prompts", "negative_prompt", "seed", "all_seeds", "subseed", "width", "height",
    "sampler_name", "cfg_scale", "steps", "batch_size", "sd_model_name", "sd_model_hash",
    "denoising_strength", "extra_generation_params", "index_of_first_image", "infotexts",
    "job_timestamp", "clip_skip", "version",
}  # fmt: skip


def test_a_painting_is_a_png_of_the_size_asked_for() -> None:
    with a1111() as server:
        (painting,) = pictures(paint(server, width=832, height=1216))
    assert (painting.format, painting.size) == ("PNG", (832, 1216))


def test_even_a_photo_of_one_colour_becomes_a_painting_with_contrast() -> None:
    with a1111() as server:
        (painting,) = pictures(paint(server))
    assert spread(painting) > 30


def test_the_photo_shows_through() -> None:
    with a1111() as server:
        dark, bright = (
            pictures(paint(server, init_images=[photo(colour=(shade,) * 3)]))[0].resize((1, 1))
            for shade in (20, 230)
        )
    assert dark.convert("L").getpixel((0, 0)) < bright.convert("L").getpixel((0, 0))  # type: ignore[operator]


def test_sizes_are_cut_down_to_multiples_of_eight() -> None:
    with a1111() as server:
        (painting,) = pictures(paint(server, width=100, height=70))
    assert painting.size == (96, 64)


def test_the_answer_tells_what_was_done() -> None:
    with a1111() as server:
        answer = paint(server, seed=4711, prompt="a pear")
    told = info(answer)
    assert set(told) >= TOLD
    assert (told["seed"], told["all_seeds"], told["prompt"]) == (4711, [4711], "a pear")
    assert (told["sampler_name"], told["version"]) == ("Euler a", "1.10.1")
    assert (told["sd_model_name"], told["sd_model_hash"]) == ("sd_xl_base_1.0", "31e35c80fc")


def test_the_fields_are_echoed_with_their_defaults_but_without_the_photo() -> None:
    with a1111() as server:
        echoed = paint(server, no_such_field=1).json()["parameters"]
    assert echoed["init_images"] is None
    assert (echoed["width"], echoed["cfg_scale"], echoed["sampler_index"]) == (64, 7.0, "Euler")
    assert "no_such_field" not in echoed


def test_the_photo_comes_back_for_whoever_asks_for_it() -> None:
    with a1111() as server:
        echoed = paint(server, include_init_images=True).json()["parameters"]
    assert echoed["init_images"] == [photo()]


def test_a_data_url_is_taken_as_well() -> None:
    with a1111() as server:
        answer = paint(server, init_images=[f"data:image/jpeg;base64,{photo()}"])
    assert len(pictures(answer)) == 1


def test_without_a_seed_each_painting_gets_one() -> None:
    with a1111() as server:
        seeds = {info(paint(server, seed=-1))["seed"] for _ in range(3)}
    assert len(seeds) == 3
    assert min(seeds) >= 0


def test_the_same_seed_paints_otherwise_after_another_job() -> None:
    with a1111() as server:
        first, _, second = (paint(server, seed=seed).json()["images"] for seed in (5, 99, 5))
    assert first != second


def test_a_batch_gives_as_many_pictures() -> None:
    with a1111() as server:
        answer = paint(server, batch_size=2, n_iter=2, seed=5)
    assert len(pictures(answer)) == 4
    assert info(answer)["all_seeds"] == [5, 6, 7, 8]


def test_controlnet_appends_its_map_where_it_is_installed() -> None:
    unit = {"enabled": True, "module": "canny", "model": "diffusers_xl_canny_full", "weight": 0.6}
    with a1111(controlnets=["diffusers_xl_canny_full [2b69fca4]"]) as server:
        answer = paint(server, alwayson_scripts={"ControlNet": {"args": [unit]}})
        assert len(pictures(answer)) == 2
        assert server.works[0].controlnets == ("diffusers_xl_canny_full",)


def test_long_answers_are_packed_for_whoever_takes_them_so() -> None:
    with a1111() as server:
        body = json.dumps(order()).encode()
        ask = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        packed = requests.post(server.url + IMG2IMG, body, headers=ask, timeout=LIMIT_S)
        plain = requests.post(
            server.url + IMG2IMG, body, headers={**ask, "Accept-Encoding": "identity"}, timeout=LIMIT_S
        )
        short = requests.get(f"{server.url}/internal/ping", timeout=LIMIT_S)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in short.headers
    assert base64.b64decode(packed.json()["images"][0])[:4] == b"\x89PNG"


def test_the_double_remembers_what_came_without_the_pictures() -> None:
    with a1111() as server:
        paint(server, prompt="a pear")
        (asked,) = server.requests
        assert (asked.method, asked.path) == ("POST", IMG2IMG)
        assert asked.body["prompt"] == "a pear"
        assert asked.body["init_images"] == [f"<{len(photo())} characters>"]
        assert asked.headers["content-type"] == "application/json"
        (work,) = server.works
        assert (work.asked["prompt"], work.size, work.seed) == ("a pear", (64, 96), 7)
