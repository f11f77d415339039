from collections.abc import Iterator

import cv2
import pytest
from painters import pictures
from painters.pictures import Picture, jpeg_of, portrait

from articket.adapters.painters.pool import PaintPool


@pytest.fixture(scope="session")
def astronaut() -> Picture:
    return pictures.astronaut()


@pytest.fixture(scope="session")
def face() -> Picture:
    return portrait()


@pytest.fixture(scope="session")
def photo(astronaut: Picture) -> bytes:
    return jpeg_of(astronaut)


@pytest.fixture(scope="session")
def pool() -> Iterator[PaintPool]:
    cv2.setNumThreads(1)
    made = PaintPool(processes=2)
    yield made
    made.close()
