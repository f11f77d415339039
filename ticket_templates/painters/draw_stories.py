"""Draw the art of the painters' tall pictures: python ticket_templates/painters/draw_stories.py.

It needs pdftocairo from poppler-utils. The drawn PNG files are committed; whoever has another drawing program
may replace any of them: 1080 x 1920 pixels, transparent where the painting is seen.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from art.page import Page  # noqa: E402  (the folder is a script's, not a package's)
from art.story import STORY, stories  # noqa: E402
from PIL import Image  # noqa: E402

WIDE, HIGH = 1080, 1920


def main(folder: Path) -> None:
    """Draw every style's art into a folder."""
    for name, draw in stories().items():
        with tempfile.TemporaryDirectory() as work:
            page = Page(Path(work) / f"{name}.pdf", STORY)
            draw(page)
            page.save()
            out = Path(work) / name
            size = ["-scale-to-x", str(WIDE), "-scale-to-y", str(HIGH)]
            command = ["pdftocairo", "-png", "-transp", "-singlefile", *size, str(page.path), str(out)]
            subprocess.run(command, check=True, timeout=60)  # noqa: S603 - our own files
            with Image.open(out.with_suffix(".png")) as drawn:
                few = drawn.convert("RGBA").quantize(255, method=Image.Quantize.FASTOCTREE)
            few.save(folder / f"{name}-story.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
