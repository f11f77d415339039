from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages.harness import Harness, start

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def harness() -> Iterator[Harness]:
    """The pages' server."""
    made = Harness()
    stop = start(made)
    yield made
    stop()
