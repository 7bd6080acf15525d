"""What the names in a formula mean on a form: a field, a column of a sub-table, a fact of what a field names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mazhi.engines.forms.model import Field, FieldKind
    from mazhi.kernel.registry import Registry


def unknown_names(names: Collection[str], scope: Mapping[str, Field], kinds: Registry[FieldKind]) -> list[str]:
    """Return the dotted names that mean nothing among some fields, by their codes.

    The facts of linked records are not looked at: the fields of other forms come and go.
    """
    return [name for name in sorted(names) if not _known(name, scope, kinds)]


def _known(name: str, scope: Mapping[str, Field], kinds: Registry[FieldKind]) -> bool:
    first, _, rest = name.partition(".")
    one = scope.get(first)
    if one is None:
        return False
    kind = kinds[one.kind]
    if kind.holds == "rows":
        # A sub-table alone is not a value: COUNT wants one of its columns.
        return rest in columns_of(one.fields, kinds)
    if not rest:
        return kind.holds == "value"
    if kind.reference is None or kind.reference.many:
        return False
    return kind.reference.by_options or rest in {detail.name for detail in kind.reference.details}


def columns_of(fields: tuple[Field, ...], kinds: Registry[FieldKind]) -> dict[str, Field]:
    """Return the columns of a sub-table by their codes, through what is only layout."""
    found: dict[str, Field] = {}
    for one in fields:
        if kinds[one.kind].holds == "layout":
            found |= columns_of(one.fields, kinds)
        else:
            found[one.code] = one
    return found
