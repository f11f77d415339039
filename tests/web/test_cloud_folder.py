"""What the desk is told of the cloud folder, and nobody else."""

from contextlib import closing
from pathlib import Path
from typing import Any

from doubles.web import BoothSet, open_booth

from articket.application.uploading import Backlog


def told(booth: BoothSet) -> Any:
    with closing(booth.parts.live):
        return booth.staff().get("/api/v1/snapshot?role=staff").get_json()["view"]["cloud"]


def test_without_a_cloud_folder_nothing_is_told(tmp_path: Path) -> None:
    assert told(open_booth(tmp_path)) is None


def test_the_desk_learns_how_many_tickets_wait_since_when_and_why(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, cloud=lambda: Backlog(3, 1_700_000_000.0, "store-unreachable"))
    assert told(booth) == {"waiting": 3, "since": 1_700_000_000.0, "trouble": "store-unreachable"}


def test_the_monitor_learns_nothing_of_it(tmp_path: Path) -> None:
    booth = open_booth(tmp_path, cloud=lambda: Backlog(3, 1.0, "store-unreachable"))
    with closing(booth.parts.live):
        view = booth.staff().get("/api/v1/snapshot?role=monitor").get_json()["view"]
    assert "cloud" not in view
