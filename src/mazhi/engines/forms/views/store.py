"""Every statement about saved views."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Row, String, Table, Text

from mazhi.kernel.db import Key, Tx, metadata

form_view = Table(
    "form_view",
    metadata,
    Column("id", Key, primary_key=True),
    Column("form_id", BigInteger, nullable=False),
    Column("owner_id", BigInteger, nullable=False),  # 0: shared
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("body", Text, nullable=False),  # JSON by the ids of fields, and what these were called
    Column("is_default", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", String, nullable=False),
    Index("ix_form_view_form", "form_id", "owner_id", "created_at"),
)

SHARED = 0
"""The owner of what all have."""

_FACTS = (
    "id, form_id, owner_id, name, kind, body, is_default, version, created_at, updated_at, updated_by FROM form_view"
)


def of_form(tx: Tx, form_id: int, user_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the views of a form that somebody has: the shared ones first, in the order in which they were made."""
    return tx.rows(
        f"SELECT {_FACTS} WHERE form_id = :form AND (owner_id = {SHARED} OR owner_id = :user) "
        f"ORDER BY CASE WHEN owner_id = {SHARED} THEN 0 ELSE 1 END, created_at, id",
        form=form_id,
        user=user_id,
    )


def get(tx: Tx, form_id: int, id_: str, user_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return one view that somebody has."""
    return tx.row(
        f"SELECT {_FACTS} WHERE id = :id AND form_id = :form AND (owner_id = {SHARED} OR owner_id = :user)",
        id=id_,
        form=form_id,
        user=user_id,
    )


def count(tx: Tx, form_id: int, owner_id: int) -> int:
    """Return how many views of a form an owner has."""
    return int(
        tx.scalar("SELECT count(*) FROM form_view WHERE form_id = :form AND owner_id = :o", form=form_id, o=owner_id)
    )


def add(
    tx: Tx, id_: str, form_id: int, owner_id: int, name: str, kind: str, body: Mapping[str, Any], at: int, by: str
) -> None:
    """Add a view."""
    tx.run(
        "INSERT INTO form_view (id, form_id, owner_id, name, kind, body, is_default, version, created_at, updated_at, "
        "updated_by) VALUES (:id, :form, :owner, :name, :kind, :body, :usual, 1, :at, :at, :by)",
        id=id_, form=form_id, owner=owner_id, name=name, kind=kind, body=json.dumps(body, ensure_ascii=False),
        usual=False, at=at, by=by,
    )  # fmt: skip


def change(
    tx: Tx, id_: str, version: int, owner_id: int, name: str, kind: str, body: Mapping[str, Any], at: int, by: str
) -> bool:
    """Change the version of a view that the user saw; False if it has another one or is gone."""
    done = tx.run(
        "UPDATE form_view SET owner_id = :owner, name = :name, kind = :kind, body = :body, version = version + 1, "
        "updated_at = :at, updated_by = :by WHERE id = :id AND version = :version",
        id=id_, version=version, owner=owner_id, name=name, kind=kind,
        body=json.dumps(body, ensure_ascii=False), at=at, by=by,
    )  # fmt: skip
    return done.rowcount == 1


def set_default(tx: Tx, form_id: int, owner_id: int, id_: str, *, usual: bool) -> None:
    """Make a view the one that a form opens with, and no other of its owner; or none."""
    if usual:
        tx.run(
            "UPDATE form_view SET is_default = (id = :id) WHERE form_id = :form AND owner_id = :owner",
            id=id_, form=form_id, owner=owner_id,
        )  # fmt: skip
    else:
        tx.run("UPDATE form_view SET is_default = :no WHERE id = :id", no=False, id=id_)


def delete(tx: Tx, id_: str, version: int) -> bool:
    """Delete the version of a view that the user saw."""
    return tx.run("DELETE FROM form_view WHERE id = :id AND version = :version", id=id_, version=version).rowcount == 1
