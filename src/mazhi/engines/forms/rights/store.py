"""Every statement about the grants of forms and about whom they reach."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Row, Table, Text

from mazhi.engines.forms.rights.model import Grant, Scope
from mazhi.kernel.db import Tx, metadata

form_grant = Table(
    "form_grant",
    metadata,
    Column("form_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("role_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),  # JSON, see model.Grant
    sqlite_with_rowid=False,
)


def grants(tx: Tx, form_id: int) -> list[tuple[int, Grant]]:
    """Return the grants of a form, each with the number of its role."""
    rows = tx.rows("SELECT g.role_id, g.body FROM form_grant g WHERE g.form_id = :form ORDER BY g.number", form=form_id)
    return [(row.role_id, _grant(json.loads(row.body))) for row in rows]


def put_grants(tx: Tx, form_id: int, found: Sequence[tuple[int, Grant]]) -> None:
    """Write the grants of a form in place of those before."""
    tx.run("DELETE FROM form_grant WHERE form_id = :form", form=form_id)
    tx.insert(
        form_grant,
        [column.name for column in form_grant.columns],
        [
            (form_id, number, role_id, json.dumps(grant.body(), ensure_ascii=False))
            for number, (role_id, grant) in enumerate(found)
        ],
    )


def _grant(raw: Any) -> Grant:
    scopes = tuple(
        Scope(one["kind"], one.get("field", ""), tuple(one.get("values", ())), one.get("filter"))
        for one in raw["scopes"]
    )
    return Grant(raw["role"], frozenset(raw["actions"]), scopes, raw["fields"])


def roles_by_code(tx: Tx, codes: Collection[str]) -> dict[str, int]:
    """Return the numbers of roles by their codes."""
    rows = tx.rows("SELECT id, code FROM role WHERE code ANY(:codes, text)", codes=list(codes))
    return {row.code: row.id for row in rows}


def roles_of(tx: Tx, user_id: int) -> set[int]:
    """Return the numbers of a user's roles."""
    return {row[0] for row in tx.rows("SELECT role_id FROM user_role WHERE user_id = :user", user=user_id)}


def department_of(tx: Tx, user_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return number and path of a user's department; None where there is none."""
    return tx.row(
        "SELECT d.id, d.path FROM user_account u JOIN department d ON d.id = u.department_id WHERE u.id = :user",
        user=user_id,
    )
