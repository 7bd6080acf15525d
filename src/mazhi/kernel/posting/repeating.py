"""Requests that may come twice: the same client key gives the same answer and changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.posting.store import claim_request, store_answer


class Request:
    """One request with a client key, or without one."""

    def __init__(self, tx: Tx, sort: str, actor: Actor, client_key: str | None, content: object) -> None:
        """Claim the key in the transaction; ``answer`` is what was answered before.

        Raises:
            ConflictError: The key was used for something else (code ``client_key_reused``).
        """
        self._tx = tx
        self._key = None if client_key is None else f"{sort}:{actor.name}:{client_key}"
        self.answer: Mapping[str, Any] | None = None
        if self._key is None:
            return
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        hashed = hashlib.sha256(text.encode()).hexdigest()
        stored = claim_request(tx, self._key, hashed, clock.now())
        if stored is not None:
            if stored[0] != hashed:
                raise ConflictError("client_key_reused", client_key=client_key)
            self.answer = json.loads(stored[1])

    def store(self, answer: Mapping[str, Any]) -> None:
        """Keep the answer for whoever asks again."""
        if self._key is not None:
            store_answer(self._tx, self._key, None, json.dumps(answer, ensure_ascii=False, default=str))
