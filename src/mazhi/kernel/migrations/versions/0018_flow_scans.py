"""Flows: scan steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mazhi.kernel.db import Key

revision = "0018_flow_scans"
down_revision = "0019_flow_triggers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "flow_scan",
        sa.Column("step_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_id", sa.BigInteger(), nullable=False),
        sa.Column("node", Key, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("overrides", sa.Text(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("matched", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("good", sa.BigInteger(), nullable=False),
        sa.Column("wrong", sa.BigInteger(), nullable=False),
        sa.Column("duplicates", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("step_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("flow_scan_instance", "flow_scan", ["instance_id", "node"])
    op.create_table(
        "flow_expected",
        sa.Column("step_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("step_id", "line"),
        sqlite_with_rowid=False,
    )
    op.create_index("flow_expected_product", "flow_expected", ["step_id", "product_id", "item_id"])
    named = sa.text("item_id > 0")
    op.create_index(
        "flow_expected_item", "flow_expected", ["item_id", "step_id"], sqlite_where=named, postgresql_where=named
    )
    op.create_table(
        "flow_scan_line",
        sa.Column("step_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("within", sa.BigInteger(), nullable=False),
        sa.Column("manual", sa.Boolean(), nullable=False),
        sa.Column("client_key", Key, nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("step_id", "seq"),
        sqlite_with_rowid=False,
    )
    counted = sa.text("answer = 'right' AND item_id > 0")
    op.create_index(
        "flow_scan_line_item", "flow_scan_line", ["item_id", "step_id"], unique=True,
        sqlite_where=counted, postgresql_where=counted,
    )  # fmt: skip
    keyed = sa.text("client_key <> ''")
    op.create_index(
        "flow_scan_line_key", "flow_scan_line", ["step_id", "client_key"], unique=True,
        sqlite_where=keyed, postgresql_where=keyed,
    )  # fmt: skip
    op.create_index("flow_scan_line_answer", "flow_scan_line", ["step_id", "answer", "seq"])


def downgrade() -> None:
    """Change them back."""
    for table in ("flow_scan_line", "flow_expected", "flow_scan"):
        op.drop_table(table)
