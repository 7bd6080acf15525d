"""Forms: which table and column each field of a form has, and what was changed in records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_forms"
down_revision = "0009_printing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "form_grid",
        sa.Column("form_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("form_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "form_slot",
        sa.Column("form_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grid", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("left_version", sa.Integer(), nullable=False),
        sa.Column("is_unique", sa.Boolean(), nullable=False),
        sa.Column("is_indexed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("form_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_change",
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "version"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Change them back."""
    for table in ("record_change", "form_slot", "form_grid"):
        op.drop_table(table)
