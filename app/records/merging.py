"""Make one record of two: where both answer a question, one says which answer stays; lists and texts may be joined.

What only one of them answers stays without being asked. Private answers are moved where the kept record has none.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Connection, delete, select, update

from app.catalog.joining import Join
from app.catalog.record_rows import RecordRow
from app.catalog.rows import Attachment
from app.forms.form import Field, Form
from app.forms.places import exact_name
from app.people.viewer import Viewer
from app.records import twins
from app.records.life_tables import reports as reports_table
from app.records.reports import DONE, OPEN
from app.records.tables import private_fields
from app.station import Station
from app.wiki import frontmatter
from app.wiki.yaml_text import Value

KEPT: Final = "kept"
OTHER: Final = "other"
BOTH: Final = "both"
BODY: Final = ""  # the name of the question about the free text: no field has it
_LISTS = ("choices", "tags", "images", "records", "spaces")
_WITH_FILES = ("images", "file")


@dataclass(frozen=True, slots=True)
class Question:
    """One field that both answer, each otherwise. `field` is None for the free text. `may_join`: both may stay."""

    name: str
    field: Field | None
    kept: Value
    other: Value
    may_join: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its row, its text, its files."""

    row: RecordRow
    text: str
    files: tuple[Attachment, ...] = ()

    @property
    def body(self) -> str:
        """The free text."""
        return frontmatter.split(self.text)[1].strip("\n")


def side(station: Station, viewer: Viewer, path: str) -> Side:
    """Read one of the two; raises NotFound."""
    row = station.door.record(viewer, path)
    page, text = station.door.text(viewer, path)
    return Side(row, text, tuple(station.door.files(viewer, page.path)))


def questions(form: Form, kept: Side, other: Side) -> list[Question]:
    """List what somebody has to decide."""
    asked = []
    for field in form.fields:
        mine, theirs = kept.row.values.get(field.name), other.row.values.get(field.name)
        if mine is not None and theirs is not None and mine != theirs:
            may_join = field.type in _LISTS or field.type == "long_text"
            asked.append(Question(field.name, field, mine, theirs, may_join))
    if kept.body and other.body and kept.body != other.body:
        asked.append(Question(BODY, None, kept.body, other.body, True))
    return asked


def merge(station: Station, viewer: Viewer, form: Form, sides: tuple[Side, Side], chosen: Mapping[str, str]) -> None:
    """Make one record of two in one commit; `chosen` says by question KEPT, OTHER or BOTH. Raises Conflict, Refused."""
    kept, other = sides
    names = file_names(kept.files, other.files)
    text = merged_text(form, kept, other, chosen, names)
    bases = kept.row.revision, other.row.revision
    author = viewer.pseudonym or ""
    station.door.join_records(viewer, Join(kept.row.path, other.row.path, text, bases, author, names))
    with station.truth.begin() as connection:
        _move_private(connection, kept.row.id, other.row.id, exact_names(form, kept, other, chosen))
        _settle(connection, other.row.id, author)
    station.stamp.touch()


def merged_text(form: Form, kept: Side, other: Side, chosen: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Give the text of the page that stays."""
    changes: dict[str, Value | None] = {}
    for field in form.fields:
        mine, theirs = kept.row.values.get(field.name), other.row.values.get(field.name)
        which = _which(mine, theirs, chosen.get(field.name, KEPT))
        if theirs is not None and which != KEPT:
            theirs = with_names(field, theirs, names)
            changes[field.name] = theirs if which == OTHER or mine is None else joined(mine, theirs)
    which = chosen.get(BODY, KEPT) if kept.body else OTHER
    body = {KEPT: kept.body, OTHER: other.body}.get(which) or joined(kept.body, other.body)
    block = frontmatter.split(kept.text)[0]
    return frontmatter.rewrite(block, changes) + (f"\n{body}\n" if body else "")


def _which(mine: Value | None, theirs: Value | None, chosen: str) -> str:
    """Say whose answer stays: of what only one of them says, nobody was asked."""
    if theirs is None or mine == theirs:
        return KEPT
    return OTHER if mine is None else chosen


def exact_names(form: Form, kept: Side, other: Side, chosen: Mapping[str, str]) -> dict[str, bool]:
    """Name the true positions, each with whether it is the other one's: it goes with the place that everybody sees."""
    found = {}
    for field in form.of_type("place"):
        mine, theirs = kept.row.values.get(field.name), other.row.values.get(field.name)
        if mine != theirs:
            found[exact_name(field)] = _which(mine, theirs, chosen.get(field.name, KEPT)) == OTHER
    return found


def joined(mine: Value, theirs: Value) -> Value:
    """Put two answers together: what both lists hold once, one text below the other."""
    if isinstance(mine, list) and isinstance(theirs, list):
        return [*mine, *(one for one in cast("list[Any]", theirs) if one not in mine)]
    return f"{mine}\n\n{theirs}".strip()


def file_names(kept: Collection[Attachment], other: Collection[Attachment]) -> dict[str, str]:
    """Give the names that the files of the other record get beside those of the kept one: nothing is overwritten."""
    taken = {file.name.casefold() for file in kept}
    names = {}
    for file in other:
        stem, dot, extension = file.name.rpartition(".")
        free, number = file.name, 2
        while free.casefold() in taken:
            free, number = f"{stem}-{number}{dot}{extension}", number + 1
        taken.add(free.casefold())
        names[file.name] = free
    return names


def with_names(field: Field, value: Value, names: Mapping[str, str]) -> Value:
    """Give an answer that names files their new names."""
    if field.type not in _WITH_FILES:
        return value
    if isinstance(value, list):
        return [_named(one, names) for one in cast("list[Any]", value)]
    return cast(Value, _named(value, names))


def _named(one: Any, names: Mapping[str, str]) -> Any:
    if isinstance(one, dict) and isinstance(one.get("file"), str):
        return {**one, "file": names.get(one["file"], one["file"])}
    return one


def _move_private(connection: Connection, kept: str, other: str, exact: Mapping[str, bool]) -> None:
    """Move the private answers that the kept record has none of; they stay with who gave them.

    `exact` says which true positions are the other one's, and which of them are not.
    """
    theirs = [name for name, is_theirs in exact.items() if is_theirs]
    of_kept = private_fields.c.page_id == kept
    connection.execute(delete(private_fields).where(of_kept, private_fields.c.field.in_(theirs)))
    known = connection.execute(select(private_fields.c.field).where(of_kept)).scalars()
    has = {*known, *(name for name, is_theirs in exact.items() if not is_theirs)}
    moved = (private_fields.c.page_id == other, private_fields.c.field.not_in(has))
    connection.execute(update(private_fields).where(*moved).values(page_id=kept))


def _settle(connection: Connection, other: str, moderator: str) -> None:
    """Deal with what waited about the record that is part of another now."""
    waiting = (reports_table.c.page_id == other, reports_table.c.state == OPEN)
    connection.execute(
        update(reports_table).where(*waiting).values(state=DONE, moderator=moderator, ended_at=int(time.time()))
    )
    twins.erase_page(connection, other)
