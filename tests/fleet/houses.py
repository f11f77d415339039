"""A whole installation whose paintings are made by servers at these addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from durability.running import running

from articket.adapters.secrets import load_or_create
from articket.bootstrap import House, build
from articket.domain.durations import Durations
from articket.settings import Settings

PACK = Path(__file__).parents[2] / "experiences/painters"


@contextmanager
def opened(
    folder: Path, *urls: str, patience_s: float = 120.0, processes: int = 1, attempt_s: float = 60.0
) -> Iterator[House]:
    durations = Durations(
        painting_min_s=0.0, painting_max_s=1.0, result_s=0.1, attempt_s=attempt_s, first_call_s=2 * attempt_s,
        fleet_patience_s=patience_s, call_s=300.0,
    )  # fmt: skip
    settings = Settings(
        data_dir=folder,
        experience=PACK,
        painter_processes=processes,
        sd_endpoints=urls,
        durations=durations,
    )
    house = build(settings, load_or_create(folder, None, None))
    with running(house):
        yield house
