"""Visitors who give real commands as fast as they can; also a program of its own: database, name."""

import sys
from concurrent.futures import ThreadPoolExecutor

from doubles.experiences import tiny_experience
from doubles.world import IdleJobs, Listener, LoadedDice, StillClock

from articket.adapters.database.engine import Database
from articket.adapters.database.visits import SqlVisits
from articket.application.floor import Floor, Rules
from articket.application.ports import Visits
from articket.application.seals import Seals
from articket.domain.commands import GiveConsent, GiveName
from articket.domain.durations import Durations

COMMANDS_EACH = 100
IN_EACH = 2


def open_floor(visits: Visits) -> Floor:
    rules = Rules(tiny_experience(), Durations(), ("pear", "boat"), 72.0)
    return Floor(visits, IdleJobs(), Listener(), StillClock(), LoadedDice(), Seals(b"k" * 32), rules)


def crowd(floor: Floor, entry: str) -> list[int]:
    """Join, then give commands each of which changes something; return the revisions answered."""
    visit = floor.join("main", entry, "ko").visit.id
    consent = GiveConsent("1", gallery=False, guardian=False)
    acks = [floor.perform(visit, "consent", "main", consent, visit)]
    acks += [
        floor.perform(visit, f"c{i}", "main", GiveName(f"name {i}"), visit) for i in range(1, COMMANDS_EACH)
    ]
    assert all(ack.code is None for ack in acks)
    return [ack.rev for ack in acks]


if __name__ == "__main__":
    database = Database(f"sqlite:///{sys.argv[1]}")
    floor = open_floor(SqlVisits(database))
    with ThreadPoolExecutor(IN_EACH) as threads:
        for done in [threads.submit(crowd, floor, f"{sys.argv[2]}-{i}") for i in range(IN_EACH)]:
            sys.stdout.write("".join(f"{revision}\n" for revision in done.result()))
    database.close()
