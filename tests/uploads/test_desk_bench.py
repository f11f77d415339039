"""`bench/desk.py`: every number is measured, and what it measures works."""

from argparse import Namespace
from pathlib import Path

import pytest
from doubles.gcs import cloud

from bench.desk import BITS_A_SECOND, DELAY_S, measure
from bench.hall.gauge import slope


def test_the_desk_is_measured_in_all_its_parts(tmp_path: Path) -> None:
    asked = Namespace(tickets=110, near=3, far=1, rounds=2, claims=12)
    said: list[str] = []
    with cloud(tmp_path / "bucket") as sky:
        found = measure(asked, sky, tmp_path, said.append)
        assert sky.names("fair/tickets/")[:1], "the last tickets are still up there"
        assert len(sky.names("fair/tickets/")) == 100, "and older ones went with their visits"
    assert found["machine"]["cores"] >= 1
    assert found["claims at two desks"]["claims_a_second"] > 0
    stores = found["tickets a second into a store"]
    longest = DELAY_S + 1024 * 8 * stores["ticket_kb"] / BITS_A_SECOND
    assert 0 < stores["bucket_far"] < 1 / longest < min(stores["folder"], stores["bucket"])
    for name in ("upload queue", "upload queue, far away"):
        queue = found[name]
        assert queue["ratio"] > 0
        assert queue["ours_a_second"] > 0
    assert found["memory"]["tickets"] == 110
    assert len(found["memory"]["rss_mb"]) == 1
    assert len(said) == 6


@pytest.mark.parametrize("rise", [0.0, 3.0, -2.0])
def test_a_slope_is_what_each_further_one_adds(rise: float) -> None:
    assert slope([(x, 5 + rise * x) for x in (1, 2, 4, 8)]) == pytest.approx(rise)
    assert slope([(1, 5)]) == 0
