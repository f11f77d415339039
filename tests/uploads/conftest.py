from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles.gcs import Cloud, cloud
from uploads.queue import Desk


@pytest.fixture
def sky() -> Iterator[Cloud]:
    with cloud() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.close()
