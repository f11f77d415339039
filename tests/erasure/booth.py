"""A whole installation whose visitors are erased: after a full visit, while painting, by retention.

Data folder and way come in; what must be nowhere is printed as JSON, base64-coded, before the erasure.
"""

import base64
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from durability.booth import COMMENT, NAME, PHOTO, READY, Phone, open_house, wait_for

from articket.application.rounds import Rounds
from articket.bootstrap import House
from articket.domain.commands import Hide

LOG = "log.txt"
SLICE = 64


class Bystander:
    """Sees what belongs to a visit before it goes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.seen: list[bytes] = [NAME.encode(), COMMENT.encode()]

    def look(self, phone: Phone) -> None:
        self.seen.append(phone.token.encode())
        store = self._house.store
        names = [name for name in store.list() if phone.id in name]
        for name in names:
            data = store.get(name)
            if name.endswith((".jpg", ".pdf")):
                self.seen.append(data[len(data) // 2 :][:SLICE])


def after_everything(house: House, phone: Phone, bystander: Bystander) -> None:
    phone.answer()
    wait_for(lambda: phone.visit.ticket.status in READY)
    wait_for(lambda: all(easel.status.value == "done" for easel in phone.visit.easels))
    # The quiz went by phone or monitor; the painting is lit when the show is over.
    wait_for(lambda: phone.visit.revealed_at is not None)
    phone.review()
    bystander.look(phone)
    house.floor.erase(phone.visit)


def while_painting(house: House, phone: Phone, bystander: Bystander) -> None:
    wait_for(lambda: any(easel.status.value == "painting" for easel in phone.visit.easels))
    bystander.look(phone)
    house.floor.erase(phone.visit)


def by_retention(house: House, phone: Phone, bystander: Bystander) -> None:
    bystander.look(phone)
    rules = replace(house.floor.rules, retention_hours=0.0)
    floor = replace(house.floor, rules=rules)
    floor.apply("main", Hide(), phone.id)  # any command tells the database anew when the visit expires
    Rounds(floor).erase_old()


WAYS: dict[str, Callable[[House, Phone, Bystander], None]] = {
    way.__name__: way for way in (after_everything, while_painting, by_retention)
}


def main() -> None:
    data, way = Path(sys.argv[1]), sys.argv[2]
    logging.basicConfig(filename=data.parent / LOG, level=logging.WARNING)
    logging.getLogger("articket").setLevel(logging.DEBUG)
    house = open_house(data, "-")
    house.start()
    phone = Phone(house)
    phone.prepare((data / PHOTO).read_bytes())
    bystander = Bystander(house)
    WAYS[way](house, phone, bystander)
    wait_for(lambda: phone.visit.receipt is not None)
    wait_for(lambda: not house.visits.pending(1) and not at_work(house))
    left = [name for name in house.store.list() if phone.id in name]
    receipt = phone.visit.receipt
    assert receipt is not None
    told = {
        "seen": [base64.b64encode(each).decode() for each in bystander.seen],
        "left": left,
        "items": dict(receipt.items),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()  # the test searches while everything is still open, and again afterwards
    house.close()


def at_work(house: House) -> bool:
    with house.database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT count(*) FROM workflow_status WHERE status IN ('PENDING', 'ENQUEUED', 'DELAYED')"
        )
        return bool(rows.scalar())
