"""Printers, print jobs and the print log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_printing"
down_revision = "0008_labels"
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "printer",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", _KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("station", sa.String(), server_default="", nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("labels_a_window", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "print_job",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("printer_id", sa.BigInteger(), nullable=False),
        sa.Column("label", _KEY, nullable=False),
        sa.Column("label_version", sa.Integer(), nullable=False),
        sa.Column("state", _KEY, nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_by", _KEY, nullable=False),
        sa.Column("client_key", _KEY, nullable=True),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("window_first", sa.Integer(), nullable=False),
        sa.Column("window_last", sa.Integer(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("trouble_at", sa.BigInteger(), nullable=True),
        sa.Column("errors", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("client_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("print_job_due", "print_job", ["printer_id", "state", "id"])
    op.create_index("print_job_state", "print_job", ["state", "id"])
    op.create_index("print_job_created_by", "print_job", ["created_by", "id"])
    op.create_table(
        "print_label",
        sa.Column("job_id", _KEY, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("code", _KEY, nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("label", _KEY, nullable=False),
        sa.Column("label_version", sa.Integer(), nullable=False),
        sa.Column("state", _KEY, nullable=False),
        sa.Column("reprint", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("printed_at", sa.BigInteger(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("void_by", sa.String(), nullable=False),
        sa.Column("void_at", sa.BigInteger(), nullable=True),
        sa.Column("replaced_by_job", _KEY, nullable=True),
        sa.Column("replaced_by_n", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("job_id", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("print_label_item", "print_label", ["item_id", "label", "job_id", "n"])
    op.create_table(
        "printer_work",
        sa.Column("printer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("trouble_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("printer_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Change them back."""
    for table in ("printer_work", "print_label", "print_job", "printer"):
        op.drop_table(table)
