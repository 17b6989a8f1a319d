"""The truth tables of proposals; made by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from app.database.truth import metadata

# Who proposes is a visitor or has an account; the pseudonym is the one that signs the change when it is accepted.
# `path` and `base` (the revision that the writer started from; None: a new page) find the page, moved or not.
proposals = Table(
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("visitor_id", Integer, ForeignKey("visitors.id", ondelete="CASCADE"), index=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
    Column("pseudonym", String(10), nullable=False),
    Column("path", String(1000), nullable=False),
    Column("base", String(64)),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("summary", String(300), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)

# What was said about a proposal: `kind` is asked, answered, accepted, refused or withdrawn.
proposal_notes = Table(
    "proposal_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("proposal_id", Integer, ForeignKey("proposals.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("pseudonym", String(10), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
)
