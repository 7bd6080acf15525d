"""The library of files, and which records have which of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mazhi.kernel.db import Key

revision = "0012_files"
down_revision = "0011_form_rights"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("uuid", Key, nullable=False),
        sa.Column("sha256", Key, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("owner", Key, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    op.create_index("file_sha256", "file", ["sha256"])
    op.create_index(
        "file_unbound", "file", ["owner", "made_at"],
        sqlite_where=sa.text("NOT bound"), postgresql_where=sa.text("NOT bound"),
    )  # fmt: skip
    op.create_table(
        "record_file",
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("record_id", "field", "file_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("record_file_file", "record_file", ["file_id"])


def downgrade() -> None:
    """Change them back."""
    for table in ("record_file", "file"):
        op.drop_table(table)
