"""Who heads a department, and who stands in for whom during an absence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mazhi.kernel.db import Id

revision = "0017_people"
down_revision = "0016_flows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.add_column("department", sa.Column("head_id", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "flow_delegation",
        sa.Column("id", Id, nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("apps", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("flow_delegation_from", "flow_delegation", ["from_id", "ends_at"])
    op.create_index("flow_delegation_to", "flow_delegation", ["to_id", "ends_at"])


def downgrade() -> None:
    """Change them back."""
    op.drop_table("flow_delegation")
    with op.batch_alter_table("department") as table:
        table.drop_column("head_id")
