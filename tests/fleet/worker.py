"""A worker as a process of its own: data folder, database, servers' addresses.

It says `here` and its name, then paints the commission of each line it reads, all at once, and says what
became of them: `done` or the fault's code, and the job's id. It leaves when there are no more lines.
"""

import logging
import sys
from pathlib import Path
from threading import Lock, Thread

from articket.bootstrap import House, build, secrets_of
from articket.domain.durations import Durations
from articket.domain.faults import Fault
from articket.domain.jobs import PaintJob
from articket.settings import Settings

PACK = Path(__file__).parents[2] / "experiences/painters"


def open_house(data: Path, database: str, urls: tuple[str, ...] = ()) -> House:
    settings = Settings(
        data_dir=data,
        database_url=database,
        experience=PACK,
        painter_processes=1,
        sd_endpoints=urls,
        caption_interrogate=False,
        durations=Durations(call_s=300.0),
    )
    return build(settings, secrets_of(settings))


class Voice:
    """Whole lines to whoever listens."""

    def __init__(self) -> None:
        self._lock = Lock()

    def say(self, *words: str) -> None:
        with self._lock:
            sys.stdout.write(" ".join(words) + "\n")
            sys.stdout.flush()


def paint(house: House, job: PaintJob, voice: Voice) -> None:
    try:
        house.run(job)
    except Fault as fault:
        voice.say(fault.code, job.id)
    else:
        voice.say("done", job.id)


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    data, database, *urls = sys.argv[1:]
    house = open_house(Path(data), database, tuple(urls))
    house.paintings.warm()
    house.ateliers.start()
    voice = Voice()
    voice.say("here", house.ateliers.keeper.worker)
    for line in sys.stdin:
        visit, photo, style = line.split()
        job = PaintJob(visit, int(photo), style)
        Thread(target=paint, args=(house, job, voice), daemon=True).start()
    house.ateliers.keeper.close()
    house.paintings.close(at_once=True)
    house.database.close()
