"""Take a table in: what becomes of each line, then all of it as one commit, and what is private beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.catalog.editing import Edit
from app.catalog.record_rows import RecordRow
from app.errors import N_, GareError, Invalid, Refused
from app.forms import filling
from app.forms.filling import Filled
from app.forms.form import Field, Form, Values, words_in
from app.forms.types.places import public_part
from app.people.viewer import Viewer
from app.records import private, saving, sealing
from app.records.exchange import columns
from app.records.exchange.columns import BODY, ID, Column
from app.records.exchange.known import Known, load
from app.records.exchange.report import CHANGED, CREATED, REFUSED, UNCHANGED, Entry, Report
from app.records.exchange.sheet import Row, Sheet
from app.records.readers import may_see, with_exact
from app.records.saving import RecordDraft
from app.station import Station
from app.wiki import frontmatter
from app.wiki.frontmatter import Value
from app.wiki.page import ID_ALPHABET, ID_LENGTH, fold, new_id

Progress = Callable[[int, int], None]
FOR_LOOKERS = N_("Only those who look after these records import. Ask one of them.")
_TWICE = N_("An earlier line is the same record. Keep one of the two.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import that is ready: what becomes of each line, the pages to be saved, private values of a form by path."""

    report: Report
    edits: Sequence[Edit] = ()
    private: Mapping[str, Mapping[str, Value | None]] = field(default_factory=dict)
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class _Taken:
    """One line that was understood: its edit (None where the page stays as it is), and what is private."""

    entry: Entry
    edit: Edit | None = None
    private: Mapping[str, Value | None] = field(default_factory=dict)


def check_may_import(station: Station, viewer: Viewer, form: Form) -> None:
    """Refuse whoever does not look after the records of a form."""
    if not (viewer.may_write and station.door.may_check(viewer, f"{form.folder}/x" if form.folder else "x")):
        raise Refused(FOR_LOOKERS)


def prepare(
    station: Station, viewer: Viewer, form: Form, sheet: Sheet, today: date, key: str = "",
    progress: Progress = lambda _done, _all: None,
) -> Prepared:  # fmt: skip
    """Say what an import will do, and make it ready; nothing is saved. Raises Invalid, Refused."""
    check_may_import(station, viewer, form)
    known = load(station, viewer, form, sheet.header, key)
    reader = _Reader(station, viewer, form, columns.match(form, sheet.header), known, today)
    taken = []
    for number, row in enumerate(sheet.rows):
        taken.append(reader.take(row))
        progress(number + 1, len(sheet.rows))
    report = Report([one.entry for one in taken], columns.unknown(form, sheet.header), sheet.notes)
    secrets = {one.entry.path: one.private for one in taken if one.private}
    return Prepared(report, [one.edit for one in taken if one.edit], secrets, form)


def carry_out(station: Station, viewer: Viewer, prepared: Prepared, author: str, summary: str) -> str:
    """Save what was prepared as one commit, then what is private; gives the revision, `""` where nothing changed.

    Raises Conflict where a record has changed since.
    """
    commit = station.door.save_many(viewer, prepared.edits, author, summary) if prepared.edits else None
    ids = station.door.ids_at(viewer, list(prepared.private))
    rows = station.door.records_by_id(viewer, list(ids.values()))
    changed = False
    with station.truth.begin() as connection:
        for path, page_id in ids.items():
            changes = prepared.private[path]
            if prepared.form and page_id in rows:
                changes = sealing.seal(connection, prepared.form, page_id, changes, rows[page_id].values)
            changed = private.store(connection, page_id, changes) or changed
    if changed:
        station.stamp.touch()
    return commit.revision if commit else ""


class _Reader:
    """Reads the lines of one table. `_taken` are the paths that earlier lines of it have got, `_seen` their records."""

    def __init__(
        self, station: Station, viewer: Viewer, form: Form, matched: Sequence[Column | None], known: Known, today: date
    ) -> None:
        self._station, self._viewer, self._form, self._matched = station, viewer, form, matched
        self._known, self._today = known, today
        self._taken = station.door.keys_below(form.folder) if form.folder else set[str]()
        self._seen: set[str] = set()

    def take(self, row: Row) -> _Taken:
        """Say what becomes of a line."""
        cells = [*row.cells, *[""] * (len(self._matched) - len(row.cells))]
        said = {column.name: cell for column, cell in zip(self._matched, cells, strict=False) if column}
        try:
            found = self._known.find(said)
            if found and found.id in self._seen:
                raise Invalid(_TWICE)
            old = self._known.values[found.id] if found else {}
            values, errors = columns.values_of(self._matched, cells, old)
            filled = self._check(_as_before(self._form, values, old), old, found)
            errors = {**filled.errors, **errors}
            if errors:
                return self._refused(row, values, [(self._label(name), error) for name, error in errors.items()])
            return self._update(row, said, filled, found) if found else self._create(row, said, filled)
        except GareError as error:
            return self._refused(row, {}, [("", error)])

    def _check(self, values: Values, old: Values, found: RecordRow | None) -> Filled:
        def sees(one: Field) -> bool:
            return found is None or may_see(self._viewer, one, found, self._audience(one, found))

        return filling.check(self._form, values, may_see=sees, old=old)

    def _audience(self, field: Field, found: RecordRow) -> str:
        if not sealing.is_sealed(field):
            return ""
        with self._station.truth.connect() as connection:
            return sealing.audience_of(connection, found.id, field)

    def _label(self, name: str) -> str:
        one = self._form.find(name)
        return words_in(one.label, self._station.wiki.language()) if one else name

    def _refused(self, row: Row, values: Values, errors: Sequence[tuple[str, GareError]]) -> _Taken:
        title = saving.title_of(self._station, self._form, values) if values else ""
        return _Taken(Entry(row.line, REFUSED, title, errors=errors))

    def _update(self, row: Row, said: Mapping[str, str], filled: Filled, found: RecordRow) -> _Taken:
        self._seen.add(found.id)
        page, old_text = self._station.door.text(self._viewer, found.path)
        body = said[BODY] if BODY in said else frontmatter.split(old_text)[1]
        draft = RecordDraft(filled.values, filled.private, body, found.path, found.revision)
        text = saving.text_of(self._station, self._form, draft, old_text)
        secret = self._changed_private(found.id, filled.private)
        if text == old_text and not secret:
            return _Taken(Entry(row.line, UNCHANGED, found.title, found.path))
        edit = Edit(found.path, text, page.revision, "") if text != old_text else None
        return _Taken(Entry(row.line, CHANGED, found.title, found.path), edit, secret)

    def _changed_private(self, page_id: str, wanted: Mapping[str, Value | None]) -> dict[str, Value | None]:
        with self._station.truth.connect() as connection:
            now = private.load(connection, [page_id]).get(page_id, {}) if wanted else {}
        return {name: value for name, value in wanted.items() if now.get(name) != value}

    def _create(self, row: Row, said: Mapping[str, str], filled: Filled) -> _Taken:
        title = saving.title_of(self._station, self._form, filled.values)
        same = self._known.find_same(title, self._whole(filled))
        if same and same.id not in self._seen:
            self._seen.add(same.id)
            return _Taken(Entry(row.line, UNCHANGED, same.title, same.path))
        path = self._free_path(filled.values)
        draft = RecordDraft(filled.values, filled.private, said.get(BODY, ""))
        more = {"id": _identity(said.get(ID, ""))}
        text = saving.text_of(self._station, self._form, draft, today=self._today, more=more)
        edit = Edit(path, text, None, "", readers=self._form.audience)
        secret = {name: value for name, value in filled.private.items() if value is not None}
        return _Taken(Entry(row.line, CREATED, title, path), edit, secret)

    def _whole(self, filled: Filled) -> dict[str, Value]:
        """Give all answers of a new record as those of known ones are given."""
        told = {name: value for name, value in filled.private.items() if value is not None}
        return with_exact(self._form, filled.values, told)

    def _free_path(self, values: Values) -> str:
        """Give a path that neither a page nor an earlier line of the table has."""
        title = saving.title_of(self._station, self._form, values)
        wanted = filling.path_of_record(self._form, title, values, self._today.year)
        path, number = wanted, 2
        while self._is_taken(path):
            path, number = f"{wanted}-{number}", number + 1
        self._station.wiki.check_address(path)
        self._taken.add(fold(path))
        return path

    def _is_taken(self, path: str) -> bool:
        if self._form.folder:
            return fold(path) in self._taken
        return fold(path) in self._taken or self._station.door.free_path(path) != path


def _as_before(form: Form, values: dict[str, Value], old: Values) -> dict[str, Value]:
    """Take a place that says what everybody knows of the old one as the old one, whose true position is not told.

    Else an export without true positions that comes back would wipe them.
    """
    same = {
        one.name: old[one.name]
        for one in form.of_type("place")
        if one.name in values and one.name in old and public_part(old[one.name]) == public_part(values[one.name])
    }
    return {**values, **same}


def _identity(cell: str) -> str:
    """Give the id that an export wrote, so that an import that is done again finds its record; else a new one."""
    typed = cell.strip()
    is_own = len(typed) == ID_LENGTH and all(sign in ID_ALPHABET for sign in typed)
    return typed if is_own else new_id()
