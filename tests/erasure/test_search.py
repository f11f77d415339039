"""The search of these tests finds what is there, however it was cut, shifted or written."""

import base64
import json
import random
from pathlib import Path

import pytest
from erasure.search import Needles, search

NAME = "하린하린"
PHOTO = random.Random(1).randbytes(5_000)  # noqa: S311 - any bytes will do


@pytest.fixture
def needles() -> Needles:
    made = Needles()
    made.add_text("name", NAME)
    made.add_file("photo", PHOTO)
    return made


@pytest.mark.parametrize("before", range(9))
@pytest.mark.parametrize("coded", ["raw", "base64", "urlsafe"])
def test_any_127_bytes_of_a_file_are_found(needles: Needles, before: int, coded: str) -> None:
    for start in (0, 1_003, len(PHOTO) - 127):
        hay = b"y" * before + PHOTO[start : start + 127] + b"zz"
        if coded != "raw":
            # Base64 is cut every 64 letters, wherever the file began: 174 bytes hold a whole piece.
            hay = b"y" * before + PHOTO[max(0, start - 50) : start + 174] + b"zz"
            hay = base64.b64encode(hay) if coded == "base64" else base64.urlsafe_b64encode(hay)
        assert needles.inside(b"x" * before + hay) == {"photo"}


@pytest.mark.parametrize("before", range(4))
def test_a_name_is_found_in_every_writing(needles: Needles, before: int) -> None:
    for name in (NAME.encode(), NAME.encode("utf-16-le"), NAME.encode("utf-16-be")):
        hay = b"x" * before + name + b"yy"
        assert needles.inside(hay) == {"name"}
        assert needles.inside(base64.b64encode(hay)) == {"name"}
    assert needles.inside(json.dumps(NAME).encode()) == {"name"}
    assert needles.inside(base64.b64encode(json.dumps({"name": NAME}).encode())) == {"name"}


def test_nothing_is_found_where_nothing_is(needles: Needles) -> None:
    assert needles.inside(random.Random(2).randbytes(100_000)) == set()  # noqa: S311 - any bytes will do
    assert needles.inside(PHOTO[1:60]) == set()


def test_what_others_hold_as_well_is_nobodys(needles: Needles) -> None:
    needles.without([b"x" + PHOTO[:2_500]])
    assert needles.inside(PHOTO[:2_400]) == set()
    assert needles.inside(PHOTO[2_500:]) == {"photo"}


def test_names_of_files_are_searched_too(needles: Needles, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"")
    (tmp_path / "photo").write_bytes(PHOTO)
    assert search(needles, [tmp_path]) == {tmp_path.name: {"name", "photo"}}
