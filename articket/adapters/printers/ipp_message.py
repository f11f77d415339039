"""The Internet Printing Protocol's messages (RFC 8010), as far as a booth says and hears them."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Self

VERSION: Final = b"\x01\x01"  # the lowest that every printer understands
DEEPEST: Final = 8  # a collection within a collection within a collection is all that printers send


class Operation(IntEnum):
    """What a printer is asked for."""

    PRINT_JOB = 0x02
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B


class Tag(IntEnum):
    """How a value is to be read."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


FIRST_VALUE_TAG: Final = 0x10
Value = int | bool | str | tuple[int, int] | Mapping[str, "Attribute"]
Attribute = tuple["Value", ...]
Group = dict[str, Attribute]


class NotIppError(Exception):
    """What came is no message of this protocol."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value to say, or several of a kind."""

    tag: Tag
    values: tuple[int | bool | str | Mapping[str, "Said"], ...]

    @classmethod
    def of(cls, tag: Tag, *values: int | bool | str | Mapping[str, "Said"]) -> Self:
        """Return the values under one tag."""
        return cls(tag, values)


@dataclass(frozen=True, slots=True)
class Answer:
    """A printer's answer: its status, and its printers' and jobs' attributes in their order."""

    status: int
    groups: tuple[tuple[int, Group], ...] = field(default=())

    def of(self, tag: Tag) -> list[Group]:
        """Return the groups of a kind."""
        return [group for kind, group in self.groups if kind == tag]


def request(
    operation: Operation,
    about: Mapping[str, Said],
    job: Mapping[str, Said] | None = None,
    request_id: int = 1,
) -> bytes:
    """Return a request, to which a document may be appended; charset and language come first as they must."""
    parts = [VERSION, struct.pack(">hi", operation, request_id), bytes([Tag.OPERATION])]
    parts.extend(_attributes({
        "attributes-charset": Said.of(Tag.CHARSET, "utf-8"),
        "attributes-natural-language": Said.of(Tag.LANGUAGE, "en"),
        **about,
    }))  # fmt: skip
    if job:
        parts.append(bytes([Tag.JOB]))
        parts.extend(_attributes(job))
    return b"".join([*parts, bytes([Tag.END])])


def answer(message: bytes) -> Answer:
    """Read an answer; NotIppError where it is none."""
    try:
        (status,) = struct.unpack_from(">h", message, 2)
        return Answer(status, tuple(_groups(_Reader(message, 8))))
    except (struct.error, IndexError, ValueError) as reason:
        raise NotIppError from reason


def words(group: Group, name: str) -> tuple[str, ...]:
    """Return an attribute's values that are words."""
    return tuple(each for each in group.get(name, ()) if isinstance(each, str))


def number(group: Group, name: str) -> int:
    """Return an attribute's first number, 0 where it has none."""
    return next((each for each in group.get(name, ()) if isinstance(each, int)), 0)


def _attributes(attributes: Mapping[str, Said]) -> Iterable[bytes]:
    for name, said in attributes.items():
        for index, value in enumerate(said.values):
            yield _value(said.tag, "" if index else name, value)


def _value(tag: Tag, name: str, value: int | bool | str | Mapping[str, Said]) -> bytes:  # noqa: FBT001 - a value of the protocol
    if isinstance(value, Mapping):
        inner = [_framed(Tag.BEGIN_COLLECTION, name, b"")]
        for member, said in value.items():
            inner.append(_framed(Tag.MEMBER_NAME, "", member.encode()))
            inner.extend(_value(said.tag, "", each) for each in said.values)
        return b"".join([*inner, _framed(Tag.END_COLLECTION, "", b"")])
    if isinstance(value, bool):
        return _framed(tag, name, struct.pack(">?", value))
    if isinstance(value, int):
        return _framed(tag, name, struct.pack(">i", value))
    return _framed(tag, name, value.encode())


def _framed(tag: Tag, name: str, value: bytes) -> bytes:
    key = name.encode()
    return struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(value)) + value


@dataclass(slots=True)
class _Reader:
    """Reads a message from front to back; IndexError or struct.error where it ends too early."""

    message: bytes
    at: int

    def byte(self) -> int:
        self.at += 1
        return self.message[self.at - 1]

    def piece(self) -> bytes:
        (length,) = struct.unpack_from(">H", self.message, self.at)
        start, self.at = self.at + 2, self.at + 2 + length
        if self.at > len(self.message):
            raise IndexError
        return self.message[start : self.at]


def _groups(reader: _Reader) -> Iterable[tuple[int, Group]]:
    kind, group, name = 0, Group(), ""
    while (tag := reader.byte()) != Tag.END:
        if tag < FIRST_VALUE_TAG:
            if kind:
                yield kind, group
            kind, group = tag, Group()
            continue
        name = reader.piece().decode("utf-8", "replace") or name
        group[name] = (*group.get(name, ()), *_read(reader, tag, 0))
    if kind:
        yield kind, group


def _read(reader: _Reader, tag: int, depth: int) -> Attribute:
    """Return a value as a tuple of one; an unknown or out-of-band one as none."""
    raw = reader.piece()
    if tag == Tag.BEGIN_COLLECTION:
        return (_collection(reader, depth + 1),)
    if tag in (Tag.INTEGER, Tag.ENUM):
        return struct.unpack(">i", raw)
    if tag == Tag.BOOLEAN:
        return struct.unpack(">?", raw)
    if tag == Tag.RANGE:
        return (struct.unpack(">ii", raw),)
    if tag in (Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE):
        inner = _Reader(raw, 0)
        inner.piece()
        return (inner.piece().decode("utf-8", "replace"),)
    return (raw.decode("utf-8", "replace"),) if tag >= Tag.TEXT else ()


def _collection(reader: _Reader, depth: int) -> Group:
    if depth > DEEPEST:
        raise ValueError(depth)
    group, member = Group(), ""
    while True:
        tag = reader.byte()
        reader.piece()  # members carry their names as values
        if tag == Tag.END_COLLECTION:
            reader.piece()
            return group
        if tag == Tag.MEMBER_NAME:
            member = reader.piece().decode("utf-8", "replace")
            continue
        group[member] = (*group.get(member, ()), *_read(reader, tag, depth))
