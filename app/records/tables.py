"""The truth table of private fields; made by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from app.database.truth import metadata
from app.people.tables import accounts
from app.people.visitor_tables import visitors

# `page_id` is the identity in the head of the record's page: it outlives renaming and deletion. `value` is JSON. Who
# gave a value first takes it along when he is erased; it is an account's or a visitor's, or neither's (a program's).
private_fields = Table(
    "private_fields",
    metadata,
    Column("page_id", String(40), primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("account_id", Integer, ForeignKey(accounts.c.id, ondelete="CASCADE"), index=True),
    Column("visitor_id", Integer, ForeignKey(visitors.c.id, ondelete="CASCADE"), index=True),
)
