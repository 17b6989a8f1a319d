"""What people say about things; a calendar that a mail carries."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the three tables, and a column."""
    _make_answers()
    _make_what_is_answered_about()
    op.add_column("mails", sa.Column("calendar", sa.Text, nullable=False, server_default=""))


def _make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("page_id", sa.String(40), nullable=False, index=True),
        sa.Column("date", sa.String(10), nullable=False, server_default=""),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("role", sa.String(60), nullable=False, server_default=""),
        sa.Column("people", sa.Integer, nullable=False, server_default="1"),
        sa.Column("details", sa.Text, nullable=False, server_default="{}"),
        sa.Column("comment", sa.Text, nullable=False, server_default=""),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
        sa.Column("visitor_id", sa.Integer, sa.ForeignKey("visitors.id", ondelete="CASCADE"), index=True),
        sa.Column("name", sa.String(80), nullable=False, server_default=""),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("entered_by", sa.String(10), nullable=False, server_default=""),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("code", sa.String(8), nullable=False, server_default=""),
        sa.Column("attended", sa.String(3), nullable=False, server_default=""),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
    )


def _make_what_is_answered_about() -> None:
    op.create_table(
        "answer_objects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("page_id", sa.String(40), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("told", sa.Text, nullable=False, server_default=""),
        sa.UniqueConstraint("page_id", "date"),
    )
    op.create_table(
        "answer_mails",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("page_id", sa.String(40), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("page_id", "date", "what"),
    )
