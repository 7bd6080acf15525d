"""Forms: scan lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_scan_lists"
down_revision = "0014_form_views"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "scan_list",
        sa.Column("id", ID, nullable=False),
        sa.Column("uuid", KEY, nullable=False),
        sa.Column("form_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("base_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.Column("maker_id", sa.BigInteger(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("good", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("wrong", sa.BigInteger(), nullable=False),
        sa.Column("duplicates", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uuid"),
    )
    op.create_index("scan_list_record", "scan_list", ["record_id", "field"])
    op.create_index("scan_list_base", "scan_list", ["base_id"])
    op.create_table(
        "scan_line",
        sa.Column("list_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("within", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("client_key", KEY, nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("list_id", "seq"),
        sqlite_with_rowid=False,
    )
    counted = sa.text("answer = 'right' AND item_id > 0")
    op.create_index(
        "scan_line_item", "scan_line", ["list_id", "item_id"], unique=True,
        sqlite_where=counted, postgresql_where=counted,
    )  # fmt: skip
    keyed = sa.text("client_key <> ''")
    op.create_index(
        "scan_line_key", "scan_line", ["list_id", "client_key"], unique=True,
        sqlite_where=keyed, postgresql_where=keyed,
    )  # fmt: skip
    op.create_index("scan_line_answer", "scan_line", ["list_id", "answer", "seq"])
    op.create_table(
        "scan_once",
        sa.Column("field", KEY, nullable=False),
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("field", "item_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("scan_once_list", "scan_once", ["list_id"])


def downgrade() -> None:
    """Change them back."""
    for table in ("scan_once", "scan_line", "scan_list"):
        op.drop_table(table)
