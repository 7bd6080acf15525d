"""Designs: labels, forms, flows and reports as drafts and published versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_designs"
down_revision = "0006_rolls"
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "design",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("kind", _KEY, nullable=False),
        sa.Column("code", _KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
        sa.UniqueConstraint("kind", "code"),
    )
    op.create_table(
        "design_version",
        sa.Column("design_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("design_id", "number"),
        sa.UniqueConstraint("uuid"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "design_draft",
        sa.Column("design_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("design_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Change them back."""
    for table in ("design_draft", "design_version", "design"):
        op.drop_table(table)
