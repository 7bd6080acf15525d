"""One question to another system: where it goes is looked at first, how long and how much it may answer meanwhile."""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from mazhi.kernel.errors import ConflictError, ForbiddenError
from mazhi.kernel.outbound.hosts import Host

SECONDS = 8.0
MOST_BYTES = 1 << 20
_PART = 1 << 16
_PORTS = {"https": 443, "http": 80}
_PLAIN = "%/?:@!$&'()*+,;=~[]"
"""Signs of an address that mean something there, or are written in other signs already."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Answer:
    """What another system answered.

    Attributes:
        host: Who.
        status: The status of HTTP.
        content: The body.
    """

    host: str
    status: int
    content: bytes

    @property
    def good(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Read the body as JSON.

        Raises:
            ConflictError: It is none (code ``query_not_json``).
        """
        try:
            return read_json(self.content)
        except ValueError:
            raise ConflictError("query_not_json", host=self.host) from None


def read_json(content: bytes) -> Any:
    """Read JSON of another system, if it can be kept and told on as it is.

    Python reads more than there is in JSON: ``NaN``, halves of characters, numbers without end, any depth.

    Raises:
        ValueError: It is none.
    """
    try:
        found = json.loads(content)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as error:
        raise ValueError(str(error)) from None
    return found


def fetch(address: str, hosts: Sequence[Host], *, method: str = "GET", body: Any = None) -> Any:
    """Ask and return the JSON that comes back.

    Raises:
        ForbiddenError: The host is not allowed, or not like this, or has a private address.
        ConflictError: It did not answer, refused, or answered too much or no JSON.
    """
    content, headers = None, {}
    if body is not None:
        content = json.dumps(body, ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json; charset=utf-8"
    answer = ask(address, hosts, method=method, content=content, headers=headers)
    # Where it leads elsewhere nobody has looked, so it is not followed.
    if not answer.good:
        raise ConflictError("query_refused", host=answer.host, status=answer.status)
    return answer.json()


def ask(
    address: str, hosts: Sequence[Host], *, method: str = "GET", content: bytes | None = None,
    headers: Mapping[str, str] | None = None, seconds: float = SECONDS,
) -> Answer:  # fmt: skip
    """Ask and return whatever comes back, also a refusal; ``seconds`` for all of it.

    Raises:
        ForbiddenError: The host is not allowed, or not like this, or has a private address.
        ConflictError: It did not answer in time (code ``query_unreachable``), or answered too much.
    """
    parts = urlsplit(address)
    host = allowed(address, hosts)
    until = time.monotonic() + seconds
    try:
        connection = _connect(parts, host, parts.port or _PORTS[parts.scheme], seconds)
        # Each read has a time limit of its own; who answers a letter at a time is cut off here.
        timer = threading.Timer(seconds, _cut, (connection,))
        timer.daemon = True
        timer.start()
        try:
            return _ask(connection, parts, host, method, content, headers or {}, until)
        finally:
            timer.cancel()
            connection.close()
    except (OSError, http.client.HTTPException):
        raise ConflictError("query_unreachable", host=host.host) from None


def allowed(address: str, hosts: Sequence[Host]) -> Host:
    """Return the host of an address, if it may be asked.

    Raises:
        ForbiddenError: It is not among those that may, or not without encryption.
    """
    try:
        parts = urlsplit(address)
        name, port = (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        raise ForbiddenError("query_host_not_allowed", host=_named(address)) from None
    fits = [one for one in hosts if one.host == name and (one.port or _PORTS.get(parts.scheme)) == port]
    if not fits or parts.scheme not in _PORTS or parts.username is not None:
        raise ForbiddenError("query_host_not_allowed", host=name)
    if parts.scheme != "https" and not fits[0].plain:
        raise ForbiddenError("query_not_https", host=name)
    return fits[0]


def _named(address: str) -> str:
    """Return what of an address names the host; the rest may be a secret."""
    return re.split(r"[/?#\\]", address.partition("//")[2])[0].rpartition("@")[2][:100]


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public network, also the one that it leads to within another."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if not found.is_global or found.is_multicast:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return True
    inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else found.sixtofour
    return not found.is_site_local and (inside is None or inside.is_global)


def _connect(parts: SplitResult, host: Host, port: int, seconds: float) -> http.client.HTTPConnection:
    """Connect to an address that was looked at, so that no second look-up can lead elsewhere."""
    found = socket.getaddrinfo(host.host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not host.private and not all(is_public(one) for one in addresses):
        raise ForbiddenError("query_private_address", host=host.host)
    raw = socket.create_connection((addresses[0], port), timeout=seconds)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host.host, port, timeout=seconds)
        try:
            connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host.host)
        except OSError:
            raw.close()
            raise
    else:
        connection = http.client.HTTPConnection(host.host, port, timeout=seconds)
        connection.sock = raw
    return connection


def _ask(
    connection: http.client.HTTPConnection, parts: SplitResult, host: Host, method: str, content: bytes | None,
    headers: Mapping[str, str], until: float,
) -> Answer:  # fmt: skip
    said = {"Accept": "application/json", "User-Agent": "mazhi", "Accept-Encoding": "identity", **headers}
    if host.authorization and "Authorization" not in said:
        said["Authorization"] = host.authorization
    # Letters of any script stand in addresses as people write them; on the way only those of ASCII do.
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_PLAIN)
    connection.request(method, path, body=content, headers=said)
    with connection.getresponse() as answer:
        found = bytearray()
        while part := answer.read1(_PART):
            found += part
            if len(found) > MOST_BYTES:
                raise ConflictError("query_too_large", host=host.host, limit=MOST_BYTES)
            if time.monotonic() > until:
                raise TimeoutError
        if answer.length:  # so much was promised and did not come
            raise http.client.IncompleteRead(bytes(found), answer.length)
        return Answer(host.host, answer.status, bytes(found))
