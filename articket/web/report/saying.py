"""How the report says numbers, times and days in its language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from articket.domain.experience import Experience
from articket.domain.fleet.server import Kind

MINUTE_S: Final = 60
HOUR_S: Final = 3600
LONG_S: Final = 600  # from here on nobody wants the seconds
NOTHING: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Saying:
    """The report's words in one language, those of staff's desk, and the pack's names for its styles."""

    locale: str
    words: Mapping[str, str]
    desk: Mapping[str, str]
    experience: Experience | None

    def __call__(self, key: str, **values: object) -> str:
        """Say a sentence; one with a count may have a form of its own for one."""
        if values.get("n") == 1 and f"{key}_one" in self.words:
            key = f"{key}_one"
        return self.words[key].format(**values)

    def seconds(self, seconds: float) -> str:
        """Say how long something took, as exactly as one would."""
        whole = round(seconds)
        if whole < MINUTE_S:
            return self("unit_s", s=whole)
        minutes, rest = divmod(whole, MINUTE_S)
        if whole < LONG_S and rest:
            return self("unit_min_s", m=minutes, s=rest)
        if whole < HOUR_S:
            return self("unit_min", m=round(whole / MINUTE_S))
        hours, minutes = divmod(round(whole / MINUTE_S), MINUTE_S)
        return self("unit_h_min", h=hours, m=minutes) if minutes else self("unit_h", h=hours)

    def day(self, day: date) -> str:
        """Say a day with its weekday."""
        return self(
            "day",
            weekday=self(f"weekday_{day.weekday()}"),
            year=day.year,
            month_name=self(f"month_{day.month}"),
            day=day.day,
        )

    def moment(self, at: datetime) -> str:
        """Say a day and a time."""
        return self("day_time", day=self.day(at), time=f"{at:%H:%M}")

    def share(self, part: int, whole: int) -> str:
        """Say a part in per cent; anything and nothing are never rounded into each other."""
        if not whole:
            return NOTHING
        exact = 100 * part / whole
        if 0 < exact < 1:
            return self("percent_little")
        return self("percent", n=min(99, round(exact)) if part < whole else 100)

    def style(self, style: str) -> str:
        """Return what visitors call a style, its id where the pack does not know it."""
        texts = self.experience.texts_in(self.locale).styles.get(style) if self.experience else None
        return texts.short if texts else style

    def colour(self, style: str) -> str | None:
        """Return the colour in which a style speaks on paper."""
        styles = self.experience.styles if self.experience else ()
        return next((each.colours.speak for each in styles if each.id == style), None)

    def machine(self, label: str) -> str:
        """Return what to call a painter: staff's own name, else what the desk calls it."""
        if label == "laptop":
            return self("machine_laptop")
        number = label.removeprefix("atelier-")
        return self("machine_atelier", number=number) if number != label else label

    def kind(self, kind: Kind | None) -> str:
        """Return what software a server speaks."""
        return {Kind.A1111: "A1111", Kind.COMFYUI: "ComfyUI", Kind.LAPTOP: ""}.get(kind or Kind.LAPTOP, "")

    def trouble(self, code: str) -> str:
        """Say a server's fault as staff's page does, by its code where it has no words."""
        return self.desk.get(f"fleet_why_{code}", code)
