"""The proxy that docs/network.md describes, as it stands there: https outside, plain http inside."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from browser.conftest import PACE
from browser.crowd import Crowd
from browser.installation import PASSWORD, ROOT, free_port
from browser.narrow import Behind
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from doubles.narrow_proxy import Nginx, installed
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

BLOCK = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
WRONG = 4  # passwords, until an address has to wait


class From(HTTPAdapter):
    """Requests that come from one of this machine's many loopback addresses."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, source_address=(self._address, 0))


def certified(folder: Path) -> tuple[Path, Path]:
    """Write a certificate that nobody but this test believes, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "booth.test")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("booth.test"), x509.DNSName("localhost")]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "booth.pem", folder / "booth.key"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return chain, secret


def described(port: int, beyond: int, certificate: tuple[Path, Path]) -> str:
    """The document's own block, at this test's ports and with its certificate."""
    found = BLOCK.search((ROOT / "docs" / "network.md").read_text("utf-8"))
    assert found is not None
    block = found[1]
    for there, here in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "server_name booth.example.org": "server_name booth.test",
        "/etc/ssl/certs/booth.pem": str(certificate[0]),
        "/etc/ssl/private/booth.key": str(certificate[1]),
        "http://127.0.0.1:8000": f"http://127.0.0.1:{beyond}",
    }.items():
        assert there in block, there
        block = block.replace(there, here)
    return block


@dataclass(slots=True)
class HouseBehind(Behind):
    """An installation behind the described proxy, and those who ask it there."""

    chain: Path = Path()
    away: requests.Response | None = None  # what came before the booth was there

    def visitor(self, address: str = "127.0.0.1") -> requests.Session:
        """Somebody at an address of this machine, who believes the certificate."""
        visitor = requests.Session()
        visitor.mount("https://", From(address))
        visitor.trust_env = False  # else this machine's own list of authorities would win
        visitor.verify = str(self.chain)
        visitor.headers["Host"] = self.address.removeprefix("https://")
        return visitor

    @property
    def outside(self) -> str:
        """The public address by a name that every resolver knows."""
        return self.address.replace("booth.test", "localhost")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HouseBehind]:
    if installed() is None:
        pytest.skip("nginx is not here")
    folder = tmp_path_factory.mktemp("https")
    port = free_port()
    chain, key = certified(folder)
    house = HouseBehind(folder / "house", dict(PACE), address=f"https://booth.test:{port}", chain=chain)
    house.settings |= {"public_url": house.address, "trusted_proxies": "1"}
    nginx = Nginx(folder / "nginx", described(port, house.port, (chain, key)))
    nginx.start(("127.0.0.1", port))
    house.away = house.visitor().get(f"{house.outside}/", timeout=10)
    house.start()
    yield house
    house.stop()
    nginx.stop()


def test_a_page_that_is_opened_while_the_booth_is_away_looks_again(house: HouseBehind) -> None:
    assert house.away is not None
    assert house.away.status_code == 502
    assert 'http-equiv="refresh"' in house.away.text
    assert house.visitor().get(f"{house.outside}/healthz", timeout=10).ok


def test_a_visit_by_https_has_secure_cookies_and_a_secure_socket(
    browser: Browser, house: HouseBehind
) -> None:
    house.tidy()
    crowd = Crowd(browser, house)
    wall = crowd.wall()
    phone = crowd.phone(ignore_https_errors=True)
    sockets: list[str] = []
    phone.page.on("websocket", lambda each: sockets.append(each.url))
    address = wall.scanned()
    assert address.startswith(f"{house.address}/j/")
    phone.arrive(address)
    phone.confirm(wall)
    phone.agree()
    assert phone.page.evaluate("() => window.isSecureContext")
    assert [each.partition("/socket.io")[0] for each in sockets] == [house.address.replace("https", "wss")]
    cookies = {each["name"]: each["secure"] for each in phone.page.context.cookies()}
    assert cookies["articket_visit"]
    assert all(cookies.values())
    assert not crowd.leave()


def test_a_change_from_a_foreign_page_is_refused_and_one_from_ours_is_not(house: HouseBehind) -> None:
    visitor = house.visitor()
    statuses = [
        visitor.post(
            f"{house.outside}/api/v1/commands",
            json={"role": "phone", "cmd_id": "c1", "type": "leave"},
            headers={"Origin": origin},
            timeout=10,
        ).status_code
        for origin in ("https://elsewhere.example", house.address)
    ]
    assert statuses == [403, 410]  # ours may ask, and has no visit


def test_nobody_from_outside_is_the_monitor(house: HouseBehind) -> None:
    assert house.visitor().get(f"{house.outside}/", timeout=10).status_code == 403
    assert requests.get(f"{house.here}/", timeout=10).status_code == 200


def test_wrong_passwords_slow_down_the_one_who_guesses_whoever_they_say_they_are(
    house: HouseBehind,
) -> None:
    def tried(password: str, visitor: requests.Session, **headers: str) -> int:
        page = visitor.get(f"{house.outside}/staff", timeout=10).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None
        form = {"csrf": found[1], "password": password}
        answer = visitor.post(
            f"{house.outside}/staff/login", data=form, headers=headers, timeout=10, allow_redirects=False
        )
        return answer.status_code

    guesser = house.visitor("127.0.0.2")
    forged = [{"X-Forwarded-For": f"198.51.100.{each}"} for each in range(WRONG)]
    assert [tried("wrong", guesser, **each) for each in forged] == [401] * (WRONG - 1) + [429]
    assert tried(PASSWORD, house.visitor("127.0.0.3")) == 303
