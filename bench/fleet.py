"""How long visitors wait for their painting: the first booth's way, round robin, and ours.

The same visits on the same servers with the same faults. On paper hours of a fair take a second: event by
event, ours by the product's own schedule. With --real-time the same fair goes by the clock, --pace times as
fast: servers that speak HTTP on the loopback, ours with the product's own watch, atelier and database.
Usage: python bench/fleet.py [--json] [--rounds N] [--real-time [--pace 20]] [--only WORD] [--policy NAME]
"""

import argparse
import json
import logging
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.fair import paper, real_time  # noqa: E402  (found through the path above)
from bench.fair.visits import STYLES  # noqa: E402
from bench.fair.world import Outcome, Scenario, scenarios  # noqa: E402

POLICIES = ("first booth", "round robin", "ours")
ROUNDS = 10
PACE = 20.0


def waits(scenario: Scenario, outcome: Outcome, policy: str) -> list[float]:
    """Return the seconds from each last answer until the ticket can be made; endless for a lost ticket."""
    found = []
    for guest in scenario.guests:
        # The first booth made its ticket when all four were there.
        needs = guest.needs if policy != "first booth" else STYLES
        times = [outcome.done.get((guest.number, style), math.inf) for style in needs]
        found.append(max(0.0, max(times) - guest.decided_at))
    return found


def share(values: list[float], part: float) -> float | None:
    """Return the value that this part of all stays below; None where it is a lost ticket's."""
    value = sorted(values)[math.ceil(part * len(values)) - 1]
    return round(value, 1) if math.isfinite(value) else None


def measure(scenario: Scenario, policy: str, outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Return what became of a scenario, all rounds together."""
    ends = [max(outcome.done.values()) for outcome in outcomes]
    together = [wait for outcome in outcomes for wait in waits(scenario, outcome, policy)]
    machines = len(scenario.machines)
    return {
        "makespan_ratio": round(mean(end / scenario.lower_bound_s for end in ends), 3),
        "wait_p50_s": share(together, 0.5),
        "wait_p95_s": share(together, 0.95),
        "lost": round(mean(outcome.lost for outcome in outcomes), 2),
        "tickets_lost": round(sum(math.isinf(wait) for wait in together) / len(outcomes), 2),
        "capacity_used": round(
            mean(outcome.busy_s / end / machines for outcome, end in zip(outcomes, ends, strict=True)), 3
        ),
        "by_hand": round(mean(outcome.by_hand for outcome in outcomes), 2),
    } | {name: round(mean(each.strain[name] for each in outcomes), 3) for name in outcomes[0].strain}


def warn_of(strain: dict[str, float], pace: float) -> None:
    """Say where it was the machine that was measured."""
    if real_time.is_too_great(strain):
        told = ", ".join(f"{name} {value:.3f}" for name, value in strain.items())
        print(
            f"The machine was too busy for a pace of {pace:g} ({told}): lower the pace, or wait.",
            file=sys.stderr,
        )


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, help=f"{ROUNDS} on paper, 1 in real time")
    parser.add_argument("--real-time", action="store_true", help="by the clock, with servers that speak HTTP")
    parser.add_argument("--pace", type=float, default=PACE, help="how many times as fast as at a fair")
    parser.add_argument("--only", default="", help="scenarios with this in their name")
    parser.add_argument("--policy", choices=POLICIES, action="append", help="may be said more than once")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)  # servers that fail are what is measured
    rounds = range(asked.rounds or (1 if asked.real_time else ROUNDS))
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for scenario in scenarios():
        if asked.only not in scenario.name:
            continue
        if not asked.json:
            print(f"\n{scenario.name}")
        found[scenario.name] = {}
        for policy in asked.policy or POLICIES:
            outcomes = []
            for seed in rounds:
                if asked.real_time:
                    outcomes.append(real_time.play(scenario, policy, seed, asked.pace))
                    warn_of(outcomes[-1].strain, asked.pace)
                else:
                    outcomes.append(paper.play(scenario, policy, seed))
            numbers = found[scenario.name][policy] = measure(scenario, policy, outcomes)
            if not asked.json:
                print(
                    f"  {policy:12}",
                    "  ".join(f"{key} {value}" for key, value in numbers.items()),
                    flush=True,
                )
    if asked.json:
        print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
