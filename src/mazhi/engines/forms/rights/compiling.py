"""From the grants that reach somebody to conditions in SQL, and to what is shown of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.model import Form
from mazhi.engines.forms.records.asking import Numbers, Where, compile_filter
from mazhi.engines.forms.rights import store
from mazhi.engines.forms.rights.model import Action, Grant, Scope, State, most
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ForbiddenError

_LAST_SIGN = "\U0010ffff"
_EVERYTHING = Grant("", frozenset({"view", "create", "change", "delete", "export", "import"}))


@dataclass(slots=True)
class Reach:
    """What somebody may do with the records of one form.

    Attributes:
        grants: Those that the user has.
        conditions: For each of them in SQL which rows it reaches.
        params: What stands in the conditions.
        actor: Who it is.
    """

    grants: list[Grant]
    conditions: list[str]
    params: dict[str, Any] = field(default_factory=dict)
    actor: Actor = SYSTEM

    def places(self, action: Action) -> list[int]:
        """Return which of the grants allow an action.

        Raises:
            ForbiddenError: None does (code ``no_form_right``).
        """
        found = [place for place, grant in enumerate(self.grants) if action in grant.actions]
        if not found:
            raise ForbiddenError("no_form_right", action=action)
        return found

    def rows(self, action: Action) -> Where:
        """Return the condition for the rows in which an action is allowed."""
        parts = [self.conditions[place] for place in self.places(action)]
        return Where("1 = 1" if "1 = 1" in parts else f"({' OR '.join(parts)})", self.params)

    def seen(self, field_id: str, condition: str) -> str:
        """Narrow a condition on a field to rows in which the user sees it whole, so that lists tell no secrets."""
        grants = [place for place, grant in enumerate(self.grants) if "view" in grant.actions]
        open_ = [place for place in grants if self.grants[place].state(field_id) in {"read_only", "writable"}]
        if len(open_) == len(grants):
            return condition
        if not open_:
            return "1 = 0"
        return f"({condition} AND ({' OR '.join(self.conditions[place] for place in open_)}))"

    def flags(self) -> str:
        """Return columns that say for each row which of the grants reach it."""
        return "".join(f", CASE WHEN {one} THEN 1 ELSE 0 END AS g{place}" for place, one in enumerate(self.conditions))

    def state(self, field_id: str, reached: Sequence[int], action: Action) -> State:
        """Return how a field may be used in a row that some grants reach, by those of them that allow an action."""
        return most([self.grants[place].state(field_id) for place in reached if action in self.grants[place].actions])


def reach(tx: Tx, actor: Actor, form_id: int, form: Form, slots: Sequence[Slot], numbers: Numbers) -> Reach:
    """Work out what somebody may do with the records of a form."""
    if actor.everything:
        return Reach([_EVERYTHING], ["1 = 1"], actor=actor)
    mine = {actor.role_id} if actor.role_id else store.roles_of(tx, actor.user_id)
    grants = [grant for role_id, grant in store.grants(tx, form_id) if role_id in mine]
    compiling = _Compiling(tx, actor, form, slots, numbers)
    return Reach(grants, [compiling.grant(grant) for grant in grants], compiling.params, actor)


def conditions(
    tx: Tx, form: Form, slots: Sequence[Slot], numbers: Numbers, grants: Sequence[Grant]
) -> tuple[list[str], dict[str, Any]]:
    """Return in SQL which rows grants reach whose scopes do not depend on a user, and what stands in it."""
    compiling = _Compiling(tx, SYSTEM, form, slots, numbers)
    return [compiling.grant(grant) for grant in grants], compiling.params


def check_conditions(grant: Grant, form: Form, slots: Sequence[Slot], numbers: Numbers) -> None:
    """Refuse a grant whose conditions do not fit the form.

    Raises:
        InvalidInputError: A filter is wrong; every fault is named.
    """
    for scope in grant.scopes:
        if scope.kind == "condition":
            compile_filter(scope.filter, by_code(form, slots), numbers)


@dataclass(slots=True)
class _Compiling:
    tx: Tx
    actor: Actor
    form: Form
    slots: Sequence[Slot]
    numbers: Numbers
    params: dict[str, Any] = field(default_factory=dict)

    def grant(self, grant: Grant) -> str:
        parts = [self._scope(one) for one in grant.scopes]
        return " AND ".join(f"({part})" for part in parts) or "1 = 1"

    def _scope(self, scope: Scope) -> str:
        match scope.kind:
            case "all":
                return "1 = 1"
            case "own":
                return f"owner_id = {self._take(self.actor.user_id)}"
            case "department" | "department_below":
                return self._department(below=scope.kind == "department_below")
            case "places":
                return self._named(scope, self._within_places(scope.values))
            case "regions":
                return self._named(scope, self._of_regions(scope.values))
            case "condition":
                return self._condition(scope.filter)

    def _department(self, *, below: bool) -> str:
        mine = store.department_of(self.tx, self.actor.user_id)
        if mine is None:
            return "1 = 0"
        if not below:
            return f"department_id = {self._take(mine.id)}"
        # The sign after "/" is "0", so this range holds exactly the paths that begin with the outer one.
        first, last = self._take(mine.path), self._take(f"{mine.path[:-1]}0")
        return f"department_id IN (SELECT d.id FROM department d WHERE d.path >= {first} AND d.path < {last})"

    def _within_places(self, codes: Sequence[str]) -> str:
        listed = ", ".join(self._take(code) for code in codes)
        return (
            "SELECT p.id FROM place o JOIN place p ON p.path >= o.path "
            f"AND p.path < substr(o.path, 1, length(o.path) - 1) || '0' WHERE o.code IN ({listed})"
        )

    def _of_regions(self, regions: Sequence[str]) -> str:
        parts = [f"(p.region >= {self._take(one)} AND p.region <= {self._take(one + _LAST_SIGN)})" for one in regions]
        return f"SELECT p.id FROM partner p WHERE {' OR '.join(parts)}"

    def _named(self, scope: Scope, chosen: str) -> str:
        slot = next((one for one in self.slots if one.field == scope.field and one.table == MAIN and one.live), None)
        # A field that was deleted reaches nobody: nobody sees more than was meant.
        return "1 = 0" if slot is None else f"{slot.name} IN ({chosen})"

    def _condition(self, raw: object) -> str:
        columns = by_code(self.form, self.slots)
        where = compile_filter(raw, columns, self.numbers)
        renamed = {name: f"r{len(self.params) + place}" for place, name in enumerate(where.params)}
        self.params |= {renamed[name]: value for name, value in where.params.items()}
        return rename(where.sql, renamed)

    def _take(self, value: object) -> str:
        name = f"r{len(self.params)}"
        self.params[name] = value
        return f":{name}"


def by_code(form: Form, slots: Sequence[Slot]) -> dict[str, Slot]:
    """Return the first column of each field of the form itself, by the field's code."""
    codes = {one.id: one.code for one in form.walk()}
    found: dict[str, Slot] = {}
    for slot in slots:
        if slot.table == MAIN and slot.live:
            found.setdefault(codes[slot.field], slot)
    return found


def rename(sql: str, names: Mapping[str, str]) -> str:
    """Give the parameters of a condition other names; longer names first, so that ``f10`` is not taken for ``f1``."""
    for old in sorted(names, key=len, reverse=True):
        sql = sql.replace(f":{old}", f":{names[old]}")
    return sql
