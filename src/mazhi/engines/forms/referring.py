"""Whether what fields say about other fields of the form holds: options that name them, and who depends on whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.names import columns_of, unknown_names
from mazhi.engines.formula.interpolating import parse_formula, parse_text
from mazhi.engines.options import Option
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.registry import Registry

Scope = Mapping[str, Field]
"""Fields by their codes, as one that stands among them may name them."""


def scope_of(fields: tuple[Field, ...], kinds: Registry[FieldKind], outer: Scope | None = None) -> Scope:
    """Return the fields of one table, through what is only layout, and those around it."""
    found = dict(outer or {})
    for one in fields:
        if kinds[one.kind].holds == "layout":
            found = {**scope_of(one.fields, kinds, found)}
        else:
            found[one.code] = one
    return found


def named(one: Field, option: Option) -> Iterator[str]:
    """Give the codes of the fields that an option names."""
    value = one.options.get(option.name)
    if not isinstance(value, str) or not value:
        return
    match option.type:
        case "field":
            yield value
        case "template":
            yield from sorted({name.split(".")[0] for name in parse_text(value).names})
        case "formula":
            yield from sorted({name.split(".")[0] for name in parse_formula(value).names})
        case _:
            pass


def in_order(scope: Scope, kinds: Registry[FieldKind]) -> list[Field]:
    """Return the fields that are worked out, each after those that it needs; in a circle the first seen comes last."""
    found: dict[str, Field] = {}
    begun: set[str] = set()

    def visit(one: Field) -> None:
        kind = kinds[one.kind]
        if kind.derive is None or one.id in begun:
            return
        begun.add(one.id)
        for option in kind.options:
            for code in named(one, option):
                if code in scope:
                    visit(scope[code])
        found[one.id] = one

    for one in scope.values():
        visit(one)
    return list(found.values())


class _Referring:
    def __init__(self, kinds: Registry[FieldKind], checks: Checks) -> None:
        self._kinds = kinds
        self._checks = checks

    def fields(self, fields: tuple[Field, ...], pointer: str, scope: Scope, *, inside: bool = False) -> None:
        for place, one in enumerate(fields):
            at = f"{pointer}/{place}"
            self._computed(one, f"{at}/options", scope, inside=inside)
            for option in self._kinds[one.kind].options:
                self._option(one, option, f"{at}/options/{option.name}", scope)
            self._fact(one, f"{at}/options/field", scope)
            if self._in_circle(one, scope):
                self._checks.fault(at, "form_derived_circle", field=one.title)
            if one.fields:
                rows = self._kinds[one.kind].holds == "rows"
                inner = scope_of(one.fields, self._kinds, scope) if rows else scope
                self.fields(one.fields, f"{at}/fields", inner, inside=inside or rows)

    def _computed(self, one: Field, pointer: str, scope: Scope, *, inside: bool) -> None:
        """Note names that mean nothing in what the server works out."""
        compute = self._kinds[one.kind].compute
        if compute is None:
            return
        found = compute(one)
        for name in unknown_names(found.names, scope, self._kinds):
            self._checks.fault(f"{pointer}/formula", "form_formula_unknown_field", value=name)
        table = scope.get(found.table)
        if not found.table or table is None or self._kinds[table.kind].holds != "rows":
            return
        if inside:
            self._checks.fault(f"{pointer}/table", "form_rollup_in_table", field=one.title)
        column = one.options.get("field")
        if column and column not in columns_of(table.fields, self._kinds):
            self._checks.fault(f"{pointer}/field", "form_option_unknown_column", value=column, table=table.title)
        rows = scope_of(table.fields, self._kinds, scope)
        for name in unknown_names(found.inner - {column}, rows, self._kinds):
            self._checks.fault(f"{pointer}/when", "form_formula_unknown_field", value=name)

    def _option(self, one: Field, option: Option, pointer: str, scope: Scope) -> None:
        if option.type == "formula" and self._kinds[one.kind].compute is not None:
            return
        for code in named(one, option):
            other = scope.get(code)
            if other is None or other.id == one.id:
                self._checks.fault(pointer, "form_option_unknown_field", value=code)
            elif option.kinds and other.kind not in option.kinds:
                wanted = "、".join(self._kinds[kind].zh for kind in option.kinds if kind in self._kinds)
                self._checks.fault(pointer, "form_option_unfit_field", value=code, kinds=wanted)

    def _fact(self, one: Field, pointer: str, scope: Scope) -> None:
        """Note a fact that nobody knows of what the source names; the fields of linked forms come and go."""
        source = scope.get(str(one.options.get("source", "")))
        reference = self._kinds[source.kind].reference if source is not None else None
        if "field" not in one.options or reference is None or not reference.details:
            return
        if one.options["field"] not in {detail.name for detail in reference.details}:
            known = "、".join(detail.name for detail in reference.details)
            self._checks.fault(pointer, "form_option_unknown_fact", value=one.options["field"], known=known)

    def _in_circle(self, one: Field, scope: Scope) -> bool:
        """Tell whether a field that is worked out needs itself."""
        waiting, seen = [one], set[str]()
        while waiting:
            other = waiting.pop()
            kind = self._kinds[other.kind]
            if kind.derive is None:
                continue
            for option in kind.options:
                for code in named(other, option):
                    needed = scope.get(code)
                    if needed is not None and needed.id == one.id and other.id != one.id:
                        return True
                    if needed is not None and needed.id not in seen:
                        seen.add(needed.id)
                        waiting.append(needed)
        return False


def settled(fields: tuple[Field, ...], kinds: Registry[FieldKind], scope: Scope | None = None) -> tuple[Field, ...]:
    """Say of what the server works out which columns hold it; the fields were checked."""
    scope = scope_of(fields, kinds) if scope is None else scope

    def of(one: Field) -> Field:
        kind = kinds[one.kind]
        if one.fields:
            rows = kind.holds == "rows"
            return replace(
                one, fields=settled(one.fields, kinds, scope_of(one.fields, kinds, scope) if rows else scope)
            )
        return one if kind.kept_as is None else replace(one, stored_as=kind.kept_as(one, scope))

    return tuple(of(one) for one in fields)


def check(fields: tuple[Field, ...], kinds: Registry[FieldKind], checks: Checks) -> None:
    """Note every option that names a field that is not there or not fit, and every circle."""
    _Referring(kinds, checks).fields(fields, "/fields", scope_of(fields, kinds))
