"""What the organiser and the pack decide about the fleet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articket.domain.experience import Experience, ModelFamily
from articket.domain.fleet.commission import Work


@dataclass(frozen=True, slots=True)
class FleetRules:
    """Limits in seconds, and the work that each style is for each family of models."""

    attempt_s: float = 90.0
    first_call_s: float = 180.0
    patience_s: float = 45.0
    menu: Mapping[tuple[str, ModelFamily], Work] = field(default_factory=dict)

    def work(self, style: str, family: ModelFamily) -> Work | None:
        """Return what a painting asks of a server of that family; None for a style the pack lost."""
        return self.menu.get((style, family))


def menu_of(experience: Experience) -> dict[tuple[str, ModelFamily], Work]:
    """Return the work of every style: img2img really does about `denoising_strength` of the steps."""
    return {
        (style.id, family): Work(
            pixels=each.width * each.height,
            steps=int(min(each.denoising_strength, 0.999) * each.steps) + 1,
            checkpoint=each.checkpoint,
        )
        for style in experience.styles
        for family, each in style.parameters.items()
    }
