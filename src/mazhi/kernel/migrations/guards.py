"""The triggers that make append-only tables append-only, in the database itself."""

from __future__ import annotations

from sqlalchemy import Connection

LEDGER = ("event", "history", "stock_move", "audit")
SEALS = ("sealed", "seal_block", "seal_leaves", "seal_node", "seal_key", "seal_published")
RECALLS = ("recall_log", "recall_log_item")
ROLLS = ("roll_log",)
BINDINGS = ("identifier", "bom_version", "bom_line")
"""What is only ever added: which code leads to which item, and the versions of bills of materials."""
DESIGNS = ("design_version", "record_change")
APPEND_ONLY = (*LEDGER, *SEALS, *RECALLS, *ROLLS, *BINDINGS, *DESIGNS)
EDGES = ("part_of", "part_in")
"""Tables whose rows are ended once, by setting ``until_event`` and ``until_at``; nothing else of them changes."""

_ENDED_ONCE = "OLD.until_event IS NOT NULL OR NEW.until_event IS NULL OR NEW.until_at IS NULL" + "".join(
    f" OR NEW.{name} <> OLD.{name}"
    for name in ("parent_id", "child_kind", "child_id", "since_event", "quantity", "since_at")
)


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
        ] + [
            statement
            for table in EDGES
            for statement in (
                f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_delete BEFORE DELETE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
                f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_update BEFORE UPDATE ON {table} WHEN {_ENDED_ONCE} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            )
        ]
    function = """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$
    """
    return (
        [function]
        + [
            f"CREATE OR REPLACE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for table in APPEND_ONLY
        ]
        + [
            statement
            for table in EDGES
            for statement in (
                f"CREATE OR REPLACE TRIGGER {table}_is_append_only BEFORE DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
                f"CREATE OR REPLACE TRIGGER {table}_is_ended_once BEFORE UPDATE ON {table} "
                f"FOR EACH ROW WHEN ({_ENDED_ONCE}) EXECUTE FUNCTION refuse_change()",
            )
        ]
    )


def guard(conn: Connection) -> None:
    """Put the triggers in place."""
    for statement in statements(conn.dialect.name):
        conn.exec_driver_sql(statement)
