from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from articket.settings.reader import PREFIX
from articket.settings.rules import HIGHEST_PORT

CaptionDevice: TypeAlias = Literal["auto", "cpu", "cuda"]

LARGEST_BATCH = 64


@dataclass(frozen=True, slots=True)
class CaptionSettings:
    """What whoever runs the caption server may decide; the names begin with `caption_` there as here."""

    caption_model: str = "Salesforce/blip-image-captioning-base"
    caption_device: CaptionDevice = "auto"
    caption_host: str = "0.0.0.0"  # noqa: S104 - the booth is on another machine
    caption_port: int = 3002
    caption_batch: int = 8


def caption_names() -> tuple[str, ...]:
    """Return the name of each of these settings as the file writes it."""
    return tuple(f.name for f in fields(CaptionSettings))


def caption_contradictions(settings: CaptionSettings) -> list[str]:
    """Return a sentence for every value out of range."""
    rules = (
        (settings.caption_port <= HIGHEST_PORT, f"CAPTION_PORT must be {HIGHEST_PORT} or less."),
        (1 <= settings.caption_batch <= LARGEST_BATCH, f"CAPTION_BATCH must be 1 to {LARGEST_BATCH}."),
    )
    return [PREFIX + sentence for held, sentence in rules if not held]
