"""Records on their way out: each with all that the asker may read of it, and the address of its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from app.catalog.record_rows import RecordQuery, RecordRow
from app.errors import NotFound
from app.forms.form import OF_SOMEBODY, Field, Form, Values
from app.forms.places import EXACT_ENDING
from app.people.viewer import Viewer
from app.records import private
from app.records.exchange.known import EVERY, needs_private
from app.records.readers import readable, with_exact
from app.station import Station
from app.wiki import frontmatter
from app.wiki.page import address_of


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record. `values` show what everybody who reads it may pass on; `own` also true positions, to mend a table."""

    row: RecordRow
    values: Values
    own: Values
    address: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes out: the fields that the asker may read, the records, and how the site calls itself."""

    form: Form
    fields: tuple[Field, ...]
    records: Sequence[Outgoing]
    language: str
    site: str
    base: str


def gather(station: Station, viewer: Viewer, query: RecordQuery, language: str, base: str) -> Batch:
    """Gather all records that a query asks for, whatever its limit; `base` is the public address of the site.

    Raises NotFound where there is no such form.
    """
    door = station.door
    form = door.form(viewer, query.form)
    rows, _ = door.records(viewer, replace(query, limit=EVERY, offset=0))
    fields = tuple(one for one in form.fields if viewer.is_signed_in or one.type not in OF_SOMEBODY)
    names = {one.name for one in fields}
    with station.truth.connect() as connection:
        secrets = private.load(connection, [row.id for row in rows]) if needs_private(form) else {}
    records = []
    for row in rows:
        told = readable(viewer, form, row, secrets.get(row.id, {}))
        plain = {name: value for name, value in told.items() if not name.endswith(EXACT_ENDING)}
        values = {name: value for name, value in {**row.values, **plain}.items() if name in names}
        own = {name: value for name, value in with_exact(form, row.values, told).items() if name in names}
        records.append(Outgoing(row, values, own, f"{base}{quote(address_of(row.path))}"))
    return Batch(form, fields, records, language, station.settings.get().title, base)


def bodies(station: Station, viewer: Viewer, batch: Batch) -> Iterator[str]:
    """Give the free text of each record, as it is written."""
    for one in batch.records:
        try:
            text = station.door.text(viewer, one.row.path)[1] if batch.form.has_body else ""
        except NotFound:  # it was deleted in the same moment
            text = ""
        yield frontmatter.split(text)[1].strip()
