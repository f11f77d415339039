import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from experience.breakages import BROKEN, Broken

from articket.adapters.experiences import Known, load_experience
from articket.domain.faults import PackBroken

SEASONS = Path(__file__).parent / "packs" / "seasons"
PAINTERS = Path(__file__).parents[2] / "experiences" / "painters"

Copy = Callable[[Path], Path]
LINE = re.compile(r"^(?P<file>\S+\.toml):(?P<line>\d+): (?P<sentence>\S.*[.?])$")


@pytest.mark.parametrize("broken", BROKEN, ids=[f"{broken.file[:2]}-{broken.name}" for broken in BROKEN])
def test_what_is_wrong_is_said_with_file_and_line(copy_of: Copy, broken: Broken) -> None:
    folder = copy_of(SEASONS)
    edit(folder / broken.file, broken.old, broken.new)
    file, line = expected_place(folder, broken)
    messages = faults_of(folder)
    assert any(
        message["file"] == str(file) and int(message["line"]) == line and broken.says in message["sentence"]
        for message in messages
    ), "\n".join(message.group() for message in messages)


def test_all_faults_of_all_files_come_at_once_and_in_order(copy_of: Copy) -> None:
    folder = copy_of(PAINTERS)
    edit(folder / "experience.toml", "width = 832", "width = 833")
    edit(folder / "experience.toml", 'ENFP = "lichtenstein"', 'ENFP = "warhol"')
    edit(folder / "ko.toml", 'shout = "짠!"', 'shout = "짠짠짠짠짠짠!"')
    (folder / "en.toml").unlink()
    found = [(Path(message["file"]).name, message["sentence"].split("`")[1]) for message in faults_of(folder)]
    assert found == [
        ("en.toml", "locales"),
        ("experience.toml", "width"),
        ("experience.toml", "ENFP"),
        ("ko.toml", "shout"),
    ]


def test_a_fault_that_many_styles_share_is_said_once(copy_of: Copy) -> None:
    folder = copy_of(SEASONS)
    edit(folder / "experience.toml", "steps = 20", "steps = -1")
    assert len(faults_of(folder)) == 1


def test_a_table_that_is_missing_is_said_once_and_not_for_each_of_its_keys(copy_of: Copy) -> None:
    folder = copy_of(SEASONS)
    toml = (folder / "en.toml").read_text(encoding="utf-8")
    (folder / "en.toml").write_text(toml.partition("[ticket]")[0], encoding="utf-8")
    assert [message["sentence"] for message in faults_of(folder)] == [
        "`ticket` is missing here. It has to be a table."
    ]


def test_a_pack_that_is_not_there_says_so(tmp_path: Path) -> None:
    (message,) = faults_of(tmp_path)
    assert message["file"] == str(tmp_path / "experience.toml")


def test_letters_that_are_not_utf8_are_found_on_their_line(copy_of: Copy) -> None:
    folder = copy_of(SEASONS)
    (folder / "ko.toml").write_bytes('name = "x"\nroom = "걸음"\n'.encode("euc-kr"))
    (message,) = faults_of(folder)
    assert (Path(message["file"]).name, message["line"]) == ("ko.toml", "2")
    assert "UTF-8" in message["sentence"]


def test_a_file_saved_by_a_windows_editor_loads(copy_of: Copy) -> None:
    folder = copy_of(SEASONS)
    for file in folder.glob("*.toml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_experience(folder) == load_experience(SEASONS)


def test_recipes_and_ticket_designs_are_checked_where_they_are_known(copy_of: Copy) -> None:
    folder = copy_of(SEASONS)
    known = Known(recipes={"plain"}, ticket_designs={"vangogh"})
    (message,) = faults_of(folder, known)
    assert message["sentence"] == "There is no recipe `vangogh`. There are: plain."
    assert row(folder / "experience.toml", int(message["line"])) == 'recipe = "vangogh"'
    assert load_experience(folder, Known({"plain", "vangogh"}, {"vangogh"})).id == "seasons"


@pytest.mark.parametrize("junk", ["3", '"x"', "[]", "{}", "[[1]]", "[{}]", "true", ""])
def test_whatever_stands_on_a_line_nothing_but_faults_comes_of_it(copy_of: Copy, junk: str) -> None:
    folder = copy_of(SEASONS)
    for name in ("experience.toml", "ko.toml"):
        file = folder / name
        whole = file.read_text(encoding="utf-8")
        rows = whole.splitlines()
        for index in range(0, len(rows), 3):
            key, equals, _ = rows[index].partition(" = ")
            edited = [*rows[:index], f"{key} = {junk}" if equals and junk else "", *rows[index + 1 :]]
            file.write_text("\n".join(edited), encoding="utf-8")
            with contextlib.suppress(PackBroken):
                load_experience(folder)
        file.write_text(whole, encoding="utf-8")


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence."""
    toml = file.read_text(encoding="utf-8")
    assert old in toml
    file.write_text(toml.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path, known: Known | None = None) -> list[re.Match[str]]:
    with pytest.raises(PackBroken) as raised:
        load_experience(folder, known)
    messages = [LINE.match(message) for message in raised.value.sentence.splitlines()]
    assert None not in messages, raised.value.sentence
    assert raised.value.params["count"] == len(messages)
    return [message for message in messages if message]


def row(file: Path, line: int) -> str:
    return file.read_text(encoding="utf-8").splitlines()[line - 1]


def expected_place(folder: Path, broken: Broken) -> tuple[Path, int]:
    """Find the line that carries `at`, or the edit itself; `ko:` in front of it names the other file."""
    file, mark = folder / broken.file, broken.new if broken.at is None else broken.at
    if mark.startswith("ko:"):
        file, mark = folder / "ko.toml", mark.removeprefix("ko:")
    toml = file.read_text(encoding="utf-8")
    if mark in ("", "1"):
        return file, len(toml.splitlines()) + 1 if mark == "" else 1
    return file, toml[: toml.index(mark)].count("\n") + 1
