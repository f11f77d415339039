import re
from dataclasses import fields
from pathlib import Path

import pytest

from articket.domain.durations import Durations
from articket.settings import Settings, SettingsError, all_names, names
from articket.settings.caption_server import CaptionSettings

ROOT = Path(__file__).parents[2]
NO_FILE = Path("no such file.toml")


def faults(environ: dict[str, str], toml: Path = NO_FILE) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.load(environ, toml)
    return str(caught.value)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "articket.toml"
    path.write_text(text)
    return path


def in_file(value: object) -> str:
    if isinstance(value, tuple):
        return repr(list(value))
    return str(value).lower() if isinstance(value, bool) else repr(value)


def in_environment(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def test_without_any_setting_the_defaults_hold() -> None:
    assert Settings.load({}, NO_FILE) == Settings()


def test_every_setting_can_be_given_in_the_environment_and_in_the_file(tmp_path: Path) -> None:
    values = {
        "host": "127.0.0.1",
        "port": 9000,
        "public_url": "https://booth.example.org",
        "network": "wlan0",
        "wifi_ssid": "Gallery",
        "wifi_password": "sunflower",
        "trusted_proxies": 1,
        "threads": 20,
        "painter_processes": 1,
        "data_dir": "/srv/articket",
        "database_url": "sqlite:////srv/other.db",
        "store": "gs://booth-tickets/fair",
        "ephemeral_disk_ok": True,
        "retention_hours": 1.5,
        "secret_key": "k" * 32,
        "staff_password": "sunflower",
        "sd_endpoints": ("http://192.0.2.1:7860", "http://artist:sunflower@192.0.2.2"),
        "comfyui_endpoints": ("http://192.0.2.3:8188",),
        "caption_url": "http://192.0.2.4:3002",
        "caption_interrogate": False,
        "requests_per_server": 2,
        "printer": "folder:/mnt/print",
        "print_media": "na_index-4x6_4x6in",
        "experience": "experiences/others",
        "locale": "en",
        "event_name": "한국어 이름",
        "event_place": "Seoul",
        "ticket_sides": "one",
        "moderation": "ask",
        "moderation_threshold": 0.25,
        **{f.name: 100.0 + number for number, f in enumerate(fields(Durations))},
    }
    assert set(values) == set(names())
    lines = (f"{name} = {in_file(value)}" for name, value in values.items())
    from_file = Settings.load({}, written(tmp_path, "\n".join(lines)))
    variables = {f"ARTICKET_{name.upper()}": in_environment(value) for name, value in values.items()}
    from_environment = Settings.load(variables, NO_FILE)
    assert from_file.sd_endpoints == values["sd_endpoints"]
    assert from_file == from_environment
    assert from_file.durations.call_s == values["call_s"]
    assert from_file.data_dir == Path("/srv/articket")
    different = [
        f.name for f in fields(Settings) if getattr(from_file, f.name) == getattr(Settings(), f.name)
    ]
    assert different == []


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    assert Settings.load({"ARTICKET_PORT": "9001"}, written(tmp_path, "port = 9000")).port == 9001


def test_a_hosting_platforms_port_is_taken_unless_ours_is_set() -> None:
    assert Settings.load({"PORT": "5000"}, NO_FILE).port == 5000
    assert Settings.load({"PORT": "5000", "ARTICKET_PORT": "5001"}, NO_FILE).port == 5001


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert Settings.load({"ARTICKET_PORT": ""}, written(tmp_path, "port = 9000")).port == 9000


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    told = faults(
        {"ARTICKET_PORT": "many", "ARTICKET_THREADS": "-1", "ARTICKET_PING_S": "nan"},
        written(tmp_path, 'ticket_sides = "three"\nevent_name = 7\nretention_hours = true'),
    )
    assert told.splitlines() == [
        "ARTICKET_PORT must be a whole number, 0 or more.",
        "ARTICKET_THREADS must be a whole number, 0 or more.",
        "retention_hours in articket.toml must be a number, 0 or more.",
        "event_name in articket.toml must be a text, in quotation marks.",
        "ticket_sides in articket.toml must be one or two.",
        "ARTICKET_PING_S must be a number, 0 or more.",
    ]


def test_a_typing_slip_gets_a_hint(tmp_path: Path) -> None:
    assert "ARTICKET_PROT is not a setting. Did you mean ARTICKET_PORT?" in faults({"ARTICKET_PROT": "1"})
    assert "localle in articket.toml is not a setting. Did you mean locale?" in faults(
        {}, written(tmp_path, 'localle = "en"')
    )


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    assert "articket.toml cannot be read" in faults({}, written(tmp_path, "port = "))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "70000", "ARTICKET_PORT must be 65535 or less."),
        ("STORE", "booth-tickets", "ARTICKET_STORE must look like gs://bucket or gs://bucket/folder."),
        ("STORE", "gs://", "ARTICKET_STORE must look like"),
        ("STORE", "gs://Booth Tickets", "ARTICKET_STORE must look like"),
        ("STORE", "gs://booth-tickets/../other", "ARTICKET_STORE must look like"),
        ("STORE", "s3://booth-tickets/fair", "ARTICKET_STORE must look like"),
        (
            "PRINTER",
            "lpr",
            "ARTICKET_PRINTER must look like ipp://192.168.0.30/ipp/print or folder:/mnt/print.",
        ),
        ("PRINTER", "ipp://printer.local", "ARTICKET_PRINTER must look like ipp://"),
        ("PRINTER", "ipp://me:secret@printer.local/ipp/print", "ARTICKET_PRINTER must look like ipp://"),
        ("PRINT_MEDIA", "4 x 6", "ARTICKET_PRINT_MEDIA must be a paper's name"),
        ("PRINTER", "folder:print", "ARTICKET_PRINTER must look like"),
        ("PRINTER", f"folder:{Path('data/print').absolute()}", "ARTICKET_PRINTER must name a folder outside"),
        ("PRINT_CLAIM_S", "60", "ARTICKET_PRINT_CLAIM_S must be 90 or more"),
        ("PUBLIC_URL", "booth.example.org", "ARTICKET_PUBLIC_URL must look like"),
        ("PUBLIC_URL", "https://[broken", "ARTICKET_PUBLIC_URL must look like"),
        ("PUBLIC_URL", "https://booth.example.org/join", "ARTICKET_PUBLIC_URL must look like"),
        ("WIFI_PASSWORD", "sunflower", "ARTICKET_WIFI_PASSWORD needs WIFI_SSID"),
        ("THREADS", "0", "ARTICKET_THREADS must be 1 or more."),
        ("PAINTER_PROCESSES", "0", "ARTICKET_PAINTER_PROCESSES must be 1 or more."),
        ("RETENTION_HOURS", "0", "ARTICKET_RETENTION_HOURS must be more than 0."),
        ("DATABASE_URL", "articket.db", "ARTICKET_DATABASE_URL must begin with"),
        ("SECRET_KEY", "short", "ARTICKET_SECRET_KEY must have 32"),
        ("STAFF_PASSWORD", "short", "ARTICKET_STAFF_PASSWORD must have 8"),
        ("LOCALE", "Korean!", "ARTICKET_LOCALE must look like"),
        ("CALL_S", "0", "ARTICKET_CALL_S must be more than 0."),
        ("PAINTING_MIN_S", "91", "ARTICKET_PAINTING_MIN_S must not exceed"),
        ("CAPTION_URL", "192.0.2.4:3002", "ARTICKET_CAPTION_URL must look like"),
        ("CAPTION_URL", "http://192.0.2.4:port", "ARTICKET_CAPTION_URL must look like"),
        ("REQUESTS_PER_SERVER", "0", "ARTICKET_REQUESTS_PER_SERVER must be 1 or more."),
        ("ATTEMPT_S", "181", "ARTICKET_ATTEMPT_S must not exceed FIRST_CALL_S."),
        ("CAPTION_BUDGET_S", "0", "ARTICKET_CAPTION_BUDGET_S must be more than 0."),
        ("IDLE_WARNING_S", "75", "ARTICKET_IDLE_WARNING_S must be less than"),
        ("PING_S", "25", "ARTICKET_PING_S must be less than"),
        ("EPHEMERAL_DISK_OK", "maybe", "ARTICKET_EPHEMERAL_DISK_OK must be 1 or 0."),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(name: str, value: str, sentence: str) -> None:
    told = faults({f"ARTICKET_{name}": value})
    assert told.startswith(sentence)
    assert len(told.splitlines()) == 1


def test_a_secret_that_is_wrong_is_not_repeated() -> None:
    told = faults(
        {
            "ARTICKET_STAFF_PASSWORD": "s3cret",
            "ARTICKET_DATABASE_URL": "mysql://user:s3cret@host/db",
            "ARTICKET_CAPTION_URL": "ftp://user:s3cret@host",
            "ARTICKET_SD_ENDPOINTS": "http://user:s3cret@host",
        }
    )
    assert "ARTICKET_CAPTION_URL" in told
    assert "s3cret" not in told


def test_secrets_are_not_shown_when_settings_are_printed() -> None:
    shown = repr(
        Settings.load({"ARTICKET_STAFF_PASSWORD": "sunflower", "ARTICKET_SECRET_KEY": "k" * 32}, NO_FILE)
    )
    assert "sunflower" not in shown
    assert "kkkk" not in shown


def test_credentials_of_servers_are_not_shown_when_settings_are_printed() -> None:
    loaded = Settings.load(
        {
            "ARTICKET_SD_ENDPOINTS": "http://artist:sunflower@192.0.2.1:7860",
            "ARTICKET_COMFYUI_ENDPOINTS": "http://artist:sunflower@192.0.2.1:8188",
            "ARTICKET_CAPTION_URL": "http://artist:sunflower@192.0.2.1:3002",
        },
        NO_FILE,
    )
    assert loaded.sd_endpoints == ("http://artist:sunflower@192.0.2.1:7860",)
    assert "sunflower" not in repr(loaded)


@pytest.mark.parametrize(
    "line",
    [
        'sd_endpoints = "192.0.2.1:7860,, https://192.0.2.2 ,192.0.2.1:7860"',
        'sd_endpoints = ["192.0.2.1:7860", " https://192.0.2.2", "", "192.0.2.1:7860"]',
    ],
)
def test_servers_are_a_list_or_stand_between_commas_and_each_counts_once(tmp_path: Path, line: str) -> None:
    loaded = Settings.load({}, written(tmp_path, line))
    assert loaded.sd_endpoints == ("192.0.2.1:7860", "https://192.0.2.2")


@pytest.mark.parametrize("value", ["7860", "[7860]", "true", "{}"])
def test_servers_that_are_no_texts_are_told(tmp_path: Path, value: str) -> None:
    told = faults({}, written(tmp_path, f"sd_endpoints = {value}"))
    assert told == (
        "sd_endpoints in articket.toml must be a list of texts, or one text with commas between them."
    )


@pytest.mark.parametrize("url", ["http://192.0.2.4:3002/", "http://192.0.2.4:3002"])
def test_a_caption_servers_address_loses_its_last_slash(url: str) -> None:
    assert Settings.load({"ARTICKET_CAPTION_URL": url}, NO_FILE).caption_url == "http://192.0.2.4:3002"


def test_a_public_url_loses_its_last_slash() -> None:
    loaded = Settings.load({"ARTICKET_PUBLIC_URL": "https://booth.example.org/"}, NO_FILE)
    assert loaded.public_url == "https://booth.example.org"


def test_the_database_lies_in_the_data_folder_unless_set(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database == f"sqlite:///{tmp_path.resolve()}/articket.db"
    assert Settings(database_url="sqlite:////x.db").database == "sqlite:////x.db"


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(
        r"^\| `ARTICKET_(\w+)` \|([^|]*)\|([^|]*)\|$",
        (ROOT / "docs/settings.md").read_text("utf-8"),
        re.MULTILINE,
    )
    documented = {name.lower(): default.strip().strip("`") for name, default, _ in rows}
    assert set(documented) == set(all_names())
    assert all(meaning.strip() for _, _, meaning in rows)
    for owner in (Settings(), Durations(), CaptionSettings()):
        for f in fields(owner):
            default = getattr(owner, f.name)
            if isinstance(default, bool | int | float):
                assert documented[f.name] == f"{float(default):g}", f.name
            elif isinstance(default, str | Path) and default:
                assert documented[f.name] == str(default)
