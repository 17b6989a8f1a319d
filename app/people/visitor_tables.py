"""The truth tables of visitors: people without an account who contribute something, with a name and an address."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from app.database.truth import metadata

# One row for each contribution. `expires_at` is set while the address waits to be confirmed: then the row is
# forgotten, with what hangs on it. It is empty, too, where no mail can be sent: such a row waits unconfirmed.
visitors = Table(
    "visitors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pseudonym", String(10), ForeignKey("authors.pseudonym"), nullable=False, index=True),
    Column("email", String(254), nullable=False),
    Column("email_key", String(254), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger),
    Column("expires_at", BigInteger),
)

# The secrets of private links, hashed: each mail about a contribution brings one of its own, and all of them open it.
visitor_links = Table(
    "visitor_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("visitor_id", Integer, ForeignKey("visitors.id", ondelete="CASCADE"), nullable=False, index=True),
)
