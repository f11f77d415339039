"""Which sockets are open, for whom."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

PHONE: Final = "phone"
MONITOR: Final = "monitor"
STAFF: Final = "staff"
ROLES: Final = (PHONE, MONITOR, STAFF)


@dataclass(frozen=True, slots=True)
class Seat:
    """One socket: its role, the visit it belongs to, and which of the visit's secrets it came with."""

    sid: str
    role: str
    visit: str | None = None
    key: bytes = b""


class Seats:
    """The open sockets; a newer one of the same secret takes the older one's seat."""

    def __init__(self) -> None:
        """Start empty."""
        self._seats: dict[str, Seat] = {}
        self._by_key: dict[bytes, str] = {}
        self._lock = Lock()

    def take(self, seat: Seat) -> str | None:
        """Seat a socket and return the one it supersedes."""
        with self._lock:
            self._seats[seat.sid] = seat
            if seat.role != PHONE:
                return None
            older = self._by_key.get(seat.key)
            self._by_key[seat.key] = seat.sid
            if older is not None:
                self._seats.pop(older, None)
            return older if older != seat.sid else None

    def leave(self, sid: str) -> Seat | None:
        """Free a socket's seat and return it; nothing happens where it was superseded before."""
        with self._lock:
            seat = self._seats.pop(sid, None)
            if seat is not None and self._by_key.get(seat.key) == sid:
                del self._by_key[seat.key]
            return seat

    def at(self, sid: str) -> Seat | None:
        """Return a socket's seat."""
        with self._lock:
            return self._seats.get(sid)

    def phones(self) -> dict[str, list[str]]:
        """Return the sockets of every visit that has one."""
        with self._lock:
            found: dict[str, list[str]] = {}
            for seat in self._seats.values():
                if seat.visit is not None:
                    found.setdefault(seat.visit, []).append(seat.sid)
            return found

    def of(self, role: str) -> list[str]:
        """Return the sockets of a role."""
        with self._lock:
            return [seat.sid for seat in self._seats.values() if seat.role == role]
