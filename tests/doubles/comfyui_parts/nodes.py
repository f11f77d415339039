"""The nodes that the double knows: what they take, what they give, and what they do to a Pillow picture."""

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from doubles.comfyui_parts.behaviour import Behaviour
from PIL import Image, ImageChops, ImageFilter, ImageOps

Outputs = tuple[Any, ...]


class Bench(Protocol):
    """What a node finds on the machine it runs on."""

    @property
    def behaviour(self) -> Behaviour: ...

    def read(self, annotated: str) -> bytes | None: ...

    def save(self, kind: str, prefix: str, data: bytes) -> dict[str, str]: ...

    def sample(self, sampling: "Sampling") -> None: ...


@dataclass(frozen=True)
class Model:
    checkpoint: str
    loras: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Conditioning:
    text: str
    loras: tuple[tuple[str, float], ...] = ()
    controlnets: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Sampling:
    """What a sampler was told."""

    checkpoint: str
    loras: tuple[tuple[str, float], ...]
    positive: str
    negative: str
    controlnets: tuple[tuple[str, float], ...]
    size: tuple[int, int]
    seed: int
    steps: int
    cfg: float
    sampler: str
    scheduler: str
    denoise: float


@dataclass(frozen=True)
class Input:
    """A link to another node's output of that kind, or a value: a number between bounds, one of a list."""

    kind: str
    low: float = float("-inf")
    high: float = float("inf")
    choices: Callable[[Behaviour], tuple[str, ...]] | None = None
    optional: bool = False


@dataclass(frozen=True)
class Node:
    inputs: Mapping[str, Input]
    outputs: tuple[str, ...]
    run: Callable[..., Outputs]
    is_output: bool = False


def load_checkpoint(_: Bench, ckpt_name: str) -> Outputs:
    return Model(ckpt_name), Model(ckpt_name), "vae"


def load_lora(
    _: Bench, model: Model, clip: Model, lora_name: str, strength_model: float, strength_clip: float
) -> Outputs:
    return (
        replace(model, loras=(*model.loras, (lora_name, strength_model))),
        replace(clip, loras=(*clip.loras, (lora_name, strength_clip))),
    )


def encode_text(_: Bench, text: str, clip: Model) -> Outputs:
    return (Conditioning(text, clip.loras),)


def load_image(bench: Bench, image: str) -> Outputs:
    data = bench.read(image)
    if data is None:
        raise FileNotFoundError(image)
    opened = Image.open(io.BytesIO(data))
    return ImageOps.exif_transpose(opened).convert("RGB"), "mask"


def find_edges(_: Bench, image: Image.Image, **_thresholds: float) -> Outputs:
    return (image.convert("L").filter(ImageFilter.FIND_EDGES).convert("RGB"),)


def scale_image(
    _: Bench, image: Image.Image, width: int, height: int, upscale_method: str, crop: str
) -> Outputs:
    del upscale_method, crop
    return (image.resize((width, height)),)


def load_controlnet(_: Bench, control_net_name: str) -> Outputs:
    return (control_net_name,)


def apply_controlnet(
    _: Bench,
    positive: Conditioning,
    negative: Conditioning,
    control_net: str,
    strength: float,
    **_rest: object,
) -> Outputs:
    held = (*positive.controlnets, (control_net, strength))
    return replace(positive, controlnets=held), replace(negative, controlnets=held)


def encode_image(_: Bench, pixels: Image.Image, vae: str) -> Outputs:
    del vae
    width, height = (side - side % 8 for side in pixels.size)
    return (pixels.crop((0, 0, width, height)),)


def empty_latent(_: Bench, width: int, height: int, batch_size: int) -> Outputs:
    del batch_size
    return (Image.effect_noise((width, height), 60).convert("RGB"),)


def sample(
    bench: Bench,
    model: Model,
    positive: Conditioning,
    negative: Conditioning,
    latent_image: Image.Image,
    **told: Any,
) -> Outputs:
    """Paint: the more denoise, the less of the photo remains under the seed's colours."""
    bench.sample(
        Sampling(
            checkpoint=model.checkpoint,
            loras=model.loras,
            positive=positive.text,
            negative=negative.text,
            controlnets=positive.controlnets,
            size=latent_image.size,
            seed=told["seed"],
            steps=told["steps"],
            cfg=told["cfg"],
            sampler=told["sampler_name"],
            scheduler=told["scheduler"],
            denoise=told["denoise"],
        )
    )
    dice = random.Random(f"{told['seed']} {positive.text}")  # noqa: S311 - colours, no secrets
    tint = Image.new("RGB", latent_image.size, tuple(dice.randrange(60, 200) for _ in range(3)))
    strokes = ImageOps.posterize(latent_image, 3).filter(ImageFilter.ModeFilter(5))
    return (Image.blend(strokes, ImageChops.overlay(strokes, tint), told["denoise"]),)


def decode_image(_: Bench, samples: Image.Image, vae: str) -> Outputs:
    del vae
    return (samples,)


def keep_image(bench: Bench, images: Image.Image, filename_prefix: str | None = None) -> Outputs:
    kind, prefix = ("output", filename_prefix) if filename_prefix else ("temp", "ComfyUI_temp_abcde")
    match bench.behaviour.spoilt:
        case "black":
            images = Image.new("RGB", images.size)
        case "grey":
            images = Image.new("RGB", images.size, "#808080")
        case "small":
            images = images.resize((64, 64))
        case "nothing":
            return ({"images": []},)
        case "missing":
            return ({"images": [{"filename": "gone.png", "subfolder": "", "type": kind}]},)
    out = io.BytesIO()
    images.save(out, "PNG", compress_level=1)
    data = b"no picture" if bench.behaviour.spoilt == "broken" else out.getvalue()
    return ({"images": [bench.save(kind, prefix, data)]},)


def _number(low: float, high: float) -> Input:
    return Input("INT" if isinstance(low, int) else "FLOAT", low, high)


def _list(choices: Callable[[Behaviour], tuple[str, ...]]) -> Input:
    return Input("COMBO", choices=choices)


_TEXT = Input("STRING")
_SIDE = _number(16, 16384)
_STRENGTH = _number(-100.0, 100.0)
_SHARE = _number(0.0, 1.0)

NODES: Mapping[str, Node] = {
    "CheckpointLoaderSimple": Node(
        {"ckpt_name": _list(lambda is_: is_.checkpoints)}, ("MODEL", "CLIP", "VAE"), load_checkpoint
    ),
    "LoraLoader": Node(
        {
            "model": Input("MODEL"),
            "clip": Input("CLIP"),
            "lora_name": _list(lambda is_: is_.loras),
            "strength_model": _STRENGTH,
            "strength_clip": _STRENGTH,
        },
        ("MODEL", "CLIP"),
        load_lora,
    ),
    "CLIPTextEncode": Node({"text": _TEXT, "clip": Input("CLIP")}, ("CONDITIONING",), encode_text),
    "LoadImage": Node({"image": Input("UPLOAD")}, ("IMAGE", "MASK"), load_image),
    "Canny": Node(
        {"image": Input("IMAGE"), "low_threshold": _SHARE, "high_threshold": _SHARE}, ("IMAGE",), find_edges
    ),
    "ImageScale": Node(
        {
            "image": Input("IMAGE"),
            "upscale_method": _list(lambda _: ("nearest-exact", "bilinear", "area", "bicubic", "lanczos")),
            "width": _SIDE,
            "height": _SIDE,
            "crop": _list(lambda _: ("disabled", "center")),
        },
        ("IMAGE",),
        scale_image,
    ),
    "ControlNetLoader": Node(
        {"control_net_name": _list(lambda is_: is_.controlnets)}, ("CONTROL_NET",), load_controlnet
    ),
    "ControlNetApplyAdvanced": Node(
        {
            "positive": Input("CONDITIONING"),
            "negative": Input("CONDITIONING"),
            "control_net": Input("CONTROL_NET"),
            "image": Input("IMAGE"),
            "strength": _number(0.0, 10.0),
            "start_percent": _SHARE,
            "end_percent": _SHARE,
        },
        ("CONDITIONING", "CONDITIONING"),
        apply_controlnet,
    ),
    "VAEEncode": Node({"pixels": Input("IMAGE"), "vae": Input("VAE")}, ("LATENT",), encode_image),
    "EmptyLatentImage": Node(
        {"width": _SIDE, "height": _SIDE, "batch_size": _number(1, 4096)}, ("LATENT",), empty_latent
    ),
    "KSampler": Node(
        {
            "model": Input("MODEL"),
            "positive": Input("CONDITIONING"),
            "negative": Input("CONDITIONING"),
            "latent_image": Input("LATENT"),
            "seed": _number(0, 2**64 - 1),
            "steps": _number(1, 10_000),
            "cfg": _number(0.0, 100.0),
            "sampler_name": _list(lambda is_: is_.samplers),
            "scheduler": _list(lambda is_: is_.schedulers),
            "denoise": _SHARE,
        },
        ("LATENT",),
        sample,
    ),
    "VAEDecode": Node({"samples": Input("LATENT"), "vae": Input("VAE")}, ("IMAGE",), decode_image),
    "PreviewImage": Node({"images": Input("IMAGE")}, (), keep_image, is_output=True),
    "SaveImage": Node({"images": Input("IMAGE"), "filename_prefix": _TEXT}, (), keep_image, is_output=True),
}
