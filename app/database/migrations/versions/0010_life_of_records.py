"""Life of records: reported errors, messages that are passed on, mails that asked, records that may be one twice."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("page_id", sa.String(40), nullable=False, index=True),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("pseudonym", sa.String(10), nullable=False, index=True),
        sa.Column("visitor_id", sa.Integer, sa.ForeignKey("visitors.id", ondelete="CASCADE"), index=True),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, index=True),
        sa.Column("moderator", sa.String(10), nullable=False),
    )
    _make_messages()
    op.create_table(
        "twins",
        sa.Column("first_id", sa.String(40), primary_key=True),
        sa.Column("second_id", sa.String(40), primary_key=True),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("why", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, index=True),
        sa.Column("found_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "life_mails",
        sa.Column("page_id", sa.String(40), primary_key=True),
        sa.Column("what", sa.String(10), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("sent_at", sa.BigInteger, nullable=False, index=True),
    )


def _make_messages() -> None:
    op.create_table(
        "relayed_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("page_id", sa.String(40), nullable=False, index=True),
        sa.Column("pseudonym", sa.String(10), nullable=False, index=True),
        sa.Column("visitor_id", sa.Integer, sa.ForeignKey("visitors.id", ondelete="CASCADE"), index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
        sa.Column("sender_key", sa.String(64), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, index=True),
    )
    op.create_table(
        "contact_stops",
        sa.Column("page_id", sa.String(40), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
