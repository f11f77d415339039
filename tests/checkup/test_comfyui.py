"""The organiser's check of a ComfyUI server, against a stand-in on a real port."""

from pathlib import Path

from doubles.comfyui import comfyui

from articket.adapters.servers.servers import HttpImageServers
from articket.application.checkup.image_server import Candidate, ServerCheck
from articket.application.checkup.line import Line, State
from articket.checking.pack import read_pack
from articket.settings import Settings

PACK = Path(__file__).resolve().parents[2] / "experiences/painters"
LORAS = tuple(f"articket-{each}-xl.safetensors" for each in ("picasso", "renoir", "vangogh", "lichtenstein"))


def looked_over(where: str, *, workflows: bool = True) -> dict[str, Line]:
    pack = read_pack(Settings(experience=PACK))
    servers = HttpImageServers(pack.workflows if workflows else None)
    check = ServerCheck(servers, pack.styles, pack.photo, 20.0)
    return {line.subject.rpartition(": ")[2]: line for line in check.run(Candidate("Server 1", where))}


def test_a_server_with_everything_is_fine_and_paints_by_the_packs_workflow() -> None:
    with comfyui(loras=LORAS) as server:
        lines = looked_over(server.url)
        (sampling,) = server.samplings
    assert {line.state for line in lines.values()} == {State.OK}, lines
    assert "ComfyUI 0.3.64, NVIDIA GeForce RTX 4090" in lines["Server 1"].found
    assert "took" in lines["painting"].found
    assert (sampling.size, sampling.sampler) == ((128, 192), "dpmpp_2m")


def test_without_a_workflow_it_is_told_where_to_read_on() -> None:
    with comfyui() as server:
        line = looked_over(server.url, workflows=False)["Server 1"]
    assert line.state is State.BAD
    assert "docs/comfyui.md" in line.fix


def test_a_workflow_of_the_pack_that_is_broken_is_told_with_the_pack(tmp_path: Path) -> None:
    (tmp_path / "workflows").mkdir()
    (tmp_path / "workflows/portrait.json").write_text("{")
    pack = read_pack(Settings(experience=tmp_path))
    assert pack.workflows is None
    assert any("portrait.json:1" in fault for fault in pack.pack_faults)
