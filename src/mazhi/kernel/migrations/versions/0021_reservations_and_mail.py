"""What of reserved quantities an event took, and the mail address of users with what they want by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021_reservations_and_mail"
down_revision = "0018_flow_scans"
branch_labels = None
depends_on = None

ENDED = sa.text("event_id > 0")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "reservation_taken",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reservation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "reservation_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("reservation_event", "reservation", ["event_id"], sqlite_where=ENDED, postgresql_where=ENDED)
    op.add_column("user_account", sa.Column("email", sa.String(), nullable=False, server_default=""))
    op.add_column("user_account", sa.Column("mails", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("user_account") as table:
        table.drop_column("mails")
        table.drop_column("email")
    op.drop_index("reservation_event", "reservation")
    op.drop_table("reservation_taken")
