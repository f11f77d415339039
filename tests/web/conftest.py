from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.web import BoothSet, open_booth


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[BoothSet]:
    opened = open_booth(tmp_path)
    yield opened
    opened.parts.live.close()
