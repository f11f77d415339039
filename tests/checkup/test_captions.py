"""The organiser's check of the caption server, with the real client and a stand-in on a real port."""

from functools import partial
from pathlib import Path

import pytest
from doubles.caption_server import BEHAVIOURS, Behaviour, caption_server

from articket.adapters.captions.http import HttpCaptions
from articket.application.checkup.captions import CaptionCheck
from articket.application.checkup.line import Line, State
from articket.checking.pack import read_pack
from articket.checking.wiring import caption_ailment, checks_of
from articket.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "experiences/painters"


def check(url: str, tmp_path: Path) -> Line:
    """Return what the wired check says."""
    settings = Settings(data_dir=tmp_path, experience=PACK, caption_url=url)
    (found,) = [each for each in checks_of(settings, Path("none")) if each.subject == "Caption server"]
    (line,) = found.run()
    return line


def test_a_caption_server_that_answers_in_time_is_fine(tmp_path: Path) -> None:
    with caption_server() as server:
        line = check(server.url, tmp_path)
        assert len(server.requests) == 1
    assert line.state is State.OK
    assert line.found.startswith(f"{server.url} took ")


def test_a_password_is_used_and_not_shown(tmp_path: Path) -> None:
    with caption_server(Behaviour(login="Basic YXJ0aXN0OnN1bmZsb3dlcg==")) as server:
        line = check(f"http://artist:sunflower@{server.host}", tmp_path)
    assert line.state is State.OK
    assert "sunflower" not in repr(line)


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        ("busy", "busy or still starting"),
        ("crash", "it failed"),
        ("html", "no caption"),
        ("nothing", "it saw nothing"),
        ("other routes", "something else at its address"),
    ],
)
def test_a_server_that_gives_no_caption_is_told_with_the_reason(
    behaviour: str, why: str, tmp_path: Path
) -> None:
    with caption_server(BEHAVIOURS[behaviour]) as server:
        line = check(server.url, tmp_path)
    assert line.state is State.BAD
    assert why in line.found
    assert "make caption-server" in line.fix


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with caption_server() as server:
        url = server.url
    line = check(url, tmp_path)
    assert line.state is State.BAD
    assert "Nobody answers" in line.found


def test_a_caption_that_comes_later_than_paintings_wait_is_a_warning() -> None:
    times = iter((100.0, 105.5))
    photo = read_pack(Settings(experience=PACK)).photo((384, 384))
    with caption_server() as server:
        late = CaptionCheck(
            where=server.url,
            source=HttpCaptions(server.url),
            ailment=partial(caption_ailment, server.url),
            trouble=lambda: None,
            photo=photo,
            budget_s=4.0,
            watch=lambda: next(times),
        )
        (line,) = late.run()
    assert line.state is State.WARN
    assert "5.5 s" in line.found
    assert "ARTICKET_CAPTION_BUDGET_S" in line.fix
