"""One question to another system: where it goes is looked at first, how long and how much it may answer meanwhile."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from mazhi.engines.forms.queries.hosts import Host
from mazhi.kernel.errors import ConflictError, ForbiddenError

SECONDS = 8.0
MOST_BYTES = 1 << 20
_PART = 1 << 16
_PORTS = {"https": 443, "http": 80}


def fetch(address: str, hosts: Sequence[Host], *, method: str = "GET", body: Any = None) -> Any:
    """Ask and return the JSON that comes back.

    Raises:
        ForbiddenError: The host is not allowed, or not like this, or has a private address.
        ConflictError: It did not answer, refused, or answered too much or no JSON.
    """
    parts = urlsplit(address)
    host = _allowed(parts, hosts)
    port = parts.port or _PORTS[parts.scheme]
    until = time.monotonic() + SECONDS
    try:
        connection = _connect(parts, host, port)
        try:
            content = _ask(connection, parts, host, method, body, until)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        raise ConflictError("query_unreachable", host=host.host) from None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise ConflictError("query_not_json", host=host.host) from None


def _allowed(parts: SplitResult, hosts: Sequence[Host]) -> Host:
    name = (parts.hostname or "").lower()
    port = parts.port or _PORTS.get(parts.scheme)
    fits = [one for one in hosts if one.host == name and (one.port or _PORTS.get(parts.scheme)) == port]
    if not fits or parts.scheme not in _PORTS or parts.username is not None:
        raise ForbiddenError("query_host_not_allowed", host=name)
    if parts.scheme != "https" and not fits[0].plain:
        raise ForbiddenError("query_not_https", host=name)
    return fits[0]


def _connect(parts: SplitResult, host: Host, port: int) -> http.client.HTTPConnection:
    """Connect to an address that was looked at, so that no second look-up can lead elsewhere."""
    found = socket.getaddrinfo(host.host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not host.private and not all(ipaddress.ip_address(one.split("%")[0]).is_global for one in addresses):
        raise ForbiddenError("query_private_address", host=host.host)
    raw = socket.create_connection((addresses[0], port), timeout=SECONDS)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host.host, port, timeout=SECONDS)
        try:
            connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host.host)
        except OSError:
            raw.close()
            raise
    else:
        connection = http.client.HTTPConnection(host.host, port, timeout=SECONDS)
        connection.sock = raw
    return connection


def _ask(
    connection: http.client.HTTPConnection, parts: SplitResult, host: Host, method: str, body: Any, until: float
) -> bytes:
    headers = {"Accept": "application/json", "User-Agent": "mazhi", "Accept-Encoding": "identity"}
    if host.authorization:
        headers["Authorization"] = host.authorization
    content = None
    if body is not None:
        content = json.dumps(body, ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json; charset=utf-8"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request(method, path, body=content, headers=headers)
    with connection.getresponse() as answer:
        # Where it leads elsewhere nobody has looked, so it is not followed.
        if not 200 <= answer.status < 300:
            raise ConflictError("query_refused", host=host.host, status=answer.status)
        found = bytearray()
        while part := answer.read1(_PART):
            found += part
            if len(found) > MOST_BYTES:
                raise ConflictError("query_too_large", host=host.host, limit=MOST_BYTES)
            if time.monotonic() > until:
                raise TimeoutError
    return bytes(found)
