"""The communes of the territory; places that a service has found, and when it may be asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "communes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("postcode", sa.String(10), nullable=False),
        sa.Column("insee", sa.String(10), nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
    )
    op.create_table(
        "geocoded",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "geocoder_turns",
        sa.Column("server", sa.String(300), primary_key=True),
        sa.Column("next_at", sa.BigInteger, nullable=False),
    )
