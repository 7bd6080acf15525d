"""Time as the kernel stores it: whole microseconds since 1970, UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from mazhi.kernel.errors import InvalidInputError

MICROS_PER_SECOND = 1_000_000
MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> int:
    """Return the present moment in microseconds since 1970, UTC."""
    return time.time_ns() // 1000


def to_micros(moment: datetime) -> int:
    """Turn an aware datetime into microseconds, exactly (no float in between).

    Raises:
        InvalidInputError: The datetime has no zone (code ``time_without_zone``).
    """
    if moment.tzinfo is None:
        raise InvalidInputError("time_without_zone", value=moment.isoformat())
    return (moment - _EPOCH) // timedelta(microseconds=1)


def to_datetime(micros: int, zone: tzinfo = UTC) -> datetime:
    """Turn microseconds into an aware datetime in ``zone``."""
    return (_EPOCH + timedelta(microseconds=micros)).astimezone(zone)


def to_text(micros: int) -> str:
    """Write microseconds as RFC 3339 in UTC."""
    return to_datetime(micros).isoformat().replace("+00:00", "Z")


def to_minute(micros: int) -> str:
    """Write microseconds for a reader: date, hour and minute in the zone of the house."""
    return f"{to_datetime(micros, DEFAULT_ZONE):%Y-%m-%d %H:%M}"
