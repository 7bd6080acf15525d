"""Personal data of an event: kept beside the ledger, which holds its salted hash."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

FIELD = "personal"
"""The field of a request's ``data`` that holds personal data."""
HASH = "personal_hash"
"""Where the event holds the salted hash."""
LONGEST = 16_384


class Payload(NamedTuple):
    """Personal data ready to be kept."""

    salt: str
    body: str
    hash: str


def conceal(data: Mapping[str, Any]) -> Payload:
    """Spell personal data with a new salt; without that, nobody can tell what the hash stands for."""
    salt = secrets.token_hex(32)
    body = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Payload(salt, body, salted_hash(salt, body))


def salted_hash(salt: str, body: str) -> str:
    """Return the hash that the ledger holds."""
    return hashlib.sha256(f"{salt}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()
