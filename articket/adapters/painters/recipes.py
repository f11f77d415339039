"""The painters by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from articket.adapters.painters.lichtenstein import paint_lichtenstein
from articket.adapters.painters.picasso import paint_picasso
from articket.adapters.painters.plain import paint_plain
from articket.adapters.painters.raster import Picture
from articket.adapters.painters.reading import Reading
from articket.adapters.painters.renoir import paint_renoir
from articket.adapters.painters.vangogh import paint_vangogh

Recipe = Callable[[Reading, int], Picture]

LAST_RESORT = "plain"

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "picasso": paint_picasso,
        "renoir": paint_renoir,
        "vangogh": paint_vangogh,
        "lichtenstein": paint_lichtenstein,
        LAST_RESORT: paint_plain,
    }
)
