"""The truth tables of the life of records; made and changed by the migrations. Times are seconds since 1970.

`page_id` is the identity in the head of the page: it outlives renaming and deletion.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from app.database.truth import metadata
from app.people.tables import accounts
from app.people.visitor_tables import visitors

# What somebody says is wrong with a record. `ended_at`: since when it is dealt with.
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(40), nullable=False, index=True),
    Column("reason", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("pseudonym", String(10), nullable=False, index=True),
    Column("visitor_id", Integer, ForeignKey(visitors.c.id, ondelete="CASCADE"), index=True),
    Column("state", String(12), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, index=True),
    Column("moderator", String(10), nullable=False),
)

# Messages to who stands behind a record. The words stay only while the sender's address waits to be confirmed: then
# they are in the mail. `sender_key` is a digest of the sender's address, for who is reported and writes no more.
messages = Table(
    "relayed_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(40), nullable=False, index=True),
    Column("pseudonym", String(10), nullable=False, index=True),
    Column("visitor_id", Integer, ForeignKey(visitors.c.id, ondelete="CASCADE"), index=True),
    Column("account_id", Integer, ForeignKey(accounts.c.id, ondelete="CASCADE"), index=True),
    Column("sender_key", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, index=True),
)

# Records whose contact takes no messages, by a press in one of the mails.
contact_stops = Table(
    "contact_stops",
    metadata,
    Column("page_id", String(40), primary_key=True),
    Column("since", BigInteger, nullable=False),
)

# Two records that may be one twice; `first_id` is the smaller one. `why` is a reason of `duplicates`.
twins = Table(
    "twins",
    metadata,
    Column("first_id", String(40), primary_key=True),
    Column("second_id", String(40), primary_key=True),
    Column("score", Integer, nullable=False),
    Column("why", String(10), nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("found_at", BigInteger, nullable=False),
)

# Which mail has asked about which record: `day` is the one that it was about, so that another day is asked about anew.
life_mails = Table(
    "life_mails",
    metadata,
    Column("page_id", String(40), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("sent_at", BigInteger, nullable=False, index=True),
)
