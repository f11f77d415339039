"""A house that runs in the test's own process until the block ends, and leaves nothing of itself there."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from articket.bootstrap import House

ENGINE = "dbos"
WITHIN_S = 30.0


@contextmanager
def running(house: House) -> Iterator[House]:
    """Start the house, and close it at the end."""
    # Playwright's event loop lives in the main thread once a browser test has run, and DBOS wants none.
    with ThreadPoolExecutor(1, "house") as elsewhere:
        elsewhere.submit(house.start).result()
        try:
            yield house
        finally:
            elsewhere.submit(house.close).result()
            _see_out()


def _see_out() -> None:
    """Wait for the threads the engine leaves behind: they draw from the one random state of the process."""
    left = [each for each in threading.enumerate() if each.name.startswith(ENGINE)]
    for thread in left:
        thread.join(WITHIN_S)
    assert not [each.name for each in left if each.is_alive()]
