"""The truth tables of following; made and changed by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from app.database.truth import metadata
from app.people.tables import accounts

# `what` is all, space, page or form; `name` the folder, the page's identity, the form.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("account_id", Integer, ForeignKey(accounts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("name", String(300), primary_key=True),
    Column("since", BigInteger, nullable=False),
)

# Up to `last_sent` and `last_change` (a number of the catalog's history) somebody has heard of what happened.
rhythms = Table(
    "rhythms",
    metadata,
    Column("account_id", Integer, ForeignKey(accounts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("rhythm", String(10), nullable=False),
    Column("last_sent", BigInteger, nullable=False),
    Column("last_change", BigInteger, nullable=False),
    Column("next_due", BigInteger, nullable=False, index=True),
)
