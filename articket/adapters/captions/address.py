from base64 import b64encode
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import unquote, urlsplit

PATH: Final = "/generate_caption"
PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a caption server is; `login` is the value of an Authorization header."""

    secure: bool
    host: str
    port: int
    path: str
    login: str | None = field(default=None, repr=False)

    @classmethod
    def read(cls, url: str) -> Self:
        """Read a web address, perhaps with credentials and a path; ValueError where it is none."""
        try:
            parts = urlsplit(url if "://" in url else f"http://{url}")
            port = parts.port
        except ValueError:
            # The original may hold a password.
            raise ValueError("The caption server's address cannot be read.") from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("The caption server's address is no web address.")
        login = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            login = f"Basic {b64encode(pair.encode()).decode()}"
        return cls(
            secure=parts.scheme == "https",
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            path=parts.path.rstrip("/").removesuffix(PATH) + PATH,
            login=login,
        )

    @property
    def named(self) -> str:
        """Return host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"
