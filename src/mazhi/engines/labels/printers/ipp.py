"""The Internet Printing Protocol's encoding (RFC 8010), as far as printing labels needs it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PRINT_JOB, CANCEL_JOB, GET_JOB_ATTRIBUTES, GET_JOBS, GET_PRINTER_ATTRIBUTES = 0x0002, 0x0008, 0x0009, 0x000A, 0x000B
OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
INTEGER, BOOLEAN, ENUM, KEYWORD, URI, CHARSET, LANGUAGE, MIME, NAME = (
    0x21, 0x22, 0x23, 0x44, 0x45, 0x47, 0x48, 0x49, 0x42,
)  # fmt: skip
_LAST_DELIMITER = 0x0F
_WITH_LANGUAGE = (0x35, 0x36)

Value = int | str | bytes
Values = tuple[int, Iterable[Value]]


@dataclass(slots=True)
class Message:
    """A request or an answer.

    Attributes:
        code: The operation, or the status of the answer.
        number: The request's number, which the answer repeats.
        groups: Groups of attributes, each with its tag; an attribute has a list of values.
        data: What follows the attributes: the document.
    """

    code: int
    number: int
    groups: list[tuple[int, dict[str, list[Value]]]] = field(default_factory=list)
    data: bytes = b""

    def first(self, name: str) -> Value | None:
        """Return the first value of an attribute, wherever it stands."""
        for _, attributes in self.groups:
            if attributes.get(name):
                return attributes[name][0]
        return None

    def all(self, name: str) -> list[Value]:
        """Return every value of the first attribute of that name."""
        return next((attributes[name] for _, attributes in self.groups if name in attributes), [])


def write(code: int, number: int, attributes: Mapping[str, Values], data: bytes = b"") -> bytes:
    """Write a request: the attributes of the operation in their order, then the document."""
    parts = [struct.pack(">HHI", 0x0101, code, number), bytes([OPERATION])]
    for name, (tag, values) in attributes.items():
        for place, value in enumerate(values):
            named = name.encode() if place == 0 else b""
            written = _write_value(tag, value)
            parts.append(struct.pack(">BH", tag, len(named)) + named + struct.pack(">H", len(written)) + written)
    return b"".join([*parts, bytes([END]), data])


def _write_value(tag: int, value: Value) -> bytes:
    if tag == BOOLEAN:
        return bytes([bool(value)])
    if isinstance(value, int):
        return struct.pack(">i", value)
    return value.encode() if isinstance(value, str) else value


def read(message: bytes) -> Message:
    """Read a message.

    Raises:
        ValueError: It is none, or is cut short.
    """
    try:
        _, code, number = struct.unpack_from(">HHI", message)
        found = Message(code, number)
        at, name = 8, ""
        while (tag := message[at]) != END:
            at += 1
            if tag <= _LAST_DELIMITER:
                found.groups.append((tag, {}))
                continue
            named, at = _piece(message, at)
            written, at = _piece(message, at)
            name = named.decode() or name
            found.groups[-1][1].setdefault(name, []).append(_read_value(tag, written))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"no IPP message: {error}") from None
    found.data = message[at + 1 :]
    return found


def _piece(message: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", message, at)
    end = at + 2 + length
    if end >= len(message) + 1:
        raise IndexError(at)
    return message[at + 2 : end], end


def _read_value(tag: int, written: bytes) -> Value:
    if tag in {INTEGER, ENUM}:
        return int(struct.unpack(">i", written)[0])
    if tag == BOOLEAN:
        return int(written != b"\0")
    if tag in _WITH_LANGUAGE:
        (skip,) = struct.unpack_from(">H", written)
        return written[4 + skip :].decode()
    if tag >= 0x40:
        return written.decode()
    return written
