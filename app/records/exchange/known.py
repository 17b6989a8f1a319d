"""The records that are there already, and which of them a line of a table means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.catalog.record_rows import RecordQuery, RecordRow
from app.errors import N_, Invalid
from app.forms.form import STATES, Form, Values
from app.people.viewer import Viewer
from app.records import private
from app.records.exchange.columns import ID, Column, match
from app.records.readers import readable, with_exact
from app.station import Station
from app.wiki.page import fold

EVERY = 1_000_000  # records; more than a form has
_NO_KEY = N_("No column is called “%(name)s”. Name one of the table.")
_SEVERAL = N_("Several records say this: the import cannot tell which one is meant.")


@dataclass(frozen=True, slots=True)
class Known:
    """Records with all that the viewer may see of them, by id, by what the key column says, by title."""

    key: Column | None
    by_id: Mapping[str, RecordRow]
    values: Mapping[str, Values]
    by_key: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_title: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def find(self, cells: Mapping[str, str]) -> RecordRow | None:
        """Find the record that a line means, by its id or by its key; raises Invalid where there are several."""
        if row := self.by_id.get(cells.get(ID, "").strip()):
            return row
        said = _folded(cells.get(self.key.name, "")) if self.key else ""
        found = self.by_key.get(said, ()) if said else ()
        if len(found) > 1:
            raise Invalid(_SEVERAL)
        return self.by_id[found[0]] if found else None

    def find_same(self, title: str, values: Values) -> RecordRow | None:
        """Find a record of this title that says the very same already: an import that is done again doubles nothing."""
        same = (page_id for page_id in self.by_title.get(fold(title), ()) if dict(self.values[page_id]) == dict(values))
        page_id = next(same, None)
        return self.by_id[page_id] if page_id else None


def load(station: Station, viewer: Viewer, form: Form, header: Sequence[str], key: str) -> Known:
    """Load the records of a form; `key` names a column, by its name or label. Raises Invalid."""
    column = key_column(form, header, key) if key else None
    rows, _ = station.door.records(viewer, RecordQuery(form.name, states=STATES, limit=EVERY))
    by_id = {row.id: row for row in rows if row.id}
    with station.truth.connect() as connection:
        secrets = private.load(connection, list(by_id)) if needs_private(form) else {}
    values = {
        page_id: with_exact(form, row.values, readable(viewer, form, row, secrets.get(page_id, {})))
        for page_id, row in by_id.items()
    }
    by_key: dict[str, list[str]] = {}
    by_title: dict[str, list[str]] = {}
    for page_id, row in by_id.items():
        by_title.setdefault(fold(row.title), []).append(page_id)
        if column and column.field:
            said = _folded(column.cell(values[page_id].get(column.field.name)))
            by_key.setdefault(said, []).append(page_id)
    return Known(column, by_id, values, by_key, by_title)


def needs_private(form: Form) -> bool:
    """Tell whether records of a form keep anything beside their pages."""
    return any(one.is_private or one.type == "place" for one in form.fields)


def key_column(form: Form, header: Sequence[str], key: str) -> Column:
    """Find the column by which lines are told apart."""
    found = next((column for column in match(form, [key]) if column), None)
    if found is None or found not in match(form, header):
        raise Invalid(_NO_KEY, name=key)
    return found


def _folded(cell: str) -> str:
    return " ".join(cell.casefold().split())
