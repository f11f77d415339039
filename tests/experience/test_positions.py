import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

from articket.adapters.experiences.positions import KeyPath, lines_of


def paths_in(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_in(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths_in(inner, (*path, index))


def test_everything_in_a_pack_has_a_line_and_each_key_stands_on_it(pack_folder: Path) -> None:
    for file in pack_folder.glob("*.toml"):
        toml = file.read_text(encoding="utf-8")
        rows = toml.splitlines()
        lines = lines_of(toml)
        paths = set(paths_in(tomllib.loads(toml)))
        assert paths <= lines.keys()
        for path in paths:
            if isinstance(path[-1], str):
                assert path[-1] in rows[lines[path] - 1], path


def test_every_way_of_writing_toml_is_followed() -> None:
    toml = dedent('''\
        # a comment with "quotes" and [brackets]
        plain = "a # no comment" # a comment
        "quoted.key" = 'c:\\path\\'
        dotted.inner . deep = 2024-01-02 03:04:05
        long = """
        [not.a.table]
        fake = "x" \\""" still inside ""two quotes"""""
        raw = \'\'\'
        also = [ not\'\' a list
        \'\'\'
        list = [ # a comment ]
          1,
          [ "two, ]", 3 ],
          { four = 4, five = "}" },
        ]

        [table] # a comment
        key = true
        [ table . "sub table" ]
        key = -1.5e3

        [[row]]
        name = "first"
        [row.part]
        size = 1
        [[row.leaf]]
        n = 1
        [[row.leaf]]
        n = 2
        [[row]]
        name = "second"
        part = { size = 2 }
        [[row.leaf]]
        n = 3
        ''')
    lines = lines_of(toml)
    assert set(paths_in(tomllib.loads(toml))) == lines.keys()
    assert lines == {
        ("plain",): 2,
        ("quoted.key",): 3,
        ("dotted",): 4,
        ("dotted", "inner"): 4,
        ("dotted", "inner", "deep"): 4,
        ("long",): 5,
        ("raw",): 8,
        ("list",): 11,
        ("list", 0): 12,
        ("list", 1): 13,
        ("list", 1, 0): 13,
        ("list", 1, 1): 13,
        ("list", 2): 14,
        ("list", 2, "four"): 14,
        ("list", 2, "five"): 14,
        ("table",): 17,
        ("table", "key"): 18,
        ("table", "sub table"): 19,
        ("table", "sub table", "key"): 20,
        ("row",): 22,
        ("row", 0): 22,
        ("row", 0, "name"): 23,
        ("row", 0, "part"): 24,
        ("row", 0, "part", "size"): 25,
        ("row", 0, "leaf"): 26,
        ("row", 0, "leaf", 0): 26,
        ("row", 0, "leaf", 0, "n"): 27,
        ("row", 0, "leaf", 1): 28,
        ("row", 0, "leaf", 1, "n"): 29,
        ("row", 1): 30,
        ("row", 1, "name"): 31,
        ("row", 1, "part"): 32,
        ("row", 1, "part", "size"): 32,
        ("row", 1, "leaf"): 33,
        ("row", 1, "leaf", 0): 33,
        ("row", 1, "leaf", 0, "n"): 34,
    }
