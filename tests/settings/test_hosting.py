from pathlib import Path

import pytest

from articket.settings import Settings, SettingsError

NO_FILE = Path("no such file.toml")
ADDRESS = {"ARTICKET_PUBLIC_URL": "https://booth.example.org"}


@pytest.mark.parametrize(
    "marker",
    ["DYNO", "RENDER", "RAILWAY_ENVIRONMENT", "RAILWAY_ENVIRONMENT_NAME", "FLY_APP_NAME", "K_SERVICE"],
)
def test_a_disk_that_does_not_last_is_refused_until_accepted(marker: str) -> None:
    with pytest.raises(SettingsError, match="empties its disk at every deploy"):
        Settings.load({marker: "x", **ADDRESS}, NO_FILE)
    accepted = {marker: "x", "ARTICKET_EPHEMERAL_DISK_OK": "1", **ADDRESS}
    assert Settings.load(accepted, NO_FILE).ephemeral_disk_ok


def test_a_data_folder_on_the_platforms_volume_is_accepted() -> None:
    railway = {"RAILWAY_ENVIRONMENT": "production", "RAILWAY_VOLUME_MOUNT_PATH": "/volume", **ADDRESS}
    Settings.load({**railway, "ARTICKET_DATA_DIR": "/volume/articket"}, NO_FILE)
    for elsewhere in ("/app/data", "/volume/../app", "/volumes"):
        with pytest.raises(SettingsError, match="Railway"):
            Settings.load({**railway, "ARTICKET_DATA_DIR": elsewhere}, NO_FILE)


def test_a_platform_needs_the_address_for_the_qr_code() -> None:
    with pytest.raises(SettingsError, match="ARTICKET_PUBLIC_URL"):
        Settings.load({"DYNO": "web.1", "ARTICKET_EPHEMERAL_DISK_OK": "1"}, NO_FILE)


def test_a_machine_of_ones_own_needs_neither() -> None:
    assert not Settings.load({}, NO_FILE).ephemeral_disk_ok
