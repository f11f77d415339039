"""Draw the four painters' ticket templates: python ticket_templates/painters/draw.py.

The drawn PDF files are committed; whoever has another drawing program may replace any of them, as long as the
page boxes and windows agree with the layout file of the same name.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from art import lichtenstein, picasso, renoir, vangogh  # noqa: E402  (the folder is a script's, not a package's)
from art.page import FOUR_BY_SIX, POSTCARD, Page  # noqa: E402
from reportlab import rl_config  # noqa: E402

STYLES = {"lichtenstein": lichtenstein, "picasso": picasso, "renoir": renoir, "vangogh": vangogh}


def main(folder: Path) -> None:
    """Draw every side of every style into a folder."""
    rl_config.useA85 = 0
    for name, style in STYLES.items():
        for side, size in (("front", POSTCARD), ("back", POSTCARD), ("one", FOUR_BY_SIX)):
            page = Page(folder / f"{name}-{side}.pdf", size)
            getattr(style, side)(page)
            page.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
