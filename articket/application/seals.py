"""Secrets derived from one key, so that the database holds their hashes only and can be asked twice."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

CODE_BYTES = 10
HOUSE_HEADER = "X-Articket-House"


@dataclass(frozen=True, slots=True)
class Seals:
    """Derives a visit's id, its phone's secret and its ticket's code, and the join code's nonce."""

    key: bytes

    def visit(self, entry: str) -> str:
        """Return the id of the visit opened from this entry: 16 lowercase letters and digits."""
        return self._derive("visit", entry)[:16]

    def token(self, entry: str) -> str:
        """Return the phone's secret of the visit opened from this entry."""
        return self._derive("token", entry)

    def keep(self, visit: str) -> str:
        """Return the code on the visit's ticket."""
        return self._derive("keep", visit)[: CODE_BYTES * 8 // 5]

    def receipt(self, visit: str) -> str:
        """Return four letters and digits that tell receipts apart."""
        return self._derive("receipt", visit)[:4].upper()

    def seed(self, visit: str, photo: int, style: str) -> int:
        """Return the seed of a commission: the same one paints the same."""
        return int.from_bytes(self._digest("seed", f"{visit}:{photo}:{style}")[:4], "big")

    def nonce(self, now: float, every_s: float) -> str:
        """Return the join code's nonce of this moment."""
        return self._derive("nonce", str(int(now // every_s)))[:16]

    def admits(self, nonce: str, now: float, every_s: float) -> bool:
        """Whether this nonce is the present one or the one before."""
        fresh = (self.nonce(now, every_s), self.nonce(now - every_s, every_s))
        return any(hmac.compare_digest(nonce.encode(), each.encode()) for each in fresh)

    def house(self) -> str:
        """Return what tells installations apart, and nothing else about them."""
        return self._derive("house", "")[:12]

    def _derive(self, purpose: str, of: str) -> str:
        return base64.b32encode(self._digest(purpose, of)).decode().rstrip("=").lower()

    def _digest(self, purpose: str, of: str) -> bytes:
        return hmac.digest(self.key, f"articket:{purpose}:{of}".encode(), "sha256")


def hashed(secret: str) -> bytes:
    """Return what the database keeps of a secret; secrets are random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).digest()
