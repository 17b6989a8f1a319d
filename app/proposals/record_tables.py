"""The truth tables of what a proposed record holds beside its text; made by the migrations of `app/database`."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from app.database.truth import metadata
from app.proposals.tables import proposals

# Private values, as JSON: they become private fields of the record when the proposal is accepted.
proposal_private = Table(
    "proposal_private",
    metadata,
    Column("proposal_id", Integer, ForeignKey(proposals.c.id, ondelete="CASCADE"), primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

# Files that were sent with a proposal, by the names that they will bear; their bytes wait in the store of files.
proposal_files = Table(
    "proposal_files",
    metadata,
    Column("proposal_id", Integer, ForeignKey(proposals.c.id, ondelete="CASCADE"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("oid", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
)

# Files that were sent with a form which was shown again since: some of them will never be of any page.
waiting_uploads = Table(
    "waiting_uploads",
    metadata,
    Column("oid", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
)
