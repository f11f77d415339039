"""What a style and a caption ask of one particular server."""

from typing import Final

from articket.application.fleet.ports import Brushwork
from articket.domain.experience import ModelFamily, Style

GRID: Final = 8
WARM_UP_STEPS: Final = 2
WARM_UP_SIDE: Final = 256


def size_of(style: Style, family: ModelFamily, scale: float) -> tuple[int, int]:
    """Return width and height in pixels, multiples of 8."""
    asked = style.parameters[family]
    width, height = (max(GRID, round(side * scale / GRID) * GRID) for side in (asked.width, asked.height))
    return width, height


def brushwork_for(  # noqa: PLR0913, PLR0917 - a painting is made of all of them
    style: Style, family: ModelFamily, photo: bytes, caption: str | None, seed: int, size: tuple[int, int]
) -> Brushwork:
    """Return the whole order; `photo` has that size already."""
    asked = style.parameters[family]
    return Brushwork(
        photo=photo,
        style=style.id,
        prompt=style.prompt_for(caption),
        negative_prompt=style.negative_prompt,
        size=size,
        sampler=asked.sampler,
        scheduler=asked.scheduler,
        steps=asked.steps,
        cfg_scale=asked.cfg_scale,
        denoising_strength=asked.denoising_strength,
        seed=seed,
        loras=style.loras_for(family),
        checkpoint=asked.checkpoint,
        controlnet=asked.controlnet,
    )
