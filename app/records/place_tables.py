"""The truth tables of places; made by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Column, Float, Integer, String, Table, Text

from app.database.truth import metadata

# The communes of the territory, as the administrator's table names them.
communes = Table(
    "communes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("postcode", String(10), nullable=False),
    Column("insee", String(10), nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
)

# What a service answered, by a digest of the service and the question: who lives where is nobody's business here.
geocoded = Table(
    "geocoded",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("found", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# From when on a service may be asked again, by whichever process.
geocoder_turns = Table(
    "geocoder_turns",
    metadata,
    Column("server", String(300), primary_key=True),
    Column("next_at", BigInteger, nullable=False),  # milliseconds
)
