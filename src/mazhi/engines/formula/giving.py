"""What a formula came to, written as a client would give it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mazhi.engines.formula.values import Value, is_empty, number_text
from mazhi.kernel import clock


def given(value: Value) -> Any:
    """Write what a formula came to as a client would give it to a field."""
    match value:
        case bool() | str() | None:
            return value
        case Decimal():
            return number_text(value)
        case datetime():
            return value.replace(tzinfo=clock.DEFAULT_ZONE).isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return [given(one) for one in value if not is_empty(one)]
        case _:
            return None
