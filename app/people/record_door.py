"""The part of the door for records and their forms: a record is read by whoever reads its page."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Engine

from app.catalog import bulk, editing, form_texts, opening
from app.catalog import records as finding
from app.catalog.finding import find_page, texts_of
from app.catalog.record_rows import MapPoint, RecordQuery, RecordRow
from app.catalog.records import Asked, Sieves
from app.catalog.wiki import Wiki
from app.errors import N_, NotFound, Refused
from app.forms.form import ADMINS, EVERYONE, OF_SOMEBODY, Form, words_in
from app.forms.naming import path_of_record
from app.people import rights
from app.people.review_door import ReviewDoor
from app.people.viewer import Viewer
from app.wiki import frontmatter
from app.wiki.page import fold, form_of
from app.wiki.store import Commit

NO_FORM = N_("There is no form of that name.")
NO_RECORD = N_("There is no record of that name.")
ASK_TO_MOVE = N_("Ask those who look after this page to move it there.")
STAYS_CLOSED = N_("Answers that few may read would be opened or lost. Ask an administrator.")
NOT_OPEN = N_("This form is not open to you. Sign in, or ask those who look after this site.")
READ_FIRST = N_("Somebody reads these records first. Send it by their form.")


class RecordDoor(ReviewDoor):
    """Finds forms and records for a viewer, and says who sends and checks them."""

    def __init__(self, wiki: Wiki, truth: Engine) -> None:
        super().__init__(wiki, truth)
        self._sieves = Sieves()

    # -- forms -------------------------------------------------------------------------------------------------------

    def all_forms(self, viewer: Viewer) -> "list[Form]":
        """List the forms in the order of their titles; kept while the generation stands."""
        readable = self._readable(viewer)

        def load() -> list[Form]:
            with self._wiki.catalog.reading() as connection:
                found = form_texts.list_all(connection, readable)
            return sorted(found, key=lambda form: fold(words_in(form.title, self._wiki.language())))

        return self._memo.get(self._wiki.catalog.generation(), ("forms", readable), load)

    def find_form(self, viewer: Viewer, name: str) -> Form | None:
        """Find a form by its name."""
        return next((form for form in self.all_forms(viewer) if form.name == name), None)

    def form(self, viewer: Viewer, name: str) -> Form:
        """Find a form by its name; raises NotFound."""
        found = self.find_form(viewer, name)
        if found is None:
            raise NotFound(NO_FORM)
        return found

    # -- records -----------------------------------------------------------------------------------------------------

    def find_record(self, viewer: Viewer, path: str) -> RecordRow | None:
        """Find the record that stands at a path; one whose form is gone has the values that its page shows."""
        with self._wiki.catalog.reading() as connection:
            return finding.find(connection, path, self._readable(viewer))

    def record(self, viewer: Viewer, path: str) -> RecordRow:
        """Do as `find_record`; raises NotFound."""
        found = self.find_record(viewer, path)
        if found is None:
            raise NotFound(NO_RECORD)
        return found

    def records(self, viewer: Viewer, query: RecordQuery) -> "tuple[list[RecordRow], int]":
        """List the records that a query asks for, and say how many there are without its limit; raises NotFound."""
        with self._wiki.catalog.reading() as connection:
            asked = self._ask(connection, viewer, query)
            places, total = asked.page()
            return finding.list_at(connection, asked.sieve, places, self._readable(viewer)), total

    def facets(self, viewer: Viewer, query: RecordQuery) -> "dict[str, list[tuple[str, int]]]":
        """Count the keys of each facet of the form; a facet's own filter does not narrow its own counts."""
        form = self.form(viewer, query.form)
        names = facets_of(viewer, form)
        with self._wiki.catalog.reading() as connection:
            asked = self._ask(connection, viewer, query)
            return {name: asked.count(name) for name in names}

    def letters(self, viewer: Viewer, query: RecordQuery) -> dict[str, int]:
        """Count the records by the first letter of their titles; the query's own letter does not narrow them."""
        with self._wiki.catalog.reading() as connection:
            return self._ask(connection, viewer, replace(query, letter="")).letters()

    def points(self, viewer: Viewer, query: RecordQuery) -> "list[MapPoint]":
        """List where all records are that a query asks for, whatever its limit."""
        form = self.form(viewer, query.form)
        with self._wiki.catalog.reading() as connection:
            return self._ask(connection, viewer, query).points(finding.colouring_of(form))

    def linked(self, viewer: Viewer, page_id: str) -> "list[RecordRow]":
        """List the records that name this one in a field."""
        with self._wiki.catalog.reading() as connection:
            found = finding.list_linked(connection, page_id, self._readable(viewer))
        rows = {row.path: row for field, row in found if self._links(viewer, row.form, field)}
        return list(rows.values())

    def records_by_id(self, viewer: Viewer, ids: Collection[str]) -> dict[str, RecordRow]:
        """Find records by their ids."""
        with self._wiki.catalog.reading() as connection:
            return finding.find_by_ids(connection, ids, self._readable(viewer))

    def plain_texts(self, viewer: Viewer, paths: Collection[str]) -> dict[str, str]:
        """Give what stands on pages below their answers, as plain text, by path."""
        with self._wiki.catalog.reading() as connection:
            found = texts_of(connection, paths, self._readable(viewer))
        return {path: text for path, (_, text) in found.items()}

    def save_many(self, viewer: Viewer, edits: "Sequence[editing.Edit]", author: str, summary: str) -> Commit | None:
        """Save many pages as one commit, all or none; raises Conflict where one has moved on, and as `save` does."""
        self.check_may_write_somewhere(viewer)
        by = self._rights_of(viewer)
        for edit in edits:
            if edit.base is None:
                self._wiki.check_address(edit.path)
        return bulk.save_many(self._wiki, [replace(edit, author=author, **by) for edit in edits], author, summary)

    def _links(self, viewer: Viewer, form: str, field: str) -> bool:
        """Tell whether a field names other records."""
        known = self.find_form(viewer, form)
        found = known.find(field) if known else None
        return found is not None and (found.type == "records" or "form" in found.options)

    def _ask(self, connection: Connection, viewer: Viewer, query: RecordQuery) -> Asked:
        """Ask for records of a form that the viewer may see; nobody finds by an address whose it is."""
        form, readable = self.form(viewer, query.form), self._readable(viewer)
        sieve = self._sieves.get(connection, form.name, readable)
        told = _told(viewer, form)
        where = {name: keys if name in told else ("",) for name, keys in query.where.items() if keys}
        order = query.order if query.order in {*told, "edited", "created"} else "title"
        return Asked(connection, sieve, replace(query, where=where, order=order))

    # -- who may -----------------------------------------------------------------------------------------------------

    def may_submit(self, viewer: Viewer, form: Form) -> bool:
        """Tell whether a viewer may send a record of a form, to be read by somebody first or not."""
        if viewer.is_admin or form.submitters == EVERYONE:  # who is not signed in may propose where only members write
            return viewer.may_write or not viewer.is_signed_in
        if form.submitters == ADMINS:
            return rights.may_administer(viewer, self._place(form))
        return viewer.may_write and rights.may_read(viewer, form.submitters)

    def may_check(self, viewer: Viewer, row: "RecordRow | str") -> bool:
        """Tell whether a viewer looks after a record: administrators, referents of its folder."""
        return rights.may_administer(viewer, row if isinstance(row, str) else row.path)

    def is_direct(self, viewer: Viewer, form: Form) -> bool:
        """Tell whether what a viewer sends is published at once: he looks after the folder, or nobody reads first."""
        place = self._place(form)
        if self.may_check(viewer, place):
            return True
        return not form.is_moderated and self.may_submit(viewer, form) and self.may_begin(viewer, place)

    def check_may_take(self, viewer: Viewer, path: str, to: str, folder: str = "") -> None:
        """Refuse to move records to where the mover looks after them, from where he does not.

        He would read there what is private, and check what others are to read first. With `folder` those below count.
        """
        if rights.may_administer(viewer, path) or not rights.may_administer(viewer, to):
            return
        with self._wiki.catalog.reading() as connection:
            is_told = find_page(connection, path, self._readable(viewer)) is not None
            if is_told and finding.stand_below(connection, path, folder):
                raise Refused(ASK_TO_MOVE)

    def check_read_first(self, viewer: Viewer, edit: editing.Edit) -> None:
        """Refuse the text of a record that somebody reads first, to whom does not: no editor leads past a moderator.

        Nor does any make records of a form that is not open to the writer. The form is that of the text and that of the
        record as it stands: who takes its line out does not pass either.
        """
        row = self.find_record(viewer, edit.path) if edit.base is not None else None
        named, before = frontmatter.parse(edit.text).text("form"), row.form if row else ""
        made = self.find_form(viewer, named) if named != before else None
        if made and not self.may_submit(viewer, made):
            raise Refused(NOT_OPEN)
        names = {named, before} - {""}
        if not names or self.may_check(viewer, edit.path):
            return
        if any(form.is_moderated for name in names if (form := self.find_form(viewer, name))):
            raise Refused(READ_FIRST)

    def check_stays_closed(self, viewer: Viewer, path: str, text: str | None) -> None:
        """Refuse to change or delete (None) a form so that others read what was answered; administrators may."""
        name = form_of(path)
        if not name or viewer.is_admin:
            return
        with self._wiki.catalog.reading() as connection:
            if opening.opened(connection, name, text):
                raise Refused(STAYS_CLOSED)

    @staticmethod
    def _place(form: Form) -> str:
        """Give a path where a record of a form may stand, as its rule makes them: others may be kept for a plugin."""
        return path_of_record(form, "x", {}, 2000)


def facets_of(viewer: Viewer, form: Form) -> list[str]:
    """Name the fields by which a viewer is offered to filter records."""
    return [field.name for field in form.fields if field.is_facet and field.name in _told(viewer, form)]


def _told(viewer: Viewer, form: Form) -> set[str]:
    """Name the fields by which a viewer may find records."""
    return {field.name for field in form.fields if viewer.is_signed_in or field.type not in OF_SOMEBODY}
