"""What cannot start says why in a sentence, to people."""

import shutil
import socket
from pathlib import Path

import pytest
from serving.conftest import Open

from bench.hall.server import ROOT, BoothServer

ENDS_WITHIN_S = 60.0


def complaint(server: BoothServer) -> str:
    """Return what a server that cannot start says, having checked that it is fit for people."""
    assert server.wait_ended(ENDS_WITHIN_S) != 0
    assert server.wait_gone(5.0), server.processes()
    said = server.err
    assert said.startswith("Articket cannot start.\n")
    assert "Traceback" not in said
    assert "[ERROR]" not in said
    return said.removeprefix("Articket cannot start.\n")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of what the server reads, to break something in."""
    root = tmp_path / "tree"
    for folder in ("articket", "experiences", "ticket_templates"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("templates", "static"):
        (root / folder).symlink_to(ROOT / folder)
    return root


def test_a_taken_port_is_named(start: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = complaint(start({"ARTICKET_PORT": str(port)}))
    assert said == (
        f"127.0.0.1:{port} is in use by another program. End it, or choose another port by ARTICKET_PORT.\n"
    )


def test_an_address_that_is_not_this_machines_is_named(start: Open) -> None:
    assert complaint(start({"ARTICKET_HOST": "192.0.2.99"})).startswith("192.0.2.99:")


def test_a_data_folder_that_cannot_be_written_is_named(start: Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    said = complaint(start({"ARTICKET_DATA_DIR": str(tmp_path / "file/data")}))
    assert said == f"{tmp_path}/file/data cannot be used: Not a directory.\n"


def test_a_second_server_on_the_same_data_is_refused_while_the_first_serves_on(start: Open) -> None:
    """Two on one database would take each other's jobs."""
    first = start()
    first.wait_open()
    said = complaint(start({"ARTICKET_DATA_DIR": str(first.home / "data")}))
    assert said.startswith(f"Another Articket is running with the data in {first.home}/data.")
    assert first.process.poll() is None


def test_the_data_is_free_again_as_soon_as_a_killed_server_is_gone(start: Open) -> None:
    first = start()
    first.wait_open()
    first.process.kill()
    assert first.wait_gone(8.0)
    second = start({"ARTICKET_DATA_DIR": str(first.home / "data")})
    second.wait_open()
    assert "Staff password" in first.out
    assert "Staff password" not in second.out


def test_a_broken_pack_is_named_line_by_line(start: Open, tree: Path) -> None:
    pack = tree / "experiences/painters/experience.toml"
    pack.write_text("nonsense = [\n")
    assert "experience.toml" in complaint(start(root=tree))


def test_a_pack_without_pictures_for_the_wall_is_named(start: Open, tree: Path) -> None:
    for picture in (tree / "experiences/painters/gallery").glob("*.jpg"):
        picture.unlink()
    assert "gallery needs at least 2 pictures" in complaint(start(root=tree))


def test_a_broken_ticket_template_is_named(start: Open, tree: Path) -> None:
    (tree / "ticket_templates/painters/vangogh.toml").write_text("nonsense = [\n")
    assert "vangogh.toml" in complaint(start(root=tree))


def test_a_missing_font_is_named(start: Open, tree: Path) -> None:
    for font in (tree / "ticket_templates/fonts").glob("*.ttf"):
        font.unlink()
    assert ".ttf" in complaint(start(root=tree))


def test_a_damaged_database_is_named(start: Open, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "articket.db").write_bytes(b"no database, for sure" * 400)
    assert "articket.db" in complaint(start({"ARTICKET_DATA_DIR": str(data)}))


def test_damaged_secrets_are_named(start: Open, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "secrets.json").write_text("{")
    assert "secrets.json" in complaint(start({"ARTICKET_DATA_DIR": str(data)}))
