"""Which mails went out; made and changed by `migrations/`. All else of meetings stands in their pages."""

from sqlalchemy import BigInteger, Column, String, Table

from app.plugin import new_metadata

metadata = new_metadata()

# A reminder of an action: `page_id` is the identity of its minutes, `action` the name of its row, `what` is before or
# after, the day by which it is to be done, and the account (of older ones all whom the action named). `at` is in
# seconds since 1970.
told = Table(
    "minutes_told",
    metadata,
    Column("page_id", String(40), primary_key=True),
    Column("action", String(16), primary_key=True),
    Column("what", String(40), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

# To which address the minutes of a space (`""`: of none) went last: it is proposed the next time.
mailed = Table(
    "minutes_mailed",
    metadata,
    Column("space", String(100), primary_key=True),
    Column("email", String(254), nullable=False),
    Column("at", BigInteger, nullable=False),
)
