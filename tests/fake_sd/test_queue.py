"""One at a time, in the order of arrival, whoever still waits."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
import requests
from doubles.a1111 import Double, a1111
from fake_sd.asking import IMG2IMG, LIMIT_S, clients, get, got, info, order, paint, photo, pictures, progress


def has_in_hand(server: Double, many: int) -> Callable[[], bool]:
    return lambda: server.in_hand == many


def test_paintings_are_done_one_after_the_other_in_the_order_of_arrival() -> None:
    with a1111(held_at=0.5) as server, clients(4) as pool:
        asked = []
        for number in range(4):
            asked.append(pool.submit(paint, server, seed=number))
            server.until(has_in_hand(server, number + 1))
        assert server.works == []
        assert server.most_at_once == 4
        server.behave(held_at=None)
        assert [got(each).status_code for each in asked] == [200] * 4
        assert [work.seed for work in server.works] == [0, 1, 2, 3]
        assert server.in_hand == 0


def test_a_client_that_hangs_up_leaves_the_work_behind() -> None:
    with a1111(held_at=0.5) as server:
        with suppress(requests.exceptions.ReadTimeout):
            requests.post(server.url + IMG2IMG, json=order(), timeout=(LIMIT_S, 0.05))
        server.until(lambda: server.in_hand == 1)
        server.until(lambda: progress(server)["state"]["job"] == "scripts_img2img")
        assert server.awaiting == 0
        server.behave(held_at=None)
        server.until(lambda: len(server.works) == 1)


def test_asking_again_after_hanging_up_doubles_the_load_but_not_the_waiting() -> None:
    with a1111(held_at=0.5) as server:
        for expected in (1, 2):
            with suppress(requests.exceptions.ReadTimeout):
                requests.post(server.url + IMG2IMG, json=order(), timeout=(LIMIT_S, 0.05))
            server.until(has_in_hand(server, expected))
        assert server.most_at_once == 1


def test_captions_stand_in_the_same_line() -> None:
    with a1111(held_at=0.5) as server, clients(2) as pool:
        painting = pool.submit(paint, server)
        server.until(lambda: progress(server)["state"]["job_count"] == 1)
        ask = f"{server.url}/sdapi/v1/interrogate"
        caption = pool.submit(requests.post, ask, json={"image": photo()}, timeout=LIMIT_S)
        server.until(lambda: len(server.asked("/sdapi/v1/interrogate")) == 1)
        assert not caption.done()
        server.behave(held_at=None)
        assert "caption" in got(caption).json()
        assert got(painting).status_code == 200


def test_forty_waiting_requests_leave_no_thread_for_anything_else() -> None:
    with a1111(held_at=0.5) as server, clients(40) as pool:
        asked = [pool.submit(paint, server) for _ in range(39)]
        server.until(lambda: server.in_hand == 39)
        assert get(server, "/sdapi/v1/memory").status_code == 200
        asked.append(pool.submit(paint, server))
        server.until(lambda: server.in_hand == 40)
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(f"{server.url}/sdapi/v1/memory", timeout=(LIMIT_S, 0.2))
        # What the server finds no route for needs no thread.
        assert get(server, "/nowhere").status_code == 404
        server.behave(dead=True)
        for each in asked:
            assert isinstance(each.exception(LIMIT_S), requests.exceptions.ConnectionError)


def test_without_work_progress_says_so() -> None:
    with a1111() as server:
        paint(server)
        told = progress(server)
    assert (told["progress"], told["eta_relative"]) == (0.0, 0.0)
    assert (told["state"]["job"], told["state"]["job_count"]) == ("", 0)


def test_progress_counts_the_steps_that_are_really_made() -> None:
    with a1111(held_at=0.51) as server, clients(1) as pool:
        painting = pool.submit(paint, server, steps=20, denoising_strength=0.75)
        server.until(lambda: progress(server)["state"]["sampling_step"] == 8)
        told = progress(server)
        assert told["progress"] == pytest.approx(0.51)
        assert told["eta_relative"] > 0
        assert set(told) == {"progress", "eta_relative", "state", "current_image", "textinfo"}
        assert told["state"] | {"job_timestamp": ""} == {
            "skipped": False, "interrupted": False, "stopping_generation": False,
            "job": "scripts_img2img", "job_count": 1, "job_timestamp": "", "job_no": 0,
            "sampling_step": 8, "sampling_steps": 16,
        }  # fmt: skip
        server.behave(held_at=None)
        assert got(painting).status_code == 200


def test_early_in_a_job_progress_still_has_the_steps_of_the_job_before() -> None:
    with a1111() as server, clients(1) as pool:
        paint(server, steps=40, denoising_strength=0.5)
        server.behave(held_at=0.01)
        painting = pool.submit(paint, server, steps=20)
        server.until(lambda: progress(server)["state"]["job"])
        state = progress(server)["state"]
        assert (state["sampling_steps"], state["sampling_step"], state["job_count"]) == (21, 0, -1)
        server.behave(dead=True)
        assert painting.exception(LIMIT_S) is not None


def test_an_interrupt_ends_the_painting_of_whoever_is_in_work_unfinished() -> None:
    with a1111(held_at=0.5) as server, clients(2) as pool:
        painting = pool.submit(paint, server)
        server.until(lambda: progress(server)["state"]["job_count"] != 0)
        answer = requests.post(f"{server.url}/sdapi/v1/interrupt", timeout=LIMIT_S)
        assert (answer.status_code, answer.json()) == (200, {})
        assert len(pictures(got(painting))) == 1
        assert server.works[0].interrupted


def test_an_interrupt_of_nothing_spoils_nothing() -> None:
    with a1111() as server:
        requests.post(f"{server.url}/sdapi/v1/interrupt", timeout=LIMIT_S)
        paint(server)
        assert not server.works[0].interrupted


def test_a_painting_takes_its_seconds() -> None:
    with a1111(seconds=0.2) as server:
        began = time.monotonic()
        paint(server)
        assert time.monotonic() - began >= 0.2
        assert server.works[0].seconds >= 0.2


def test_the_first_model_and_every_other_one_take_their_time_under_the_lock() -> None:
    with a1111(load_s=0.5, swap_s=0.1, models=["one", "two"]) as server:
        wanted = {"sd_model_checkpoint": "two.safetensors [31e35c80fc]"}
        for settings in ({}, {}, wanted, {}):
            paint(server, override_settings=settings)
        first, second, third, fourth = server.works
        assert (first.model, third.model, fourth.model) == ("one", "two", "one")
        assert first.seconds >= 0.5 > second.seconds
        # What was overridden is restored in the options at once, in memory by the next painting.
        assert third.seconds >= 0.1
        assert fourth.seconds >= 0.1


def test_without_restoring_the_model_stays() -> None:
    with a1111(models=["one", "two"]) as server:
        wanted = {"sd_model_checkpoint": "two"}
        paint(server, override_settings=wanted, override_settings_restore_afterwards=False)
        assert get(server, "/sdapi/v1/options").json()["sd_model_checkpoint"].startswith("two")
        assert info(paint(server))["sd_model_name"] == "two"


def test_too_many_pixels_break_the_memory_and_it_stays_broken_until_a_restart() -> None:
    with a1111(memory_pixels=64 * 96) as server:
        assert paint(server).status_code == 200
        assert paint(server, batch_size=2).json()["error"] == "OutOfMemoryError"
        assert paint(server).status_code == 500
        assert paint(server, width=32, height=48).status_code == 200
        server.restart()
        assert paint(server).status_code == 200
