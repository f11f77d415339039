from pathlib import Path

import pytest

from articket.settings import Settings, SettingsError, load_caption_settings
from articket.settings.caption_server import CaptionSettings

NO_FILE = Path("no such file.toml")


def faults(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        load_caption_settings(environ, NO_FILE)
    return str(caught.value)


def test_without_any_setting_the_caption_server_has_its_defaults() -> None:
    assert load_caption_settings({}, NO_FILE) == CaptionSettings()


def test_every_caption_setting_can_be_given_in_the_environment_and_in_the_file(tmp_path: Path) -> None:
    other = CaptionSettings("/srv/blip", "cpu", "127.0.0.1", 3003, 4)
    environ = {
        "ARTICKET_CAPTION_MODEL": "/srv/blip",
        "ARTICKET_CAPTION_DEVICE": "cpu",
        "ARTICKET_CAPTION_HOST": "127.0.0.1",
        "ARTICKET_CAPTION_PORT": "3003",
        "ARTICKET_CAPTION_BATCH": "4",
    }
    file = tmp_path / "articket.toml"
    file.write_text(
        "caption_model = '/srv/blip'\ncaption_device = 'cpu'\ncaption_host = '127.0.0.1'\n"
        "caption_port = 3003\ncaption_batch = 4\n"
    )
    assert load_caption_settings(environ, NO_FILE) == other
    assert load_caption_settings({}, file) == other


def test_booth_and_caption_server_read_one_file_without_minding_each_others_settings(tmp_path: Path) -> None:
    file = tmp_path / "articket.toml"
    file.write_text("caption_port = 3003\nport = 9000\n")
    assert Settings.load({"ARTICKET_CAPTION_BATCH": "4"}, file).port == 9000
    assert load_caption_settings({"ARTICKET_LOCALE": "en"}, file).caption_port == 3003


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "70000", "ARTICKET_CAPTION_PORT must be 65535 or less."),
        ("BATCH", "0", "ARTICKET_CAPTION_BATCH must be 1 to 64."),
        ("BATCH", "65", "ARTICKET_CAPTION_BATCH must be 1 to 64."),
        ("DEVICE", "gpu", "ARTICKET_CAPTION_DEVICE must be auto or cpu or cuda."),
        ("MODLE", "x", "ARTICKET_CAPTION_MODLE is not a setting. Did you mean ARTICKET_CAPTION_MODEL?"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_to_the_caption_servers_owner_too(
    name: str, value: str, sentence: str
) -> None:
    assert faults({f"ARTICKET_CAPTION_{name}": value}) == sentence
