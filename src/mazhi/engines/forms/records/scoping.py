"""What formulas over a whole record are given: its fields by their names, what they name, and columns as lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import shape_of, value_of
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.records.outside import Database
from mazhi.kernel.db import Tx

Scope = Callable[[str], object]


def scope_over(tx: Tx, opened: Opened) -> Callable[[Mapping[str, Any]], Scope]:
    """Return what makes a scope of the values of a record, which are JSON by the codes of the fields."""
    outer = {one.code: one for one in flat(opened.form.fields, field_kinds)}
    outside = Database(tx)

    def scope(held: Mapping[str, Any]) -> Scope:
        def value(name: str) -> object:
            first, _, rest = name.partition(".")
            one = outer.get(first)
            if one is None:
                raise LookupError(name)
            if not rest:
                return value_of(held.get(first), shape_of(one, field_kinds))
            if field_kinds[one.kind].holds == "rows":
                inner = next((column for column in flat(one.fields, field_kinds) if column.code == rest), None)
                if inner is None:
                    raise LookupError(name)
                shape = shape_of(inner, field_kinds)
                return tuple(value_of(row.get(rest), shape) for row in held.get(first) or ())
            if field_kinds[one.kind].reference is None:
                raise LookupError(name)
            code = held.get(first)
            return outside.facts(one, rest, [code if isinstance(code, str) else None])[0]

        return value

    return scope
