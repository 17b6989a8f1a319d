"""Lists, their mailboxes and alarms, imports, and what was decided of messages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _make_lists()
    _make_live()
    _make_runs()
    _make_decisions()
    _make_requests()


def _make_lists() -> None:
    op.create_table(
        "archive_lists",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False, unique=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("address", sa.String(254), nullable=False, server_default=""),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
        sa.Column("rules", sa.Text, nullable=False, server_default=""),
        sa.Column("joining", sa.Text, nullable=False, server_default=""),
        sa.Column("space", sa.String(80), nullable=False, server_default=""),
        sa.Column("audience", sa.String(80), nullable=False, server_default="members"),
        sa.Column("is_shown", sa.Boolean, nullable=False),
        sa.Column("obeys_no_archive", sa.Boolean, nullable=False),
        sa.Column("keep_months", sa.Integer, nullable=False, server_default="0"),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )


def _make_live() -> None:
    op.create_table(
        "archive_mailboxes",
        sa.Column(
            "list_id",
            sa.Integer,
            sa.ForeignKey("archive_lists.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("host", sa.String(254), nullable=False),
        sa.Column("port", sa.Integer, nullable=False),
        sa.Column("security", sa.String(10), nullable=False),
        sa.Column("username", sa.String(254), nullable=False),
        sa.Column("folder", sa.String(200), nullable=False, server_default="INBOX"),
        sa.Column("uid_validity", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("uid_next", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("asked_at", sa.BigInteger),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        sa.Column("error_values", sa.Text, nullable=False, server_default="{}"),
    )
    op.create_table(
        "archive_alarms",
        sa.Column(
            "list_id",
            sa.Integer,
            sa.ForeignKey("archive_lists.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("reason_values", sa.Text, nullable=False, server_default="{}"),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("told_at", sa.BigInteger),
        sa.Column("is_silenced", sa.Boolean, nullable=False),
    )


def _make_runs() -> None:
    op.create_table(
        "archive_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("archive_lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False, server_default=""),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("is_dry", sa.Boolean, nullable=False),
        sa.Column("made_by", sa.String(10), nullable=False),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("place", sa.Text, nullable=False, server_default=""),
        sa.Column("report", sa.Text, nullable=False, server_default="{}"),
        sqlite_autoincrement=True,
    )


def _make_decisions() -> None:
    op.create_table(
        "archive_marks",
        sa.Column("list_id", sa.Integer, sa.ForeignKey("archive_lists.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("what", sa.String(8), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "archive_moves",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("archive_lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("under", sa.String(64), nullable=False),
        sa.Column("by", sa.String(10), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("list_id", "hash"),
    )
    op.create_table(
        "archive_deeds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("archive_lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(10), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
    )
    op.create_index("ix_archive_deeds_list_id", "archive_deeds", ["list_id", "at"])


def _make_requests() -> None:
    op.create_table(
        "archive_requests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("archive_lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
        sa.Column("proof", sa.String(8), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, server_default=""),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
