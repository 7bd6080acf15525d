"""What formulas and rules want to know that does not stand in the record, out of the database.

It is looked up whole, not as whoever writes may see it: what is stored must not hang on who saved it last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import Shape, shape_of, value_of
from mazhi.engines.forms.live.plan import Step
from mazhi.engines.forms.looking_up import look_up
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.deriving import linked, open_form
from mazhi.engines.forms.references import found, told
from mazhi.engines.forms.referring import scope_of
from mazhi.engines.formula.values import Value
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Tx


class Database:
    """The outside of the records of one transaction."""

    def __init__(self, tx: Tx) -> None:
        """Look things up in that transaction."""
        self._tx = tx
        self._linked = linked(tx, SYSTEM)
        self._shapes: dict[tuple[str, str], Shape] = {}
        self._known: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = {}

    def codes(self, one: Field, numbers: set[int]) -> Mapping[int, str]:
        """Return the codes of what a field names; of files their names."""
        reference = field_kinds[one.kind].reference
        if reference is None or not numbers:
            return {}
        return {key: _code(shown) for key, shown in told(self._tx, reference, numbers).items()}

    def numbers(self, one: Field, codes: set[str]) -> Mapping[str, int]:
        """Return the numbers of what a rule has a field name."""
        reference = field_kinds[one.kind].reference
        return found(self._tx, reference, codes, one.options) if reference is not None and codes else {}

    def facts(self, one: Field, fact: str, codes: Sequence[str | None]) -> Sequence[Value]:
        """Return a fact of what a field names, for each code."""
        known = self._known.setdefault(one.id, {})
        reading = Reading(self._tx, SYSTEM, {one.code: one}, self._linked, field_kinds, known)
        shape = self._shape(one, fact)
        shown = look_up(reading, one.code, fact, [{one.code: code} for code in codes])
        return [value_of(value, shape) for value in shown]

    def derived(self, step: Step, scope: Mapping[str, Field], rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
        """Return what a field that is only shown shows."""
        if step.derive is None:
            return [None] * len(rows)
        return step.derive(Reading(self._tx, SYSTEM, scope, self._linked, field_kinds), step.of, rows)

    def _shape(self, one: Field, fact: str) -> Shape:
        reference = field_kinds[one.kind].reference
        if reference is None:
            return "other"
        if not reference.by_options:
            return next((detail.shape for detail in reference.details if detail.name == fact), "other")
        form = str(one.options["form"])
        if (form, fact) not in self._shapes:
            opened = open_form(self._tx, form)
            field = None if opened is None else scope_of(opened.form.fields, field_kinds).get(fact)
            self._shapes[form, fact] = "other" if field is None else shape_of(field, field_kinds)
        return self._shapes[form, fact]


def _code(shown: Any) -> str:
    return str(shown.get("name", "")) if isinstance(shown, Mapping) else str(shown)
