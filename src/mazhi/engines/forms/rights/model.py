"""Grants: what a role may do with a form, in which rows, with which fields.

Grants add up: who has several sees a row where any of them does, and in that row a field as the most generous of
those that reach the row lets it be seen. Without any grant nobody but whoever may do everything sees a record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from mazhi.engines.forms.model import Form
from mazhi.kernel.master_data.model import Checks

Action = Literal["view", "create", "change", "delete", "export", "import"]
ACTIONS: tuple[Action, ...] = get_args(Action)

State = Literal["hidden", "masked", "read_only", "writable"]
"""How a role sees a field; each is more than the one before."""
STATES: tuple[State, ...] = get_args(State)

ScopeKind = Literal["all", "own", "department", "department_below", "places", "regions", "condition"]
SCOPES: tuple[ScopeKind, ...] = get_args(ScopeKind)
MOST_PARTS = 10


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a grant reaches.

    Attributes:
        kind: ``own``: those that the user is responsible for; ``department`` and ``department_below``: those of the
            user's department, or also of those below it; ``places``: those whose field names one of some places or
            a place within; ``regions``: those whose field names a partner of some regions; ``condition``: those that
            a filter lets through.
        field: Of places and regions: the id of the field.
        values: Of places: codes; of regions: beginnings of GB/T 2260 codes.
        filter: Of a condition: the filter.
    """

    kind: ScopeKind
    field: str = ""
    values: tuple[str, ...] = ()
    filter: Any = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do with a form.

    Attributes:
        role: The code of the role.
        actions: What may be done.
        scopes: Which rows; all of them must hold, none means every row.
        fields: The fields that are not simply writable, by their ids.
    """

    role: str
    actions: frozenset[str]
    scopes: tuple[Scope, ...] = ()
    fields: Mapping[str, State] = field(default_factory=dict)

    def state(self, field_id: str) -> State:
        """Return how the role sees a field."""
        return self.fields.get(field_id, "writable")

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {
            "role": self.role,
            "actions": sorted(self.actions, key=list(ACTIONS).index),
            "scopes": [
                {name: value for name, value in _scope_body(one).items() if value or name == "kind"}
                for one in self.scopes
            ],
            "fields": dict(self.fields),
        }


def _scope_body(one: Scope) -> dict[str, Any]:
    return {"kind": one.kind, "field": one.field, "values": list(one.values), "filter": one.filter}


def read_grants(raw: Sequence[Mapping[str, Any]], form: Form) -> list[Grant]:
    """Read the grants of a form from JSON; every fault is named with its place.

    Raises:
        InvalidInputError: Something is wrong with them.
    """
    checks = Checks()
    ids = {one.id: one.kind for one in form.walk()}
    found = [_grant(one, f"/grants/{place}", ids, checks) for place, one in enumerate(raw)]
    checks.done()
    return found


def _grant(raw: Mapping[str, Any], pointer: str, ids: Mapping[str, str], checks: Checks) -> Grant:
    actions = raw.get("actions", [])
    for place, action in enumerate(actions):
        checks.one_of(f"{pointer}/actions/{place}", str(action), ACTIONS)
    if actions and "view" not in actions and set(actions) != {"create"}:
        checks.fault(f"{pointer}/actions", "grant_without_view")
    fields = raw.get("fields", {})
    for key, state in fields.items():
        if key not in ids:
            checks.fault(f"{pointer}/fields/{key}", "record_unknown_field", item=key)
        checks.one_of(f"{pointer}/fields/{key}", str(state), STATES)
    scopes = raw.get("scopes", [])
    if len(scopes) > MOST_PARTS:
        checks.fault(f"{pointer}/scopes", "grant_too_many_scopes", limit=MOST_PARTS)
    return Grant(
        role=str(raw.get("role", "")),
        actions=frozenset(map(str, actions)),
        scopes=tuple(_scope(one, f"{pointer}/scopes/{place}", ids, checks) for place, one in enumerate(scopes)),
        fields={key: state for key, state in fields.items() if state != "writable"},
    )


_NAMED = {"places": ("place",), "regions": ("partner",)}


def _scope(raw: Mapping[str, Any], pointer: str, ids: Mapping[str, str], checks: Checks) -> Scope:
    kind = raw.get("kind")
    checks.one_of(f"{pointer}/kind", str(kind), SCOPES)
    values = tuple(str(one) for one in raw.get("values", []))
    if kind in _NAMED:
        if ids.get(str(raw.get("field"))) not in _NAMED[kind]:
            checks.fault(f"{pointer}/field", "grant_scope_field", kinds="、".join(_NAMED[kind]))
        if not values:
            checks.fault(f"{pointer}/values", "grant_scope_empty")
    if kind == "condition" and raw.get("filter") is None:
        checks.fault(f"{pointer}/filter", "grant_scope_empty")
    return Scope(kind if kind in SCOPES else "all", str(raw.get("field", "")), values, raw.get("filter"))


def most(states: Collection[State]) -> State:
    """Return the most generous of some states."""
    return max(states, key=STATES.index, default="hidden")


HIDDEN = "***"
_STAY: Mapping[str, tuple[int, int]] = {"": (3, 2), "all": (0, 0), "ends": (1, 1), "last_four": (0, 4), "first": (1, 0)}


def mask(shown: Any, style: str = "") -> Any:
    """Hide most of a value: of a text only its ends stay as the field says, at most half of it; of all else nothing.

    Without a style it is the first three and last two signs of a longer text.
    """
    if shown is None or shown == []:
        return shown
    first, last = _STAY[style]
    if not isinstance(shown, str) or not first + last or len(shown) < (2 * (first + last) if style else 8):
        return HIDDEN
    return f"{shown[:first]}{'*' * (len(shown) - first - last)}{shown[len(shown) - last :]}"
