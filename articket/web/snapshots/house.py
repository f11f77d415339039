"""What is the same in every snapshot, and the addresses snapshots give out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articket.domain.booth import Booth
from articket.domain.durations import Durations
from articket.domain.experience import Experience
from articket.domain.texts import StyleTexts, Texts

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class House:
    """The pack, the rules and the addresses; `machines` names the laptop as a painter.

    `ateliers` names a server by its number, {n}.

    `curator` is the pack that knows the house paintings: another one where the pack brings none.
    `id` tells installations apart: another one counts its revisions anew.
    """

    id: str
    experience: Experience
    durations: Durations
    retention_hours: float
    pictures: tuple[str, ...]
    locale: str
    wifi_ssid: str | None
    machines: Mapping[str, str]
    curator: Experience
    ateliers: Mapping[str, str] = field(default_factory=dict)

    def texts(self, locale: str) -> Texts:
        """Return the pack's texts in that language, or in the pack's own."""
        return self.experience.texts_in(locale)

    def knows(self, style: str) -> bool:
        """Whether the pack has this style; a visit may be older than the pack."""
        return style in self.texts(self.locale).styles

    def style(self, style: str, locale: str) -> StyleTexts:
        """Return what is said about a style; of one that the pack does not know, its id alone."""
        return self.texts(locale).styles.get(style) or StyleTexts(
            painter=style, short=style, after=style, medium="", title="{name}", sentence="", personality="",
            strengths=("",), weaknesses=("",), artworks=(), matches={},
        )  # fmt: skip

    def machine(self, painter: str | None, locale: str) -> str | None:
        """Return what to call the machine that a painter works on."""
        if painter is not None and painter.startswith("atelier-"):
            return self.ateliers.get(locale, "Atelier {n}").replace("{n}", painter.removeprefix("atelier-"))
        return self.machines.get(locale, painter) if painter == "laptop" else painter


@dataclass(frozen=True, slots=True)
class Headed:
    """What stands at the head of a snapshot."""

    role: str
    locale: str
    stage: str
    deadline: float | None = None

    def over(self, house: House, booth: Booth, now: float, view: Json) -> Json:
        """Return the snapshot."""
        return {
            "house": house.id,
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
    # A call that outlived its pack hangs a picture that nobody labels.
    label, own = texts.gallery.get(motif), texts.styles.get(style)
    return {
        "url": f"/gallery/{picture}.jpg",
        "title": label.title if label else motif,
        "after": own.after_in(year) if own else style,
        "medium": label.medium if label else "",
        "style": style,
    }
