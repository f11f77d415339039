"""Who has yet to hear about a new place in line: a few at a time, so that commands get through between."""

from collections import deque

from articket.web.snapshots.house import Json


class Places:
    """The places in line as the phones know them, and as they are."""

    def __init__(self) -> None:
        """Know of nobody in line."""
        self._told: dict[str, tuple[int, int]] = {}
        self._waiting: deque[tuple[str, Json]] = deque()

    def __len__(self) -> int:
        """Return how many have yet to hear."""
        return len(self._waiting)

    def renew(self, places: dict[str, Json]) -> None:
        """Take the present places by visit; whoever has not heard of an older one never will."""
        self._told = {visit: told for visit, told in self._told.items() if visit in places}
        self._waiting = deque(
            (visit, place) for visit, place in places.items() if self._told.get(visit) != _shown(place)
        )

    def take(self, most: int) -> list[tuple[str, Json]]:
        """Return the next visits to tell, at most so many, and count them as told."""
        taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        self._told |= {visit: _shown(place) for visit, place in taken}
        return taken


def _shown(place: Json) -> tuple[int, int]:
    return place["ahead"], place["minutes"]
