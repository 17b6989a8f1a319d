"""To which address the minutes of a space went last."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "minutes_mailed",
        sa.Column("space", sa.String(100), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
