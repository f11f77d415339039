import os
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from articket.settings.reader import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articket.settings import Settings

HIGHEST_PORT = 65_535
SHORTEST_SECRET_KEY = 32
SHORTEST_STAFF_PASSWORD = 8
SHORTEST_PRINT_CLAIM_S = 90  # a browser lets a tab in the background say something once a minute
# Google's rule for a bucket's name, and folders that are safe everywhere.
BUCKET = re.compile(r"gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,3}/?")
FOLDER = "folder:"
PRINT_FOLDER = re.compile(r"folder:/.+")
# A paper's self-describing name, or the one that a CUPS queue gives it.
MEDIA = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.x-]{1,126}")
# A hosting platform is known by what it sets; the disks of these start empty after every deploy.
PLATFORMS = {
    "DYNO": "Heroku",
    "RENDER": "Render",
    "RAILWAY_ENVIRONMENT": "Railway",
    "RAILWAY_ENVIRONMENT_NAME": "Railway",
    "FLY_APP_NAME": "Fly.io",
    "K_SERVICE": "Cloud Run",
}
PASSING_DISK = (
    "{platform} empties its disk at every deploy, and the visitors' photos, paintings and tickets would go "
    f"with it. Point {PREFIX}DATA_DIR to a disk that lasts and set {PREFIX}EPHEMERAL_DISK_OK=1, or set only "
    "the latter when losing them is fine."
)
# A platform that says where its lasting disk lies.
VOLUME_FOLDERS = ("RAILWAY_VOLUME_MOUNT_PATH",)


def contradictions(settings: "Settings") -> list[str]:
    """Return a sentence for every value out of range and every pair that cannot both be."""
    times = settings.durations
    rules = (
        (settings.port <= HIGHEST_PORT, f"PORT must be {HIGHEST_PORT} or less."),
        (
            settings.public_url is None or is_address(settings.public_url),
            "PUBLIC_URL must look like https://booth.example.org.",
        ),
        (not settings.wifi_password or settings.wifi_ssid, "WIFI_PASSWORD needs WIFI_SSID beside it."),
        (settings.threads >= 1, "THREADS must be 1 or more."),
        (settings.painter_processes >= 1, "PAINTER_PROCESSES must be 1 or more."),
        (
            settings.caption_url is None or is_caption_server(settings.caption_url),
            "CAPTION_URL must look like http://192.168.0.20:3002.",
        ),
        (settings.requests_per_server >= 1, "REQUESTS_PER_SERVER must be 1 or more."),
        (settings.retention_hours > 0, "RETENTION_HOURS must be more than 0."),
        (settings.moderation_threshold <= 1, "MODERATION_THRESHOLD must be between 0 and 1."),
        (
            re.match(r"(sqlite|postgresql)(\+\w+)?://", settings.database or ""),
            "DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.",
        ),
        (
            settings.store is None or BUCKET.fullmatch(settings.store),
            "STORE must look like gs://bucket or gs://bucket/folder.",
        ),
        (
            settings.printer is None
            or PRINT_FOLDER.fullmatch(settings.printer)
            or is_printer(settings.printer),
            "PRINTER must look like ipp://192.168.0.30/ipp/print or folder:/mnt/print.",
        ),
        (
            settings.printer is None or not _is_inside(settings.printer, settings.data_dir),
            "PRINTER must name a folder outside the data folder.",
        ),
        (
            settings.print_media is None or MEDIA.fullmatch(settings.print_media),
            "PRINT_MEDIA must be a paper's name, such as na_index-4x6_4x6in.",
        ),
        (
            settings.secret_key is None or len(settings.secret_key) >= SHORTEST_SECRET_KEY,
            f"SECRET_KEY must have {SHORTEST_SECRET_KEY} characters or more.",
        ),
        (
            settings.staff_password is None or len(settings.staff_password) >= SHORTEST_STAFF_PASSWORD,
            f"STAFF_PASSWORD must have {SHORTEST_STAFF_PASSWORD} characters or more.",
        ),
        (re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", settings.locale), "LOCALE must look like ko or en."),
        (times.painting_min_s <= times.painting_max_s, "PAINTING_MIN_S must not exceed PAINTING_MAX_S."),
        (times.idle_warning_s < times.release_s, "IDLE_WARNING_S must be less than RELEASE_S."),
        (times.attempt_s <= times.first_call_s, "ATTEMPT_S must not exceed FIRST_CALL_S."),
        (
            times.print_claim_s >= SHORTEST_PRINT_CLAIM_S,
            f"PRINT_CLAIM_S must be {SHORTEST_PRINT_CLAIM_S} or more: a desk is heard of only now and then.",
        ),
        (times.ping_s < times.silence_s, "PING_S must be less than SILENCE_S."),
    )
    short = [f"{f.name.upper()} must be more than 0." for f in fields(times) if getattr(times, f.name) <= 0]
    return [PREFIX + sentence for held, sentence in rules if not held] + [PREFIX + each for each in short]


def _is_inside(printer: str, data_dir: Path) -> bool:
    if not printer.startswith(FOLDER):
        return False
    # resolve() would ask the disk
    folder = Path(os.path.abspath(printer.removeprefix(FOLDER)))  # noqa: PTH100
    return folder.is_relative_to(os.path.abspath(data_dir))  # noqa: PTH100


def is_printer(setting: str) -> bool:
    """Tell whether a setting names a printer or a CUPS queue: scheme, host and path, without credentials."""
    try:
        parts = urlsplit(setting)
        known = parts.scheme in {"ipp", "ipps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and parts.path.strip("/") != "" and "@" not in parts.netloc and not parts.query


def is_caption_server(url: str) -> bool:
    """Tell whether a URL leads to a web server, perhaps with credentials and below a path."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_address(url: str) -> bool:
    """Tell whether a URL is a scheme and a host, with nothing behind them."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.path + parts.query)


def platform_name(environ: "Mapping[str, str]") -> str | None:
    """Return the hosting platform that set these variables, None on a machine of one's own."""
    return next((name for marker, name in PLATFORMS.items() if environ.get(marker)), None)


def missing_address(environ: "Mapping[str, str]", settings: "Settings") -> list[str]:
    """Return a sentence when the QR code would lead phones to a platform's inner address."""
    platform = platform_name(environ)
    if platform is None or settings.public_url:
        return []
    return [f"On {platform} the QR code needs {PREFIX}PUBLIC_URL, the address that phones can open."]


def passing_disk(environ: "Mapping[str, str]", settings: "Settings") -> list[str]:
    """Return a sentence when the data would be lost at the next deploy and nobody accepted that."""
    platform = platform_name(environ)
    if platform is None or settings.ephemeral_disk_ok:
        return []
    data = Path(os.path.abspath(settings.data_dir))  # noqa: PTH100 - resolve() would ask the disk
    volumes = [Path(environ[name]) for name in VOLUME_FOLDERS if environ.get(name)]
    if any(data.is_relative_to(volume) for volume in volumes):
        return []
    return [PASSING_DISK.format(platform=platform)]
