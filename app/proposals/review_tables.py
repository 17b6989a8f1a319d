"""The truth table of what was read again after publication; made by the migrations of `app/database`."""

from sqlalchemy import BigInteger, Column, String, Table

from app.database.truth import metadata

# Of whom, in which folder (with its slash; empty: everywhere), until when (seconds since 1970), by whom: pseudonyms.
reviewed = Table(
    "reviewed",
    metadata,
    Column("pseudonym", String(10), primary_key=True),
    Column("folder", String(200), primary_key=True),
    Column("until", BigInteger, nullable=False),
    Column("by", String(10), nullable=False),
)
