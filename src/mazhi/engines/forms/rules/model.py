"""What a rule says, and reading the rules of a form from JSON with all faults at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from mazhi.engines.forms.names import unknown_names
from mazhi.engines.forms.referring import Scope, scope_of
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_formula
from mazhi.kernel.master_data.model import Checks

if TYPE_CHECKING:
    from mazhi.engines.forms.model import Field, FieldKind
    from mazhi.kernel.registry import Registry

RuleKind = Literal["show", "require", "lock", "check", "set"]
KINDS: tuple[RuleKind, ...] = get_args(RuleKind)
"""显示, 必填, 只读, 校验, 赋值."""

MOST_RULES = 500
LONGEST_NAME = 100
LONGEST_MESSAGE = 500
LONGEST_FORMULA = 4_000
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KNOWN = {"id", "name", "kind", "when", "fields", "message", "value"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule (规则) of a form.

    Attributes:
        id: UUID from birth.
        name: What people call it.
        kind: What it does to its fields while it holds; a check refuses a record in which it does not.
        when: The condition, a formula over the fields of the record, or of a row and the record around it.
        fields: The ids of the fields that it is about; those of a sub-table are looked at row by row.
        message: Of a check: what is told.
        value: Of ``set``: the formula of what the fields hold.
    """

    id: str
    name: str
    kind: RuleKind
    when: str
    fields: tuple[str, ...] = ()
    message: str = ""
    value: str = ""

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        found: dict[str, Any] = {"id": self.id, "name": self.name, "kind": self.kind, "when": self.when}
        found["fields"] = list(self.fields)
        if self.kind == "check":
            found["message"] = self.message
        if self.kind == "set":
            found["value"] = self.value
        return found

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Give each of its formulas with the name of the property that it stands in."""
        yield "when", self.when
        if self.kind == "set":
            yield "value", self.value


class _Reading:
    """Reads the rules of one form and notes everything that is wrong with them."""

    def __init__(self, fields: tuple[Field, ...], kinds: Registry[FieldKind], checks: Checks) -> None:
        self._kinds = kinds
        self._checks = checks
        self._outer = scope_of(fields, kinds)
        self._scopes: dict[str, Scope] = {}
        self._fields: dict[str, Field] = {}
        self._ids: set[str] = set()
        self._place(fields, self._outer)

    def _place(self, fields: tuple[Field, ...], scope: Scope) -> None:
        for one in fields:
            self._fields[one.id], self._scopes[one.id] = one, scope
            rows = self._kinds[one.kind].holds == "rows"
            self._place(one.fields, scope_of(one.fields, self._kinds, self._outer) if rows else scope)

    def rule(self, raw: object, pointer: str) -> Rule | None:
        if not isinstance(raw, Mapping):
            self._checks.fault(pointer, "form_not_a_rule")
            return None
        for name in raw.keys() - _KNOWN:
            self._checks.fault(f"{pointer}/{name}", "form_rule_unknown_property", name=str(name))
        kind = raw.get("kind")
        if kind not in KINDS:
            self._checks.fault(f"{pointer}/kind", "form_rule_unknown_kind", kind=str(kind), known="、".join(KINDS))
            return None
        fields = self._named(raw.get("fields", []), kind, f"{pointer}/fields")
        scopes = [self._scopes[key] for key in fields] or [self._outer]
        return Rule(
            id=self._id(raw.get("id"), f"{pointer}/id"),
            name=self._text(raw.get("name"), f"{pointer}/name", LONGEST_NAME, needed=True),
            kind=kind,
            when=self._formula(raw.get("when"), f"{pointer}/when", scopes),
            fields=fields,
            message=self._text(raw.get("message", ""), f"{pointer}/message", LONGEST_MESSAGE, needed=kind == "check"),
            value=self._formula(raw.get("value"), f"{pointer}/value", scopes) if kind == "set" else "",
        )

    def _id(self, raw: object, pointer: str) -> str:
        if not isinstance(raw, str) or not _UUID.fullmatch(raw):
            self._checks.fault(pointer, "form_rule_bad_id")
            return ""
        if raw in self._ids or raw in self._fields:
            self._checks.fault(pointer, "form_rule_id_twice")
        self._ids.add(raw)
        return raw

    def _text(self, raw: object, pointer: str, limit: int, *, needed: bool) -> str:
        if not isinstance(raw, str):
            self._checks.fault(pointer, "text_missing")
            return ""
        self._checks.text(pointer, raw, limit=limit, needed=needed)
        return raw.strip()

    def _formula(self, raw: object, pointer: str, scopes: list[Scope]) -> str:
        if not isinstance(raw, str) or len(raw) > LONGEST_FORMULA or not raw.strip():
            self._checks.fault(pointer, "form_rule_no_formula", limit=LONGEST_FORMULA)
            return ""
        try:
            names = parse_formula(raw).names
        except FormulaError as error:
            self._checks.problems.append(error.problem(pointer))
            return raw
        for name in sorted({name for scope in scopes for name in unknown_names(names, scope, self._kinds)}):
            self._checks.fault(pointer, "form_formula_unknown_field", value=name)
        return raw

    def _named(self, raw: object, kind: RuleKind, pointer: str) -> tuple[str, ...]:
        if not isinstance(raw, list):
            self._checks.fault(pointer, "form_rule_no_fields")
            return ()
        if not raw and kind != "check":
            self._checks.fault(pointer, "form_rule_no_fields")
        found: list[str] = []
        for place, key in enumerate(raw):
            one = self._fields.get(key) if isinstance(key, str) else None
            if one is None:
                self._checks.fault(f"{pointer}/{place}", "form_rule_unknown_field", value=str(key)[:100])
            elif not self._fits(one, kind):
                self._checks.fault(f"{pointer}/{place}", "form_rule_unfit_field", field=one.title)
            elif one.id not in found:
                found.append(one.id)
        return tuple(found)

    def _fits(self, one: Field, rule: RuleKind) -> bool:
        """Tell whether a rule of that kind can be about a field: nobody requires a line, or sets what is computed."""
        kind = self._kinds[one.kind]
        if rule in {"show", "check"}:
            return True
        given = kind.holds == "value" and kind.derive is None and kind.issue is None and kind.compute is None
        return given or (kind.holds == "rows" and rule != "set")


def read_rules(raw: object, fields: tuple[Field, ...], kinds: Registry[FieldKind], checks: Checks) -> tuple[Rule, ...]:
    """Read the rules of a form whose fields were read without a fault; what is wrong goes to the checks."""
    if not isinstance(raw, list):
        checks.fault("/rules", "form_rules_not_a_list")
        return ()
    if len(raw) > MOST_RULES:
        checks.fault("/rules", "form_too_many_rules", limit=MOST_RULES)
        return ()
    reading = _Reading(fields, kinds, checks)
    found = [reading.rule(one, f"/rules/{place}") for place, one in enumerate(raw)]
    return tuple(one for one in found if one is not None)
