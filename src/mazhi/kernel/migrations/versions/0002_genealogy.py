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
    op.create_table(
        "bom_version",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bom_line",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("component_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("substitutes", sa.Text(), server_default="[]", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("product_id", "version", "line"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "package_type",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("mixed_products", sa.Boolean(), nullable=False),
        sa.Column("mixed_batches", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "package",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("type_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )


def downgrade() -> None:
    """Change them back."""
    for table in ("package", "package_type", "bom_line", "bom_version"):
        op.drop_table(table)
    op.drop_table("part_of")
    op.drop_index(
        "part_in_open",
        table_name="part_in",
        sqlite_where=sa.text("child_kind = 'item' AND until_event IS NULL"),
        postgresql_where=sa.text("child_kind = 'item' AND until_event IS NULL"),
    )
    op.drop_table("part_in")
