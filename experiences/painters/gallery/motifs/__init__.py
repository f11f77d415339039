"""The house's own motifs, drawn from nothing."""

from motifs.boat import boat
from motifs.cat import cat
from motifs.flowers import flowers
from motifs.lighthouse import lighthouse
from motifs.pear import pear
from motifs.town import town

MOTIFS = {"pear": pear, "boat": boat, "town": town, "flowers": flowers, "cat": cat, "lighthouse": lighthouse}
