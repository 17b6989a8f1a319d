"""A reminder is noted for each person: two may do one thing, and who takes it over is reminded too."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for the person."""
    with op.batch_alter_table("minutes_told") as table:
        table.alter_column("what", existing_type=sa.String(20), type_=sa.String(40), existing_nullable=False)
