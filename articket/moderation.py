"""Wires who looks at photos and names before a room full of people sees them."""

from dataclasses import dataclass

from articket.adapters.moderation.nsfw import NsfwLooker
from articket.adapters.moderation.word_lists import word_lists
from articket.application.floor import Floor
from articket.application.looking import LookAtPhoto, Looker
from articket.application.ports import Store
from articket.domain.experience import Experience
from articket.domain.moderation import Policy
from articket.domain.names import Filter, WordList
from articket.settings import Settings


@dataclass(frozen=True, slots=True)
class Looking:
    """The use case, and the model, which has no process before its first photo."""

    photos: LookAtPhoto
    model: NsfwLooker

    def close(self) -> None:
        """End the model's process."""
        self.model.close()


def policy(settings: Settings) -> Policy:
    """Return who looks at new photos."""
    return Policy(settings.moderation)


def unfit(experience: Experience) -> Filter:
    """Return what finds a name that the monitor does not show: every language's words, and the pack's."""
    return Filter.of((*word_lists(), WordList(anywhere=experience.unfit_names)))


def wire_looking(threshold: float, floor: Floor, store: Store, looker: Looker | None = None) -> Looking:
    """Return what looks at photos: this looker, or the model, which starts with the first photo."""
    model = NsfwLooker()
    return Looking(LookAtPhoto(floor, looker or model, store, threshold, floor.clock.now), model)
