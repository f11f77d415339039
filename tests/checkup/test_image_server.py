"""The organiser's check of an image server, against a stand-in on a real port."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from time import monotonic

import pytest
from doubles.a1111 import a1111
from doubles.experiences import style
from PIL import Image

from articket.adapters.servers.servers import HttpImageServers
from articket.application.checkup.image_server import Candidate, ServerCheck
from articket.application.checkup.line import Line, State
from articket.domain.experience import ControlNet, Lora, Parameters, Style
from articket.domain.fleet.server import Address, Kind

XL = Parameters("DPM++ 2M", "Karras", 30, 6.5, 0.6, 832, 1216)
SMALL = Parameters("Euler a", "Automatic", 20, 7.0, 0.5, 512, 768)
LORA = Lora("articket-vangogh-xl", 0.8, "sdxl")
STYLE = replace(style("sea", "sky", "sun"), loras=(LORA,), parameters={"sdxl": XL, "sd15": SMALL})
GIB = 2**30


def photo(size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.radial_gradient("L").convert("RGB").resize(size).save(out, "JPEG")
    return out.getvalue()


def looked_over(where: str | Address, *styles: Style, paint_s: float = 20.0) -> dict[str, Line]:
    """Return the lines of a check by the last word of their subject."""
    check = ServerCheck(HttpImageServers(), styles or (STYLE,), photo, paint_s)
    return {line.subject.rpartition(": ")[2]: line for line in check.run(Candidate("Server 1", where))}


def test_a_server_with_everything_is_fine_line_by_line_and_paints_one_tiny_picture() -> None:
    with a1111() as server:
        lines = looked_over(server.url)
        (asked,) = server.asked("/sdapi/v1/img2img")
    assert {name: line.state for name, line in lines.items()} == dict.fromkeys(
        ("Server 1", "memory", "model", "LoRAs", "samplers", "painting"), State.OK
    )
    assert lines["Server 1"].found == f"{server.url} answers: A1111."
    assert "24.0 GiB are free" in lines["memory"].found
    assert "taken for sdxl" in lines["model"].found
    assert "128 x 192 px, 4 steps) took" in lines["painting"].found
    assert (asked["width"], asked["height"], asked["steps"]) == (128, 192, 4)
    assert asked["sampler_name"] == "DPM++ 2M"
    assert "<lora:articket-vangogh-xl:0.8>" in asked["prompt"]


def test_a_server_without_its_api_is_told_how_to_start() -> None:
    with a1111(api=False) as server:
        lines = looked_over(server.url)
    assert list(lines) == ["Server 1"]
    assert lines["Server 1"].state is State.BAD
    assert "--api" in lines["Server 1"].fix


def test_a_locked_server_asks_for_credentials_and_takes_them_from_the_address() -> None:
    with a1111(auth="artist:sunflower") as server:
        shut = looked_over(server.url)["Server 1"]
        wrong = looked_over(f"http://artist:wrong-secret@{server.host}:{server.port}")["Server 1"]
        fine = looked_over(f"http://artist:sunflower@{server.host}:{server.port}")
    assert shut.state is wrong.state is State.BAD
    assert "https://user:password@host" in shut.fix
    assert all(line.state is State.OK for line in fine.values())
    assert not [word for word in ("sunflower", "wrong-secret") if word in f"{wrong}{fine}"]


def test_nobody_there_is_told_with_the_address_and_without_its_password() -> None:
    with a1111() as server:
        port = server.port
    line = looked_over(f"http://artist:sunflower@127.0.0.1:{port}")["Server 1"]
    assert line.state is State.BAD
    assert f"http://127.0.0.1:{port}: " in line.found
    assert "--listen" in line.fix
    assert "sunflower" not in repr(line)


def test_what_is_no_address_is_told_without_being_repeated() -> None:
    line = looked_over("ftp://artist:sunflower@192.0.2.1")["Server 1"]
    assert line.state is State.BAD
    assert "Write it like" in line.fix
    assert "sunflower" not in repr(line)


def test_missing_loras_are_a_warning_because_the_painting_goes_on() -> None:
    with a1111(loras=("other",)) as server:
        lines = looked_over(server.url)
    assert lines["LoRAs"].state is State.WARN
    assert "articket-vangogh-xl" in lines["LoRAs"].found
    assert lines["painting"].state is State.OK


def test_a_lora_is_found_in_whatever_way_the_server_writes_it() -> None:
    with a1111(loras=("Painters/Articket-VanGogh-XL.safetensors",)) as server:
        assert looked_over(server.url)["LoRAs"].state is State.OK


def test_a_missing_checkpoint_is_in_the_way() -> None:
    wanted = replace(STYLE, parameters={"sdxl": replace(XL, checkpoint="juggernautXL_v9")})
    with a1111() as server:
        lines = looked_over(server.url, wanted)
    assert lines["model"].state is State.BAD
    assert "juggernautXL_v9" in lines["model"].found
    assert lines["painting"].state is State.BAD


def test_a_checkpoint_is_found_without_its_ending_and_checksum() -> None:
    wanted = replace(STYLE, parameters={"sdxl": replace(XL, checkpoint="SD_XL_base_1.0")})
    with a1111() as server:
        lines = looked_over(server.url, wanted)
    assert lines["model"].state is lines["painting"].state is State.OK


def test_an_unknown_sampler_is_in_the_way() -> None:
    with a1111(samplers=("Euler",)) as server:
        lines = looked_over(server.url)
    assert lines["samplers"].state is State.BAD
    assert "DPM++ 2M" in lines["samplers"].found


def test_an_older_servers_sampler_has_its_scheduler_in_its_name() -> None:
    with a1111(samplers=("DPM++ 2M Karras",)) as server:
        assert looked_over(server.url)["samplers"].state is State.OK


@pytest.mark.parametrize(
    ("has", "state"),
    [
        (None, State.WARN),
        (("something else",), State.WARN),
        (("diffusers_xl_canny_full [2b69fca4]",), State.OK),
    ],
)
def test_controlnet_is_looked_for_where_a_style_wants_it(has: tuple[str, ...] | None, state: State) -> None:
    canny = ControlNet("canny", "diffusers_xl_canny_full", 0.5)
    wanted = replace(STYLE, parameters={"sdxl": replace(XL, controlnet=canny)})
    with a1111(controlnets=has) as server:
        assert looked_over(server.url, wanted)["ControlNet"].state is state


def test_a_model_of_the_small_family_is_tried_with_the_small_familys_sampler() -> None:
    with a1111(models=("v1-5-pruned-emaonly",)) as server:
        lines = looked_over(server.url)
        (asked,) = server.asked("/sdapi/v1/img2img")
    assert "taken for sd15" in lines["model"].found
    assert asked["sampler_name"] == "Euler a"
    assert "LoRAs" not in lines, "none of this style's are of that family"


def test_the_family_that_staff_chose_wins() -> None:
    with a1111(models=("v1-5-pruned-emaonly",)) as server:
        check = ServerCheck(HttpImageServers(), (STYLE,), photo, 20.0)
        lines = list(check.run(Candidate("atelier-1", Address(server.url), "sdxl")))
    assert any("taken for sdxl" in line.found for line in lines)


def test_a_small_card_is_a_warning_and_a_card_unknown_is_skipped() -> None:
    with a1111(memory_total=6 * GIB) as server:
        assert looked_over(server.url)["memory"].state is State.WARN
        server.behave(has_gpu=False)
        assert looked_over(server.url)["memory"].state is State.SKIPPED


@pytest.mark.parametrize(
    ("fault", "helps"),
    [
        ("out-of-memory", "--medvram"),
        ("nan", "--no-half-vae"),
        ("black", "Open the server's own page"),
        ("wrong-sampler", "Open the server's own page"),
        ("gateway-524", "--listen"),
        ("too-many", "Others are using it"),
        ("reset", "--listen"),
    ],
)
def test_a_painting_that_fails_says_what_helps(fault: str, helps: str) -> None:
    with a1111(next_faults=(fault,)) as server:
        line = looked_over(server.url)["painting"]
    assert line.state is State.BAD
    assert helps in line.fix


def test_a_painting_that_takes_too_long_is_given_up() -> None:
    with a1111(seconds=0.05, held_at=0.5) as server:
        line = looked_over(server.url, paint_s=0.3)["painting"]
    assert line.state is State.BAD
    assert "load its model" in line.fix


def test_a_server_that_paints_for_somebody_is_left_in_peace() -> None:
    with a1111(seconds=0.05, held_at=0.5) as server, ThreadPoolExecutor(1) as somebody:
        theirs = somebody.submit(looked_over, server.url)
        busy = HttpImageServers().reach(Address(server.url, Kind.A1111))
        until = monotonic() + 20
        while not busy.strokes(5.0).busy:
            assert monotonic() < until
        line = looked_over(server.url)["painting"]
        assert len(server.asked("/sdapi/v1/img2img")) == 1
        server.behave(held_at=None)
        assert theirs.result(20)["painting"].state is State.OK
    assert line.state is State.SKIPPED
    assert "left in peace" in line.found


def test_without_a_readable_pack_the_server_is_still_looked_over() -> None:
    with a1111() as server:
        check = ServerCheck(HttpImageServers(), (), photo, 20.0)
        lines = {line.subject: line for line in check.run(Candidate("Server 1", server.url))}
        assert not server.asked("/sdapi/v1/img2img")
    assert lines["Server 1"].state is State.OK
    assert lines["Server 1: painting"].state is State.SKIPPED


@pytest.mark.parametrize(("flavour", "said"), [("sdnext", "SD.Next"), ("sdcpp", "stable-diffusion.cpp")])
def test_software_we_do_not_work_with_is_named(flavour: str, said: str) -> None:
    with a1111(flavour=flavour) as server:
        line = looked_over(server.url)["Server 1"]
    assert line.state is State.BAD
    assert said in line.found
    assert "Forge" in line.fix
