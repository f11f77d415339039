"""The only reader of the environment and of articket.toml; docs/settings.md says what each setting means.

A setting is called `ARTICKET_PORT` in the environment and `port` in the file; the environment wins.
"""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from articket.domain.durations import Durations
from articket.settings.caption_server import CaptionSettings, caption_contradictions, caption_names
from articket.settings.reader import Reader
from articket.settings.rules import contradictions, missing_address, passing_disk

if TYPE_CHECKING:
    from collections.abc import Mapping

TicketSides: TypeAlias = Literal["one", "two"]
Moderation: TypeAlias = Literal["flag", "ask", "off"]


class SettingsError(Exception):
    """What is wrong with the settings, all of it, one sentence a line."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the sentences in the order in which they were found."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an organiser may decide, checked."""

    host: str = "0.0.0.0"  # noqa: S104 - phones reach the booth over the network
    port: int = 8000
    public_url: str | None = None
    network: str | None = None
    wifi_ssid: str | None = None
    wifi_password: str | None = field(default=None, repr=False)
    trusted_proxies: int = 0
    threads: int = 200
    painter_processes: int = 2

    data_dir: Path = Path("data")
    database_url: str | None = field(default=None, repr=False)
    store: str | None = None
    printer: str | None = None
    print_media: str | None = None
    ephemeral_disk_ok: bool = False
    retention_hours: float = 72.0
    secret_key: str | None = field(default=None, repr=False)
    staff_password: str | None = field(default=None, repr=False)

    sd_endpoints: tuple[str, ...] = field(default=(), repr=False)  # they may hold credentials
    comfyui_endpoints: tuple[str, ...] = field(default=(), repr=False)
    caption_url: str | None = field(default=None, repr=False)
    caption_interrogate: bool = True
    requests_per_server: int = 1

    experience: Path = Path("experiences/painters")
    locale: str = "ko"
    event_name: str = ""
    event_place: str = ""
    ticket_sides: TicketSides = "two"

    moderation: Moderation = "flag"
    # No ordinary picture was measured above 0.22, and the model's makers call 0.8 and more unfit: a look that
    # was not needed costs staff one press, one that was missing cannot be taken back.
    moderation_threshold: float = 0.4

    durations: Durations = field(default_factory=Durations)

    @classmethod
    def load(cls, environ: "Mapping[str, str]", toml_path: Path) -> Self:
        """Read the environment over the file, which need not exist; SettingsError names every fault."""
        reader = Reader(environ, toml_path, all_names())
        settings = cls(**reader.read_all(cls), durations=Durations(**reader.read_all(Durations)))
        if settings.public_url:
            settings = replace(settings, public_url=settings.public_url.rstrip("/"))
        if settings.caption_url:
            settings = replace(settings, caption_url=settings.caption_url.rstrip("/"))
        faults = [
            *reader.faults,
            *contradictions(settings),
            *missing_address(environ, settings),
            *passing_disk(environ, settings),
        ]
        if faults:
            raise SettingsError(faults)
        return settings

    @property
    def database(self) -> str:
        """The database's URL: the one that was set, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'articket.db'}"


def names() -> tuple[str, ...]:
    """Return every setting's name as the file writes it."""
    own = tuple(f.name for f in fields(Settings) if f.name != "durations")
    return own + tuple(f.name for f in fields(Durations))


def all_names() -> tuple[str, ...]:
    """Return the booth's and the caption server's names: one file may serve both."""
    return names() + caption_names()


def load_caption_settings(environ: "Mapping[str, str]", toml_path: Path) -> CaptionSettings:
    """Read the caption server's settings as the booth's are read; SettingsError names every fault."""
    reader = Reader(environ, toml_path, all_names())
    settings = CaptionSettings(**reader.read_all(CaptionSettings))
    if faults := [*reader.faults, *caption_contradictions(settings)]:
        raise SettingsError(faults)
    return settings
