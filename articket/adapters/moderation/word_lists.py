"""Reads the lists of words that no name may hold, one file for each language."""

import tomllib
from pathlib import Path
from typing import Final

from articket.domain.names import WordList

FOLDER: Final = Path(__file__).with_name("names")


def word_lists(folder: Path = FOLDER) -> tuple[WordList, ...]:
    """Return every language's list, by its name."""
    return tuple(
        WordList(**{kind: tuple(words) for kind, words in tomllib.loads(file.read_text("utf-8")).items()})
        for file in sorted(folder.glob("*.toml"))
    )
