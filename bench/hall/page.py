"""An open page as the server sees it: WebSocket with compression as browsers offer it, Socket.IO on top."""

import base64
import json
import os
import re
import socket
import struct
import time
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

CONNECT_S = 20.0
MASK = b"\0\0\0\0"
TAIL = b"\0\0\xff\xff"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
MEDIUM, LARGE = 126, 127
SAID = {"40": "connected", "41": "closed", "44": "refused"}
EVENT_SENT, ACK = "42", "43"
EVENT = re.compile(r"(4[0-4])(\d*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message: `connected`, `refused`, `ack`, `closed` or an event's name, and what came with it."""

    name: str
    payload: Any = None
    ack: int | None = None


class RefusedError(Exception):
    """The server did not open the socket; `status` says how it answered."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(f"HTTP {status}")
        self.status = status


class Page:
    """One page's socket; `read` never waits, so that one process can hold many."""

    def __init__(self, address: str, role: str, cookies: dict[str, str] | None = None) -> None:
        """Connect and ask for the seat; RefusedError where there is no place."""
        parts = urlsplit(address)
        self._raw = b""
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._asked = 0
        self.socket = socket.create_connection((parts.hostname, parts.port), CONNECT_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._shake_hands(parts.netloc, cookies or {})
            self._send(f"40{json.dumps({'role': role})}")
        except BaseException:
            self.socket.close()
            raise
        self.socket.setblocking(False)

    def fileno(self) -> int:
        """Return the socket's number, for a selector."""
        return self.socket.fileno()

    def ask(self, event: str, payload: dict[str, Any]) -> int:
        """Send an event and return the number its ack will carry."""
        self._asked += 1
        self._send(f"42{self._asked}{json.dumps([event, payload])}")
        return self._asked

    def read(self) -> list[Heard]:
        """Return what arrived meanwhile, maybe nothing."""
        ended = False
        try:
            while chunk := self.socket.recv(65536):
                self._raw += chunk
            ended = True
        except BlockingIOError:
            pass
        except OSError:
            ended = True
        heard = [each for text in self._frames() for each in self._understood(text)]
        return [*heard, Heard("closed")] if ended else heard

    def wait_for(self, name: str, within_s: float = CONNECT_S) -> Heard:
        """Wait for a message of this name, skipping others; TimeoutError when it does not come."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            for each in self.read():
                if each.name == name:
                    return each
                if each.name == "closed":
                    raise ConnectionError(f"closed while waiting for {name}")
            self.socket.settimeout(0.2)
            try:
                self.socket.recv(1, socket.MSG_PEEK)
            except TimeoutError:
                pass
            finally:
                self.socket.setblocking(False)
        raise TimeoutError(name)

    def close(self) -> None:
        """Hang up without a word, as a phone that leaves the network does."""
        self.socket.close()

    def _shake_hands(self, host: str, cookies: dict[str, str]) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Extensions: permessage-deflate",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()),
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            chunk = self.socket.recv(4096)
            if not chunk:
                raise RefusedError(0)
            answer += chunk
        head, _, self._raw = answer.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        if status != requests.codes.switching_protocols:
            raise RefusedError(status)

    def _send(self, text: str, kind: int = TEXT) -> None:
        data = text.encode()
        short = len(data) < MEDIUM
        size = bytes([0x80 | len(data)]) if short else struct.pack("!BH", 0x80 | MEDIUM, len(data))
        self.socket.sendall(bytes([0x80 | kind]) + size + MASK + data)

    def _frames(self) -> list[str]:
        texts = []
        while (frame := self._frame()) is not None:
            first, data = frame
            if first & 0x0F == PING:
                self._send(data.decode(), PONG)
            elif first & 0x0F == TEXT:
                whole = self._inflate.decompress(data + TAIL) if first & 0x40 else data
                texts.append(whole.decode())
        return texts

    def _frame(self) -> tuple[int, bytes] | None:
        raw = self._raw
        if len(raw) < 2:
            return None
        size, at = raw[1] & 0x7F, 2
        if size == MEDIUM:
            size, at = (struct.unpack_from("!H", raw, 2)[0], 4) if len(raw) >= 4 else (len(raw), 4)
        elif size == LARGE:
            size, at = (struct.unpack_from("!Q", raw, 2)[0], 10) if len(raw) >= 10 else (len(raw), 10)
        if len(raw) < at + size:
            return None
        self._raw = raw[at + size :]
        return raw[0], raw[at : at + size]

    def _understood(self, text: str) -> list[Heard]:
        if text == "2":  # the engine's ping
            self._send("3")
            return []
        if text == "1":
            return [Heard("closed")]
        found = EVENT.fullmatch(text)
        if found is None:
            return []
        kind, number, body = found.groups()
        payload: Any = json.loads(body) if body else None
        if kind == EVENT_SENT:
            return [Heard(payload[0], payload[1] if len(payload) > 1 else None)]
        if kind == ACK:
            return [Heard("ack", payload[0] if payload else None, int(number))]
        return [Heard(SAID[kind], payload)]
