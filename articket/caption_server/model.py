"""BLIP, by transformers and torch, which are imported only where a model is loaded."""

import logging
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

from PIL import Image

from articket.settings.caption_server import CaptionDevice

NEEDED: Final = ("torch", "transformers")
MODEL_TYPE: Final = "blip"
ARCHITECTURE: Final = "BlipForConditionalGeneration"
MAX_NEW_TOKENS: Final = 30
WARM_UP_SIDE: Final = 64  # pixels

log = logging.getLogger(__name__)


class ModelUnusableError(Exception):
    """The model cannot be loaded; the sentence says why."""


class Captioner(Protocol):
    """Something that says what is on a picture."""

    @property
    def device(self) -> str:
        """Return where it works: cuda or cpu."""

    def prepare(self, picture: Image.Image) -> object:
        """Turn an RGB picture of any size into what `caption` takes; any number of threads at once."""

    def caption(self, prepared: Sequence[Any]) -> list[str]:
        """Return one caption for each, in their order; one thread at a time."""


def missing_packages() -> list[str]:
    """Return what has to be installed first, without importing anything."""
    return [name for name in NEEDED if find_spec(name) is None]


def load_blip(model: str, device: CaptionDevice) -> "Blip":
    """Load a model by its name on the hub or from a folder, and caption a blank picture with it.

    Seconds to minutes. ModelUnusableError says what whoever runs the server can mend; other exceptions are
    the libraries' own.
    """
    # Without a GPU torch's threads would spin while they wait for each other, and slow whatever else runs.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from transformers import AutoConfig, BlipForConditionalGeneration  # noqa: PLC0415 - takes seconds
    from transformers import logging as chatter  # noqa: PLC0415

    chatter.disable_progress_bar()
    chosen = choose_device(device)
    source, is_here = locate(model)
    try:
        config = AutoConfig.from_pretrained(source, local_files_only=is_here)
    except (OSError, ValueError) as reason:
        raise ModelUnusableError(f"The model {model} cannot be found or read.") from reason
    if config.model_type != MODEL_TYPE or ARCHITECTURE not in (config.architectures or [ARCHITECTURE]):
        raise ModelUnusableError(f"The model {model} is no BLIP model for captions ({config.model_type}).")
    network = BlipForConditionalGeneration.from_pretrained(
        source, dtype=precision(chosen), local_files_only=is_here
    )
    blip = Blip(network.to(chosen).eval(), *readers(source, is_here=is_here), chosen)
    blip.caption([blip.prepare(Image.new("RGB", (WARM_UP_SIDE, WARM_UP_SIDE)))])
    return blip


def choose_device(device: CaptionDevice) -> str:
    """Return cuda where there is a GPU, unless cpu is asked for; ModelUnusableError where it is missing."""
    import torch  # noqa: PLC0415 - takes seconds

    has_gpu = torch.cuda.is_available()
    if device == "cuda" and not has_gpu:
        raise ModelUnusableError(
            "There is no GPU that torch can use: look at the driver, or choose auto or cpu."
        )
    if device == "auto" and not has_gpu:
        log.warning("There is no GPU that torch can use: captions come from the processor, slowly.")
    return "cuda" if has_gpu and device != "cpu" else "cpu"


def precision(device: str) -> Any:
    """Return half precision for a GPU; a processor is slower with it."""
    import torch  # noqa: PLC0415

    return torch.float16 if device == "cuda" else torch.float32


def locate(model: str) -> tuple[str, bool]:
    """Return what the library is asked for, and whether it is a folder here, which needs no network."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return str(folder), True
    if model.startswith(("~", ".", os.sep)):
        raise ModelUnusableError(f"There is no folder {model}.")
    return model, False


def readers(source: str, *, is_here: bool) -> tuple[Any, Any]:
    """Return what makes numbers of pictures and texts of numbers.

    Pictures go through Pillow even where torchvision is installed, so that captions are the same everywhere.
    """
    from transformers import AutoTokenizer, BlipImageProcessorPil  # noqa: PLC0415

    return (
        BlipImageProcessorPil.from_pretrained(source, local_files_only=is_here),
        AutoTokenizer.from_pretrained(source, local_files_only=is_here),
    )


class Blip:
    """A loaded model."""

    def __init__(self, network: Any, pictures: Any, tokenizer: Any, device: str) -> None:
        """Take over what was loaded."""
        self._network = network
        self._pictures = pictures
        self._tokenizer = tokenizer
        self._device = device

    @property
    def device(self) -> str:
        """Return where it works: cuda or cpu."""
        return self._device

    def prepare(self, picture: Image.Image) -> Any:
        """Return the picture as a tensor of three channels and the model's own sides, whatever its shape."""
        return self._pictures(images=picture, return_tensors="pt")["pixel_values"][0]

    def caption(self, prepared: Sequence[Any]) -> list[str]:
        """Return one caption for each picture, in their order, all in one run of the model."""
        import torch  # noqa: PLC0415 - loaded long since

        if not prepared:
            return []
        pixels = torch.stack(list(prepared)).to(self._device, precision(self._device))
        with torch.inference_mode():
            tokens = self._network.generate(pixel_values=pixels, max_new_tokens=MAX_NEW_TOKENS)
        # The first token only says that a caption begins, and the published tokenizer does not know it.
        texts = self._tokenizer.batch_decode(tokens[:, 1:], skip_special_tokens=True)
        return [" ".join(text.split()) for text in texts]
