"""What is the same in every snapshot, and the addresses snapshots give out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articket.domain.booth import Booth
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.texts import Texts

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class House:
    """The pack, the rules and the addresses; `machines` names the laptop as a painter, by language.

    `curator` is the pack that knows the house paintings: another one where the pack brings none.
    """

    experience: Experience
    durations: Durations
    retention_hours: float
    pictures: tuple[str, ...]
    locale: str
    wifi_ssid: str | None
    machines: Mapping[str, str]
    curator: Experience

    def texts(self, locale: str) -> Texts:
        """Return the pack's texts in that language, or in the pack's own."""
        return self.experience.texts_in(locale)

    def machine(self, painter: str | None, locale: str) -> str | None:
        """Return what to call the machine that a painter works on."""
        return self.machines.get(locale, painter) if painter == "laptop" else painter


@dataclass(frozen=True, slots=True)
class Headed:
    """What stands at the head of a snapshot."""

    role: str
    locale: str
    stage: str
    deadline: float | None = None

    def over(self, booth: Booth, now: float, view: Json) -> Json:
        """Return the snapshot."""
        return {
            "rev": booth.revision,
            "role": self.role,
            "locale": self.locale,
            "stage": self.stage,
            "deadline": self.deadline,
            "server_now": now,
            "view": view,
        }


def picture_url(visit: str, photo: int, name: str) -> str:
    """Return where a visit's picture is fetched: `photo`, or a size and a style."""
    return f"/pictures/{visit}/{photo}/{name}.jpg"


def house_picture(house: House, picture: str, locale: str, year: int) -> Json:
    """Return a house painting `<motif>.<style>` with its label."""
    motif, _, style = picture.partition(".")
    texts = house.curator.texts_in(locale)
    label = texts.gallery[motif]
    return {
        "url": f"/gallery/{picture}.jpg",
        "title": label.title,
        "after": texts.styles[style].after_in(year),
        "medium": label.medium,
        "style": style,
    }
