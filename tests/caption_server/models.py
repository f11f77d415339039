"""BLIP models with random weights, saved in folders: as small as can be, or of the published base size."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import BertTokenizerFast, BlipConfig, BlipForConditionalGeneration, BlipImageProcessorPil

SEED = 7


@dataclass(frozen=True, slots=True)
class Size:
    """How large a model is; `text` and `vision` go to BlipConfig."""

    image_side: int
    text: dict[str, Any]
    vision: dict[str, Any]
    spread: float  # of the weights: wide enough that different pictures get different captions


LAYERS = {"num_hidden_layers": 2, "num_attention_heads": 2, "hidden_size": 32, "intermediate_size": 64}
TINY = Size(
    image_side=32,
    text={
        **LAYERS,
        "vocab_size": 207,
        "max_position_embeddings": 64,
        "bos_token_id": 205,
        "sep_token_id": 102,
    },
    vision={**LAYERS, "image_size": 32, "patch_size": 8},
    spread=0.5,
)
BASE = Size(image_side=384, text={}, vision={}, spread=0.02)  # BlipConfig's own defaults are the base model


def save_model(folder: Path, size: Size = TINY) -> Path:
    """Write a model and its processor as the library does, always with the same weights."""
    config = BlipConfig(text_config=size.text, vision_config=size.vision)
    torch.manual_seed(SEED)
    network = BlipForConditionalGeneration(config)
    with torch.no_grad():
        for weights in network.parameters():
            if weights.ndim > 1:
                weights.normal_(0.0, size.spread)
    network.save_pretrained(folder)
    vocabulary = words(config.text_config.vocab_size)
    tokenizer = BertTokenizerFast(vocab={word: number for number, word in enumerate(vocabulary)})
    tokenizer.save_pretrained(folder)
    side = {"height": size.image_side, "width": size.image_side}
    BlipImageProcessorPil(size=side).save_pretrained(folder)
    return folder


def words(count: int) -> list[str]:
    """Return a vocabulary as published: BERT's, which lacks the model's last two tokens."""
    special = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]"}
    return [special.get(number, f"word{number}") for number in range(count - 2)]
