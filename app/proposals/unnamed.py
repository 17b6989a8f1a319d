"""Remove stored files that nobody names: no page at any time, no proposal, nothing of a plugin."""

from collections.abc import Iterable

from app.catalog.past_files import named_oids
from app.proposals import enclosures
from app.station import Station


def remove_files(station: Station, oids: Iterable[str]) -> set[str]:
    """Remove those of the files that nothing names, with their thumbnails; gives which were removed."""
    asked = set(oids)
    if not asked:
        return asked
    with station.wiki.store.writing():  # nobody gives one of them to a page meanwhile
        with station.truth.connect() as connection:
            unnamed = asked - enclosures.waiting_oids(connection)
        unnamed -= station.hooks.kept(unnamed)
        unnamed -= named_oids(station.wiki.store) if unnamed else set()
        for oid in unnamed:
            station.wiki.files.remove(oid)
    return unnamed
