"""Which running flow brings a change of records about: what it starts then is its doing, and is counted."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, cast

from mazhi.engines.flows.ports import Records
from mazhi.engines.flows.state import Instance

_CAUSE: ContextVar[Instance | None] = ContextVar("flow_cause", default=None)


def cause() -> Instance | None:
    """Return the instance on whose behalf records are being written, if there is one."""
    return _CAUSE.get()


def causing(records: Records, instance: Instance) -> Records:
    """Return the same door to the records, through which everything is the doing of an instance."""
    return cast("Records", _Causing(records, instance))


class _Causing:
    """Hands every call on, and says meanwhile whose doing it is."""

    __slots__ = ("instance", "records")

    def __init__(self, records: Records, instance: Instance) -> None:
        self.records: Records = records.records if isinstance(records, _Causing) else records
        self.instance = instance

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self.records, name)

        def call(*args: Any, **more: Any) -> Any:
            token = _CAUSE.set(self.instance)
            try:
                return method(*args, **more)
            finally:
                _CAUSE.reset(token)

        return call
