"""Asking an RFC 3161 service to stamp a hash; the few lines of DER that this needs are written by hand."""

from __future__ import annotations

import secrets
import urllib.request

GRANTED = {0, 1}
_SHA256 = bytes.fromhex("608648016503040201")
LONGEST = 1 << 20


def request(digest: bytes, nonce: int) -> bytes:
    """Write a time-stamp request: version 1, SHA-256, a nonce, and the certificate asked for."""
    algorithm = _der(0x30, _der(0x06, _SHA256) + _der(0x05, b""))
    imprint = _der(0x30, algorithm + _der(0x04, digest))
    return _der(0x30, _integer(1) + imprint + _integer(nonce) + _der(0x01, b"\xff"))


def stamp(url: str, digest: bytes, seconds: float) -> bytes:
    """Fetch a time stamp and return the whole response.

    Raises:
        ValueError: The address is not http, or the service did not grant it, or stamped something else.
        OSError: It could not be reached.
    """
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"not an address of a time-stamping service: {url}")
    nonce = secrets.randbits(63)
    asked = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url, request(digest, nonce), {"content-type": "application/timestamp-query"}
    )
    with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310
        got: bytes = answer.read(LONGEST)
    check(got, digest, nonce)
    return got


def check(response: bytes, digest: bytes, nonce: int) -> None:
    """See that a response is granted and speaks of this hash and this nonce.

    The service's signature is not checked here: keep the response, ``openssl ts -verify`` does.

    Raises:
        ValueError: It is not, or does not.
    """
    body, _ = _read(response, 0x30)
    status, _ = _read(body, 0x30)
    code, _ = _read(status, 0x02)
    if int.from_bytes(code, "big") not in GRANTED:
        raise ValueError(f"the time stamp was not granted: {int.from_bytes(code, 'big')}")
    if _der(0x04, digest) not in response or _integer(nonce) not in response:
        raise ValueError("the time stamp is of something else")


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _integer(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _read(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """Return the content of the element at the front and what follows it."""
    if len(data) < 2 or data[0] != tag:
        raise ValueError("no time-stamp response")
    size, start = data[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[2:start], "big")
    if len(data) < start + size:
        raise ValueError("a time-stamp response cut short")
    return data[start : start + size], data[start + size :]
