"""Running flows: instances, steps, tasks, copies and the trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mazhi.kernel.db import Id, Key

revision = "0016_flows"
down_revision = "0015_talk_and_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "flow_instance",
        sa.Column("id", Id, nullable=False),
        sa.Column("flow_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("app", Key, nullable=False),
        sa.Column("flow", Key, nullable=False),
        sa.Column("form", Key, nullable=False),
        sa.Column("form_id", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starter_id", sa.BigInteger(), nullable=False),
        sa.Column("starter", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("parent_step", sa.BigInteger(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("flow_instance_flow", "flow_instance", ["flow_id", "state", "id"])
    op.create_index(
        "flow_instance_parent",
        "flow_instance",
        ["parent_step"],
        sqlite_where=sa.text("parent_step > 0"),
        postgresql_where=sa.text("parent_step > 0"),
    )
    op.create_index("flow_instance_record", "flow_instance", ["form_id", "record_id"])
    op.create_index("flow_instance_starter", "flow_instance", ["starter_id", "id"])
    op.create_table(
        "flow_step",
        sa.Column("id", Id, nullable=False),
        sa.Column("instance_id", sa.BigInteger(), nullable=False),
        sa.Column("flow_id", sa.BigInteger(), nullable=False),
        sa.Column("node", Key, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger()),
        sa.Column("resume", sa.String(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.Column("due_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("flow_step_instance", "flow_step", ["instance_id", "id"])
    op.create_index("flow_step_node", "flow_step", ["flow_id", "node", "id"])
    op.create_table(
        "flow_task",
        sa.Column("id", Id, nullable=False),
        sa.Column("instance_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("node", Key, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("origin", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.Column("acted_at", sa.BigInteger()),
        sa.Column("due_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("flow_task_instance", "flow_task", ["instance_id", "id"])
    op.create_index("flow_task_step", "flow_task", ["step_id", "id"])
    op.create_index("flow_task_user", "flow_task", ["user_id", "state", "id"])
    op.create_table(
        "flow_copy",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("node", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("user_id", "instance_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "flow_trail",
        sa.Column("instance_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "seq"),
        sqlite_with_rowid=False,
    )
