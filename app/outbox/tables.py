"""The truth table of mails; made and changed by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from app.database.truth import metadata

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("to_address", String(254), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),  # empty: made from the text when it is sent
    Column("headers", Text, nullable=False),  # a JSON object
    Column("kind", String(40), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sent_at", BigInteger, index=True),
    Column("failed_at", BigInteger),
    Column("error", Text, nullable=False),
    Column("calendar", Text, nullable=False, server_default=""),  # text/calendar, which the mail carries
)
