"""Passwords (argon2) and tokens (random, kept only as a SHA-256 hash)."""

from __future__ import annotations

import hashlib
import secrets
import threading
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SESSION_PREFIX = "mzs_"
TOKEN_PREFIX = "mzt_"  # noqa: S105 - it marks a token, it is none

# 19 MiB, two passes, one lane: enough by today's advice; 64 MiB for each of many threads would let a flood of
# sign-ins take the machine's memory.
_hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
_at_once = threading.BoundedSemaphore(4)


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(24))


def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    with _at_once:
        return _hasher.hash(password)


def verify_password(password: str, kept: str | None) -> bool:
    """Compare a password with a kept hash; without one it takes as long and answers no."""
    with _at_once:
        right = _hasher.verify(password, kept or _nobody())
    return right and bool(kept)


def new_token(prefix: str) -> str:
    """Make a token of 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def new_password() -> str:
    """Make a password that a person can type: 16 letters and digits, none of which look alike."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


def hash_token(token: str) -> str:
    """Hash a token for keeping; it is random, so one fast round is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
