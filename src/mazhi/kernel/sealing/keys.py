"""The key that checkpoints are signed with: a file beside the data that only its owner may read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from mazhi.kernel.errors import ProgrammingError

FILE = "ledger-ed25519.pem"


class SigningKey:
    """The private key in a folder; made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()
        self._key: Ed25519PrivateKey | None = None

    @property
    def public(self) -> str:
        """Return the public key, hexadecimal."""
        return self._load().public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """Sign; hexadecimal."""
        return self._load().sign(message).hex()

    def _load(self) -> Ed25519PrivateKey:
        with self._lock:
            if self._key is None:
                if not self._path.exists():
                    self._make()
                found = load_pem_private_key(self._path.read_bytes(), None)
                if not isinstance(found, Ed25519PrivateKey):
                    raise ProgrammingError(f"{self._path} is not an Ed25519 key")
                self._key = found
            return self._key

    def _make(self) -> None:
        """Write a new key; of two processes that start together one key stays."""
        folder = self._path.parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        draft = folder / f"{FILE}.{os.getpid()}.{threading.get_ident()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(pem)
            target.flush()
            os.fsync(target.fileno())
        try:
            os.link(draft, self._path)
        except FileExistsError:
            return
        finally:
            draft.unlink()


def is_signed(key: str, message: bytes, signature: str) -> bool:
    """Tell whether a signature is right; a key or a signature that is none makes it wrong."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
