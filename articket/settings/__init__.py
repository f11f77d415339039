"""The only reader of the environment and of articket.toml; docs/settings.md says what each setting means.

A setting is called `ARTICKET_PORT` in the environment and `port` in the file; the environment wins.
"""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from articket.domain.durations import Durations
from articket.settings.reader import Reader
from articket.settings.rules import contradictions, missing_address, passing_disk

if TYPE_CHECKING:
    from collections.abc import Mapping

TicketSides: TypeAlias = Literal["one", "two"]


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
    ephemeral_disk_ok: bool = False
    retention_hours: float = 72.0
    secret_key: str | None = field(default=None, repr=False)
    staff_password: str | None = field(default=None, repr=False)

    experience: Path = Path("experiences/painters")
    locale: str = "ko"
    event_name: str = ""
    event_place: str = ""
    ticket_sides: TicketSides = "two"

    durations: Durations = field(default_factory=Durations)

    @classmethod
    def load(cls, environ: "Mapping[str, str]", toml_path: Path) -> Self:
        """Read the environment over the file, which need not exist; SettingsError names every fault."""
        reader = Reader(environ, toml_path, names())
        settings = cls(**reader.read_all(cls), durations=Durations(**reader.read_all(Durations)))
        if settings.public_url:
            settings = replace(settings, public_url=settings.public_url.rstrip("/"))
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
