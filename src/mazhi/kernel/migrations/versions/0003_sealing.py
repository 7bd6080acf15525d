"""Seals over the ledger, and personal data beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Change the tables."""
    op.add_column("identifier", sa.Column("event_id", sa.BigInteger(), server_default="0", nullable=False))
    op.execute(
        "UPDATE identifier SET event_id = coalesce((SELECT h.event_id FROM history h "
        "WHERE h.item_id = identifier.item_id AND h.seq = 1), 0)"
    )
    op.drop_index("identifier_item", table_name="identifier")
    op.create_index("identifier_item", "identifier", ["item_id", "event_id"], unique=False)
    op.create_index("part_of_since", "part_of", ["since_event"], unique=False)
    op.create_index(
        "part_of_until",
        "part_of",
        ["until_event"],
        unique=False,
        sqlite_where=sa.text("until_event IS NOT NULL"),
        postgresql_where=sa.text("until_event IS NOT NULL"),
    )
    op.create_table(
        "payload",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.Column("erased_by", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("event_id", "item_id"),
        sqlite_with_rowid=False,
    )
    _seals()
    # What was posted before there were seals waits like everything else.
    op.execute("INSERT INTO unsealed (event_id) SELECT id FROM event")


def _seals() -> None:
    op.create_table(
        "unsealed",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("sealed_block", "sealed", ["block"], unique=False)
    op.create_table(
        "seal_block",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("log_root", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seal_leaves",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("names", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block"),
    )
    op.create_table(
        "seal_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seal_key",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seal_published",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", _KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", "channel"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Change them back."""
    for table in ("seal_published", "seal_key", "seal_node", "seal_leaves", "seal_block"):
        op.drop_table(table)
    op.drop_index("sealed_block", table_name="sealed")
    for table in ("sealed", "unsealed", "payload"):
        op.drop_table(table)
    op.drop_index("part_of_until", table_name="part_of")
    op.drop_index("part_of_since", table_name="part_of")
    op.drop_index("identifier_item", table_name="identifier")
    op.create_index("identifier_item", "identifier", ["item_id"], unique=False)
    op.drop_column("identifier", "event_id")
