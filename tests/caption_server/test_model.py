import json
import shutil
from pathlib import Path

import pytest
import torch
from photos.samples import astronaut, cat, temple
from PIL import Image

from articket.caption_server.model import Blip, ModelUnusableError, choose_device, load_blip, precision

PICTURES = [
    *(photo().convert("RGB") for photo in (astronaut, cat, temple)),
    Image.new("RGB", (2000, 20), "navy"),
    Image.new("RGB", (1, 1), "yellow"),
]


def test_every_picture_has_the_same_caption_alone_and_in_company_whatever_its_size(blip: Blip) -> None:
    assert len({picture.size for picture in PICTURES}) == len(PICTURES)
    together = blip.caption([blip.prepare(each) for each in PICTURES])
    alone = [blip.caption([blip.prepare(each)])[0] for each in PICTURES]
    assert together == alone
    assert len(set(together)) >= 3


def test_a_caption_is_plain_words_and_has_an_end(blip: Blip) -> None:
    (caption,) = blip.caption([blip.prepare(PICTURES[0])])
    assert 0 < len(caption.split()) <= 30
    assert "[" not in caption


def test_no_pictures_have_no_captions(blip: Blip) -> None:
    assert blip.caption([]) == []


def test_two_loads_of_one_folder_say_the_same(blip: Blip, folder: Path) -> None:
    again = load_blip(str(folder), "auto" if choose_device("auto") == "cpu" else "cpu")
    prepared = [blip.prepare(each) for each in PICTURES]
    assert again.caption(prepared) == blip.caption(prepared)


def test_only_a_gpu_works_in_half_precision() -> None:
    assert precision("cuda") is torch.float16
    assert precision("cpu") is torch.float32


def test_a_gpu_that_is_asked_for_and_missing_is_told() -> None:
    if torch.cuda.is_available():
        assert choose_device("cuda") == "cuda"
    else:
        with pytest.raises(ModelUnusableError, match="no GPU that torch can use"):
            choose_device("cuda")


@pytest.mark.parametrize("name", ["/nowhere/blip", "./nowhere", "~/nowhere at all"])
def test_a_folder_that_is_missing_is_told(name: str) -> None:
    with pytest.raises(ModelUnusableError, match="There is no folder"):
        load_blip(name, "cpu")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusableError, match="cannot be found or read"):
        load_blip(str(tmp_path), "cpu")


@pytest.mark.parametrize(
    "change",
    [{"model_type": "bert", "architectures": ["BertModel"]}, {"architectures": ["BlipForQuestionAnswering"]}],
)
def test_a_model_that_makes_no_captions_is_told(
    folder: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    config = json.loads((other / "config.json").read_text())
    (other / "config.json").write_text(json.dumps({**config, **change}))
    with pytest.raises(ModelUnusableError, match="is no BLIP model for captions"):
        load_blip(str(other), "cpu")
