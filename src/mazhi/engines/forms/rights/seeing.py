"""Who may see a record: the grants of its form the other way round, in two statements however many users there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.publishing.store import table_name
from mazhi.engines.forms.records.opened import Opened, look_up
from mazhi.engines.forms.rights import store
from mazhi.engines.forms.rights.compiling import conditions
from mazhi.engines.forms.rights.model import Grant
from mazhi.kernel.db import Tx

_LAST_SIGN = "\U0010ffff"
_OF_USER = frozenset({"own", "department", "department_below"})
"""Scopes that depend on who asks; the others hold for a record or do not."""


def who_sees(
    tx: Tx, opened: Opened, number: int, *, text: str = "", names: Collection[str] | None = None, limit: int = 20
) -> list[Any]:
    """Return users who may see a record (id, username, name), by the beginning of a name or by user names.

    A name may be found by any part of it, as Chinese names are by the given name.
    """
    grants = [pair for pair in store.grants(tx, opened.id) if "view" in pair[1].actions]
    plain = [_without_user(grant) for _, grant in grants]
    parts, params = conditions(tx, opened.form, opened.layout.slots, look_up(tx), plain)
    flags = "".join(f", CASE WHEN {one} THEN 1 ELSE 0 END AS g{place}" for place, one in enumerate(parts))
    row = tx.row(
        f"SELECT owner_id, department_id{flags} FROM {table_name(opened.id, MAIN)} WHERE id = :record",
        record=number,
        **params,
    )
    if row is None:
        return []
    given: dict[str, Any] = {"owner": row.owner_id, "department": row.department_id}
    allowed = [
        "EXISTS (SELECT 1 FROM user_role x JOIN role o ON o.id = x.role_id WHERE x.user_id = u.id AND o.everything)"
    ]
    for place, ((role, grant), holds) in enumerate(zip(grants, tuple(row)[2:], strict=True)):
        if holds:
            given[f"role{place}"] = role
            mine = [f"EXISTS (SELECT 1 FROM user_role x WHERE x.user_id = u.id AND x.role_id = :role{place})"]
            allowed.append(f"({' AND '.join([*mine, *_of_user(grant)])})")
    by_name, more = _named(text, names)
    return list(
        tx.rows(
            "SELECT u.id, u.username, u.name FROM user_account u "
            f"WHERE u.active AND ({' OR '.join(allowed)}) AND {by_name} ORDER BY u.username LIMIT {int(limit)}",
            **_used(given, allowed),
            **more,
        )
    )


def _without_user(grant: Grant) -> Grant:
    return Grant(grant.role, grant.actions, tuple(one for one in grant.scopes if one.kind not in _OF_USER))


def _of_user(grant: Grant) -> list[str]:
    conditions_of = {
        "own": "u.id = :owner",
        "department": "(u.department_id = :department AND u.department_id <> 0)",
        "department_below": (
            "EXISTS (SELECT 1 FROM department i JOIN department o ON substr(i.path, 1, length(o.path)) = o.path "
            "WHERE i.id = :department AND o.id = u.department_id)"
        ),
    }
    return [conditions_of[one.kind] for one in grant.scopes if one.kind in _OF_USER]


def _named(text: str, names: Collection[str] | None) -> tuple[str, dict[str, Any]]:
    if names is not None:
        return "u.username ANY(:names, text)", {"names": sorted(names)}
    if not text:
        return "1 = 1", {}
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    words = "(u.username >= :first AND u.username <= :last) OR lower(u.name) LIKE lower(:part) ESCAPE '\\'"
    return f"({words})", {"first": text.lower(), "last": text.lower() + _LAST_SIGN, "part": f"%{escaped}%"}


def _used(params: dict[str, Any], statements: Sequence[str]) -> dict[str, Any]:
    """Return the parameters that stand in the statements: the driver takes no others."""
    whole = " ".join(statements)
    return {name: value for name, value in params.items() if f":{name}" in whole}
