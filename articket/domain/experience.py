from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from articket.domain.quiz import Axis, Option, Question, Quiz
from articket.domain.texts import (
    Artwork,
    CaptionTexts,
    GalleryTexts,
    QuestionTexts,
    StyleTexts,
    Texts,
    TypeTexts,
)

__all__ = [
    "Artwork",
    "Axis",
    "CaptionTexts",
    "Colours",
    "ControlNet",
    "Experience",
    "GalleryTexts",
    "Lora",
    "ModelFamily",
    "Option",
    "Parameters",
    "Question",
    "QuestionTexts",
    "Quiz",
    "Style",
    "StyleTexts",
    "Texts",
    "TypeTexts",
    "choose_locale",
]

ModelFamily = Literal["sdxl", "sd15"]


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA by the name the server lists it under, made for one family of models."""

    name: str
    weight: float
    family: ModelFamily


@dataclass(frozen=True, slots=True)
class ControlNet:
    """What holds the photo's shapes while a server paints: preprocessor, model and weight."""

    module: str
    model: str
    weight: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a server samples, sizes in pixels; without a checkpoint the server keeps its own."""

    sampler: str
    scheduler: str
    steps: int
    cfg_scale: float
    denoising_strength: float
    width: int
    height: int
    checkpoint: str | None = None
    controlnet: ControlNet | None = None


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as #rrggbb: the pair, the one that reads on paper, the one on the wall, the frame's four."""

    one: str
    two: str
    speak: str
    glow: str
    moulding: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Style:
    """A look a visitor can be painted in; `good`, `bad` and `neutral` name the styles that hang beside it."""

    id: str
    recipe: str
    prompt: str
    negative_prompt: str
    loras: tuple[Lora, ...]
    parameters: Mapping[ModelFamily, Parameters]
    subject: str
    ticket_design: str
    colours: Colours
    good: tuple[str, ...]
    bad: tuple[str, ...]
    neutral: tuple[str, ...]

    def prompt_for(self, caption: str | None) -> str:
        """Put the caption into the prompt, or the style's own subject where nothing was seen."""
        return self.prompt.replace("{caption}", caption or self.subject)

    def loras_for(self, family: ModelFamily) -> tuple[Lora, ...]:
        """Return the LoRAs made for that family of models."""
        return tuple(lora for lora in self.loras if lora.family == family)


@dataclass(frozen=True, slots=True)
class Experience:
    """A pack: styles, quiz, every text in every language, and words that its names may not hold."""

    id: str
    locales: tuple[str, ...]
    default_locale: str
    styles: tuple[Style, ...]
    quiz: Quiz
    texts: Mapping[str, Texts]
    unfit_names: tuple[str, ...] = ()

    def style(self, style_id: str) -> Style:
        """Return the style of that id, or raise KeyError."""
        for style in self.styles:
            if style.id == style_id:
                return style
        raise KeyError(style_id)

    def texts_in(self, locale: str | None) -> Texts:
        """Return the texts in that language, or in the pack's own where it has no such language."""
        return self.texts.get(locale or self.default_locale, self.texts[self.default_locale])


def choose_locale(experience: Experience, accept_language: str | None) -> str:
    """Return the pack's language that an Accept-Language header likes best, else the pack's own."""
    by_tag = {locale.lower(): locale for locale in experience.locales}
    for tag in _tags_by_preference(accept_language or ""):
        if tag == "*":
            return experience.default_locale
        while tag:
            if tag in by_tag:
                return by_tag[tag]
            tag = tag.rpartition("-")[0]  # noqa: PLW2901  (ko-KR is answered by ko)
    return experience.default_locale


def _tags_by_preference(header: str) -> list[str]:
    weighed = []
    for entry in header.split(","):
        tag, _, parameter = entry.partition(";")
        weight = _weight(parameter)
        if tag.strip() and weight > 0:
            weighed.append((weight, tag.strip().lower()))
    return [tag for _, tag in sorted(weighed, key=lambda pair: -pair[0])]


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
