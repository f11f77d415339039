"""Pack, designs and front-end packages, as the organiser's check finds them."""

import re
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image

from articket.application.checkup.line import Line, State
from articket.checking.pack import check_front_end, check_pack, read_pack, ticket_lines
from articket.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "experiences/painters"


def looked(folder: Path) -> tuple[list[Line], list[Line]]:
    settings = Settings(experience=folder, locale="en")
    pack = read_pack(settings)
    return list(check_pack(pack, folder)), list(ticket_lines(pack, settings)())


def test_the_house_pack_loads_and_every_design_makes_a_ticket() -> None:
    pack, tickets = looked(PACK)
    assert [line.state for line in (*pack, *tickets)] == [State.OK, State.OK]
    assert "4 styles in ko, en" in pack[0].found
    assert "4 of 4" in tickets[0].found


def test_every_fault_of_a_pack_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "painters"
    shutil.copytree(PACK, folder)
    text = (folder / "experience.toml").read_text("utf-8")
    (folder / "experience.toml").write_text(
        text.replace('good = ["renoir"]', 'good = ["rembrandt"]').replace("steps = 30", "steps = -3")
    )
    pack, tickets = looked(folder)
    assert len(pack) > 1
    assert all(line.state is State.BAD and re.search(r"\.toml:\d+: ", line.found) for line in pack)
    assert any("`rembrandt`" in line.found for line in pack)
    assert [line.state for line in tickets] == [State.SKIPPED]


def test_a_pack_that_is_not_there_is_told(tmp_path: Path) -> None:
    (line,) = looked(tmp_path / "nowhere")[0]
    assert line.state is State.BAD
    assert "ARTICKET_EXPERIENCE" in line.fix


def test_a_wall_without_pictures_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "painters"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("*.jpg"))
    pack, _ = looked(folder)
    assert any("at least 2 pictures" in line.found for line in pack)


def test_a_picture_that_is_none_is_told_by_the_design_that_shows_it(tmp_path: Path) -> None:
    folder = tmp_path / "painters"
    shutil.copytree(PACK, folder)
    min((folder / "gallery").glob("*.jpg")).write_bytes(b"no picture")
    _, tickets = looked(folder)
    assert tickets
    assert all(line.state is State.BAD for line in tickets)
    assert tickets[0].found.startswith("picasso: ")


def test_servers_are_tried_with_a_picture_of_the_wall(tmp_path: Path) -> None:
    for settings in (Settings(experience=PACK), Settings(experience=tmp_path)):
        with Image.open(BytesIO(read_pack(settings).photo((128, 192)))) as photo:
            assert (photo.format, photo.size, photo.mode) == ("JPEG", (128, 192), "RGB")


def test_front_end_files_that_pages_name_are_looked_for(tmp_path: Path) -> None:
    assert [line.state for line in check_front_end(ROOT)] == [State.OK]
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (line,) = check_front_end(tmp_path)
    assert line.state is State.BAD
    assert "make setup" in line.fix
