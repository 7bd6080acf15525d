"""Values as clients get them: by what their kind says, or by the code of what they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import FieldKind, Values
from mazhi.engines.forms.references import numbers_of

Told = Mapping[str, Mapping[int, Any]]
"""The codes of what values name, by the kind of field and the number."""


def shown(kind: FieldKind, values: Values, told: Told) -> Any:
    """Write the value of one field as clients get it; None where it is empty."""
    if all(part is None for part in values):
        return None
    if kind.reference is None:
        return kind.show(values)
    codes = [told.get(kind.name, {}).get(number) for number in numbers_of(values, many=kind.reference.many)]
    return codes if kind.reference.many else codes[0]
