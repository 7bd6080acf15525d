"""How flows begin by themselves: triggers, what they have done, and who brought whom about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mazhi.kernel.db import Id, Key

revision = "0019_flow_triggers"
down_revision = "0020_counts_and_reservations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "flow_trigger",
        sa.Column("id", Id, nullable=False),
        sa.Column("flow_id", sa.BigInteger(), nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("app", Key, nullable=False),
        sa.Column("flow", Key, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("form", Key, nullable=False),
        sa.Column("form_id", sa.BigInteger(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("token", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("flow_id", "key"),
    )
    op.create_index("flow_trigger_form", "flow_trigger", ["form_id", "id"])
    op.create_index("flow_trigger_kind", "flow_trigger", ["kind", "id"])
    only = sa.text("token IS NOT NULL")
    op.create_index(
        "flow_trigger_token", "flow_trigger", ["token"], unique=True, sqlite_where=only, postgresql_where=only
    )
    op.create_table(
        "flow_watch",
        sa.Column("form_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("form_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "flow_fired",
        sa.Column("trigger_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("trigger_id", "record_id", "day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "flow_cause",
        sa.Column("instance_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id"),
        sqlite_with_rowid=False,
    )
