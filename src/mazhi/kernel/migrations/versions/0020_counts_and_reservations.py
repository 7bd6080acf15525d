"""Counts and reservations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_counts_and_reservations"
down_revision = "0017_people"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "count_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("same_counter", sa.Boolean(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("counted_at", sa.BigInteger(), nullable=False),
        sa.Column("counted_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("count_session_state", "count_session", ["state", "id"])
    op.create_table(
        "count_place",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "place_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("count_place_place", "count_place", ["place_id"])
    op.create_table(
        "count_product",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "product_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count_expected",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "item_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("count_expected_place", "count_expected", ["session_id", "place_id", "product_id"])
    op.create_table(
        "count_book",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "place_id", "product_id", "batch_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count_scan",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("counted", sa.SmallInteger(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("book_place", sa.BigInteger(), nullable=False),
        sa.Column("book_state", sa.String(), nullable=False),
        sa.Column("book_seq", sa.Integer(), nullable=False),
        sa.Column("book_quantity", sa.BigInteger(), nullable=False),
        sa.Column("within", sa.BigInteger(), nullable=False),
        sa.Column("client_key", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "count_scan_piece",
        "count_scan",
        ["session_id", "item_id"],
        unique=True,
        sqlite_where=sa.text("counted = 1 AND item_id > 0"),
        postgresql_where=sa.text("counted = 1 AND item_id > 0"),
    )
    op.create_index("count_scan_place", "count_scan", ["session_id", "place_id", "product_id"])
    op.create_index(
        "count_scan_key",
        "count_scan",
        ["session_id", "client_key"],
        unique=True,
        sqlite_where=sa.text("client_key <> ''"),
        postgresql_where=sa.text("client_key <> ''"),
    )
    op.create_table(
        "count_recount",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "round", "place_id", "product_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count_difference",
        sa.Column("session_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("book_place", sa.BigInteger(), nullable=False),
        sa.Column("book_state", sa.String(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.SmallInteger(), nullable=False),
        sa.Column("item_seq", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "line"),
        sqlite_with_rowid=False,
    )
    op.create_index("count_difference_kind", "count_difference", ["session_id", "kind", "line"])
    op.create_index("count_difference_place", "count_difference", ["session_id", "place_id", "line"])
    op.create_table(
        "reservation",
        sa.Column("id", ID, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("stock_state", sa.String(), nullable=False),
        sa.Column("quality", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("chosen", sa.SmallInteger(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reservation_document", "reservation", ["document", "id"])
    op.create_index(
        "reservation_piece",
        "reservation",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open' AND item_id > 0"),
        postgresql_where=sa.text("state = 'open' AND item_id > 0"),
    )
    op.create_index(
        "reservation_stock",
        "reservation",
        ["product_id"],
        sqlite_where=sa.text("state = 'open' AND item_id = 0"),
        postgresql_where=sa.text("state = 'open' AND item_id = 0"),
    )
    op.create_index(
        "reservation_ending",
        "reservation",
        ["expires_at"],
        sqlite_where=sa.text("state = 'open' AND expires_at > 0"),
        postgresql_where=sa.text("state = 'open' AND expires_at > 0"),
    )


def downgrade() -> None:
    """Change them back."""
    for table in (
        "reservation",
        "count_difference",
        "count_recount",
        "count_scan",
        "count_book",
        "count_expected",
        "count_product",
        "count_place",
        "count_session",
    ):
        op.drop_table(table)
