"""A fair in real time, so many times as fast, and what distorted it."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from articket.adapters.servers.servers import HttpImageServers
from bench.fair.day import RealDay
from bench.fair.easel import PacedServers, small_pack
from bench.fair.house import Ours, Papers
from bench.fair.lanes import Lanes
from bench.fair.machines import street
from bench.fair.world import Outcome, Scenario

CLOSES_AFTER = 5.0  # times the lower bound
PROCESSORS = Path("/proc/stat")
IDLE = slice(3, 5)  # idle, and waiting for a disk
# Beyond these shares it is the machine that is measured, not the policy.
MOST_BUSY = 0.7
MOST_LATE = 0.02
MOST_ON_THE_WAY = 0.05


def play(scenario: Scenario, policy: str, seed: int, pace: float) -> Outcome:
    """Play a scenario once."""
    small_pack()
    with TemporaryDirectory() as folder, street(scenario, seed) as servers:
        papers = Papers(Path(folder))
        papers.employ(servers.urls)
        load, effort = os.getloadavg()[0], Effort()
        clock = servers.open(pace)
        paced = PacedServers(HttpImageServers(), clock)
        closes_at = scenario.guests[-1].decided_at + CLOSES_AFTER * scenario.lower_bound_s
        day = RealDay(clock, paced, servers.urls, closes_at)
        if policy == "ours":
            outcome = Ours(scenario, day, papers).run()
        else:
            outcome = Lanes(scenario, day, pinned=policy == "first booth").run()
        effort.end()
        papers.database.close()
    report = servers.report
    outcome.busy_s = report.busy_s
    outcome.strain = {
        "late_share": report.late_s / report.busy_s,
        "way_share": paced.asked_s / report.busy_s - 1.0,
        "cpu_fair": effort.own_s / effort.real_s,
        "cpu_servers": report.cpu_s / effort.real_s,
        "machine_busy": effort.busy_share,
        "load_before": load,
    }
    return outcome


def processors() -> tuple[int, int]:
    """Return how long all processors were busy, and have been there, in the system's ticks."""
    spent = [int(each) for each in PROCESSORS.read_text().split("\n", 1)[0].split()[1:9]]
    return sum(spent) - sum(spent[IDLE]), sum(spent)


@dataclass(slots=True)
class Effort:
    """What this process and the whole machine have done since a moment, in real seconds."""

    began: float = field(default_factory=time.monotonic)
    own_began: float = field(default_factory=time.process_time)
    ticks_began: tuple[int, int] = field(default_factory=processors)
    real_s: float = 0.0
    own_s: float = 0.0
    busy_share: float = 0.0

    def end(self) -> None:
        """Note what was done."""
        self.real_s, self.own_s = time.monotonic() - self.began, time.process_time() - self.own_began
        busy, total = (now - then for now, then in zip(processors(), self.ticks_began, strict=True))
        self.busy_share = busy / max(1, total)


def is_too_great(strain: dict[str, float]) -> bool:
    """Whether the machine was too busy, or its stand-ins too late, for the numbers to mean anything."""
    most = {"machine_busy": MOST_BUSY, "late_share": MOST_LATE, "way_share": MOST_ON_THE_WAY}
    return any(strain[name] > limit for name, limit in most.items())
