"""What is inside what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "part_in",
        sa.Column("child_kind", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("child_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since_event", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until_event", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("child_kind", "child_id", "parent_id", "since_event"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "part_in_open",
        "part_in",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("child_kind = 'item' AND until_event IS NULL"),
        postgresql_where=sa.text("child_kind = 'item' AND until_event IS NULL"),
    )
    op.create_table(
        "part_of",
        sa.Column("parent_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("child_kind", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("child_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since_event", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until_event", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("parent_id", "child_kind", "child_id", "since_event"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("part_of")
    op.drop_index(
        "part_in_open",
        table_name="part_in",
        sqlite_where=sa.text("child_kind = 'item' AND until_event IS NULL"),
        postgresql_where=sa.text("child_kind = 'item' AND until_event IS NULL"),
    )
    op.drop_table("part_in")
