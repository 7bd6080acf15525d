"""Label rolls: codes that are printed before their items exist."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_rolls"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "roll",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", _KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("issues", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("roll_product", "roll", ["product_id"], unique=False)
    op.create_table(
        "roll_label",
        sa.Column("code", _KEY, nullable=False),
        sa.Column("namespace", _KEY, nullable=False),
        sa.Column("roll_id", sa.BigInteger(), nullable=False),
        sa.Column("set_number", sa.Integer(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", _KEY, nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", "namespace"),
        sqlite_with_rowid=False,
    )
    op.create_index("roll_label_set", "roll_label", ["roll_id", "set_number", "part", "ordinal"], unique=False)
    op.create_index("roll_label_state", "roll_label", ["roll_id", "part", "issue", "state"], unique=False)
    op.create_table(
        "roll_issue",
        sa.Column("roll_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("roll_id", "number", "part"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roll_log",
        sa.Column("id", _ID, nullable=False),
        sa.Column("roll_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _KEY, nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("first_code", sa.String(), nullable=False),
        sa.Column("last_code", sa.String(), nullable=False),
        sa.Column("first_set", sa.Integer(), nullable=False),
        sa.Column("last_set", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("roll_log_roll", "roll_log", ["roll_id", "id"], unique=False)


def downgrade() -> None:
    """Change them back."""
    op.drop_index("roll_log_roll", table_name="roll_log")
    for table in ("roll_log", "roll_issue"):
        op.drop_table(table)
    op.drop_index("roll_label_state", table_name="roll_label")
    op.drop_index("roll_label_set", table_name="roll_label")
    op.drop_table("roll_label")
    op.drop_index("roll_product", table_name="roll")
    op.drop_table("roll")
