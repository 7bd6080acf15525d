"""The triggers that make append-only tables append-only, in the database itself."""

from __future__ import annotations

from sqlalchemy import Connection

LEDGER = ("event", "history", "stock_move", "audit")
SEALS = ("sealed", "seal_block", "seal_leaves", "seal_node", "seal_key", "seal_published")
APPEND_ONLY = (*LEDGER, *SEALS)


def statements(dialect: str) -> list[str]:
    """Return the statements that guard every append-only table; running them twice does no harm.

    SQLite's INSERT OR REPLACE deletes without telling delete triggers unless ``recursive_triggers`` is on, which
    every connection of ours sets.
    """
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in APPEND_ONLY
            for verb in ("update", "delete")
        ]
    function = """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$
    """
    return [function] + [
        f"CREATE OR REPLACE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in APPEND_ONLY
    ]


def guard(conn: Connection) -> None:
    """Put the triggers in place."""
    for statement in statements(conn.dialect.name):
        conn.exec_driver_sql(statement)
