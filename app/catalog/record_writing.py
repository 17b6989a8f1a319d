"""Write what the heads of records say into the catalog, and work out by their form how they are found.

A page that names a form has a row, whether there is such a form or not: when the form comes, changes or goes, its
records are worked out anew from these rows, and git is not asked.
"""

import json
import logging
import math
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, or_, select, update

from app.catalog import form_texts, occurrence_writing
from app.catalog.catalog import set_facts
from app.catalog.dated import has_schedule
from app.catalog.describe import Description
from app.catalog.linking import chunks
from app.catalog.queue import enqueue
from app.catalog.tables import (
    bodies,
    calendar_texts,
    listed,
    occurrences,
    pages,
    record_keys,
    record_words,
    records,
    revisions,
)  # fmt: skip
from app.forms import record
from app.forms.form import PUBLISHED, RESERVED, STATES, Form, Values
from app.wiki.page import fold, form_of

log = logging.getLogger(__name__)
Questions: TypeAlias = Collection[str] | None  # names of fields; None: all of the form
BATCH = 500
MAX_KEY = 200  # letters
MAX_WORDS = 20_000  # letters
# Heads say these for the wiki, not for the record.
_OF_PAGE = ("id", "form", "audience", "editors", "redirect", "aliases")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINEAGES = listed("lineages")
_ROWS = (
    select(records.c.lineage, records.c.form, records.c.known, records.c.rest)
    .add_columns(pages.c.title, pages.c.lang, bodies.c.text)
    .join(pages, pages.c.path == records.c.path)
    .join(bodies, bodies.c.path == records.c.path)
    .where(records.c.lineage.in_(_LINEAGES))
)
_DERIVE = update(records).where(records.c.lineage == bindparam("at"))
_FORGET = delete(records).where(records.c.lineage.in_(_LINEAGES))
_DERIVED = (record_keys, record_words, occurrences, calendar_texts)
_FORGET_DERIVED = tuple(delete(table).where(table.c.lineage.in_(_LINEAGES)) for table in _DERIVED)
_CREATOR = select(revisions.c.author).where(revisions.c.lineage == bindparam("at")).order_by(revisions.c.seq).limit(1)


def write(connection: Connection, lineage: int, described: Description) -> None:
    """Write what the head of a page says, whose old row is gone; `derive` works out the rest."""
    page, front = described.page, described.front
    if not page["form"] or page["redirect"] or page["path"].startswith("_"):
        return
    state = front.text("state")
    rest = {key: value for key, value in front.values.items() if key not in _OF_PAGE}
    row = {
        "lineage": lineage,
        "path": page["path"],
        "form": page["form"],
        "rest": _dump(rest),
        "state": state if state in STATES else PUBLISHED,
        "verified": _day(front.text("verified")),
        "expires": _day(front.text("expires")),
        "creator": connection.execute(_CREATOR, {"at": lineage}).scalar() or "",
    }
    connection.execute(insert(records), {**row, "known": "{}", "letter": "", "lat": None, "lon": None})


def forget(connection: Connection, lineages: Collection[int]) -> None:
    """Remove what is known of some pages as records."""
    asked = {"lineages": json.dumps(list(lineages))}
    for statement in (_FORGET, *_FORGET_DERIVED):
        connection.execute(statement, asked)


def forget_paths(connection: Connection, paths: Iterable[str]) -> None:
    """Do the same for the pages that stand somewhere."""
    for chunk in chunks(paths):
        lineages = connection.execute(select(records.c.lineage).where(records.c.path.in_(chunk))).scalars().all()
        if lineages:
            forget(connection, lineages)


def forms_of(connection: Connection, paths: Iterable[str]) -> set[str]:
    """Name the forms that these pages follow."""
    found: set[str] = set()
    for chunk in chunks(paths):
        found.update(connection.execute(select(records.c.form).where(records.c.path.in_(chunk)).distinct()).scalars())
    return found


def has_records(connection: Connection, form: str) -> bool:
    """Tell whether pages follow a form, whoever may read them."""
    return connection.execute(select(records.c.lineage).where(records.c.form == form).limit(1)).first() is not None


def read_forms(connection: Connection, paths: Iterable[str]) -> dict[str, Form | None]:
    """Read the forms among some pages, as they stand."""
    return {name: form_texts.find(connection, name) for path in paths if (name := form_of(path))}


def asking_otherwise(connection: Connection, before: Mapping[str, Form | None]) -> dict[str, Questions]:
    """Give the forms that ask otherwise than before, each with the questions that are others now.

    A record that answers none of these is found as before: a question that is new costs nothing.
    """
    changed: dict[str, Questions] = {}
    for name, old in before.items():
        new = form_texts.find(connection, name)
        asked = None if old is None or new is None else _differing(old, new)
        if asked is None or asked:
            changed[name] = asked
    return changed


def _differing(old: Form, new: Form) -> set[str]:
    """Name the questions that differ; of places, the first one that has a position counts, so their order does, too."""
    names = {field.name for field in (*old.fields, *new.fields) if old.find(field.name) != new.find(field.name)}
    places = [[field.name for field in form.of_type("place")] for form in (old, new)]
    return names if places[0] == places[1] else names.union(*places)


def stamp(connection: Connection, forms: Iterable[str]) -> None:
    """Say that the records of these forms are others now, or others may read them."""
    if facts := {fact_of(form): str(time.time_ns()) for form in forms}:
        set_facts(connection, **facts)


def fact_of(form: str) -> str:
    """Name the fact that becomes another one with every change of a form's records."""
    return f"records {form}"


def derive(connection: Connection, paths: Collection[str], forms: Mapping[str, Questions]) -> None:
    """Work out how records are found: of these pages, and of those that answer these questions of these forms."""
    whole = [form for form, questions in forms.items() if questions is None]
    for chunk in chunks(paths):
        query = select(records.c.lineage).where(records.c.path.in_(chunk), records.c.form.not_in(whole))
        _derive(connection, connection.execute(query).scalars().all())
    for form, questions in sorted(forms.items()):
        query = select(records.c.lineage).where(records.c.form == form)
        if questions is not None:
            query = query.where(or_(*map(_answers, sorted(questions))))
        found = connection.execute(query.add_columns(records.c.path)).all()
        _derive(connection, [row.lineage for row in found])
        enqueue(connection, [row.path for row in found])  # the search knows the words of answers


def _answers(question: str) -> ColumnElement[bool]:
    """Tell whether the head of a record says something of a question; no name holds a quotation mark."""
    said = (func.json_type(column, f'$."{question}"').is_not(None) for column in (records.c.known, records.c.rest))
    return or_(*said)


def derive_all(connection: Connection) -> None:
    """Work it out for every record, after a rebuild."""
    forms = connection.execute(select(records.c.form).distinct()).scalars().all()
    derive(connection, (), dict.fromkeys(forms))
    stamp(connection, forms)


def _derive(connection: Connection, lineages: Collection[int]) -> None:
    everything = list(lineages)
    for start in range(0, len(everything), BATCH):
        asked = {"lineages": json.dumps(everything[start : start + BATCH])}
        found = list(connection.execute(_ROWS, asked))
        if not found:
            continue
        forms = {name: form_texts.find(connection, name) for name in {row.form for row in found}}
        for statement in _FORGET_DERIVED:
            connection.execute(statement, asked)
        read = [(row, forms[row.form], values_of(forms[row.form], _front(row))) for row in found]
        connection.execute(_DERIVE, [_derived(*one) for one in read])
        connection.execute(insert(record_words), [_words(*one) for one in read])
        if keys := [key for row, form, known in read if form for key in _keys(row.lineage, form, known)]:
            connection.execute(insert(record_keys), keys)
        if with_dates := [row.lineage for row, form, _ in read if has_schedule(form)]:
            occurrence_writing.write(connection, with_dates)


def _front(row: Row[Any]) -> dict[str, Any]:
    return {**json.loads(row.known), **json.loads(row.rest)}


def _derived(row: Row[Any], form: Form | None, known: Values) -> dict[str, Any]:
    """Give the columns of a record that its form decides."""
    lat, lon = _point(form, known)
    return {
        "at": row.lineage,
        "known": _dump(known),
        "rest": _dump({key: value for key, value in _front(row).items() if known.get(key) != value}),
        "letter": fold(row.title)[:1],
        "lat": lat,
        "lon": lon,
    }


def values_of(form: Form | None, front: Values) -> Values:
    """Give what a head says to its form, never of private fields; without a form, all that it says."""
    if form is None:
        return {key: value for key, value in front.items() if key not in RESERVED | {"title", "tags"}}
    return cast("Values", _soundly(record.values_of, {}, form, front))


def _keys(lineage: int, form: Form, known: Values) -> Iterator[dict[str, Any]]:
    """Give the rows by which a record is found; a field may give a key twice."""
    seen: set[tuple[str, str]] = set()
    for field, key in _soundly(record.keys_of, [], form, known):
        name, text = field.name, key.text[:MAX_KEY]
        if text and (name, text) not in seen:
            seen.add((name, text))
            number = key.number if key.number is not None and math.isfinite(key.number) else None
            yield {"form": form.name, "field": name, "key": text, "lineage": lineage, "number": number}


def _point(form: Form | None, known: Values) -> tuple[float | None, float | None]:
    if form is None:
        return None, None
    found = _soundly(record.point_of, None, form, known)
    is_on_earth = found is not None and abs(found[0]) <= 90 and abs(found[1]) <= 180
    return found if found is not None and is_on_earth else (None, None)


def _words(row: Row[Any], form: Form | None, known: Values) -> dict[str, Any]:
    """Give the row for the filter of lists."""
    said = _soundly(record.words_of, "", form, known, row.text, row.lang) if form else ""
    words = {*record.fold_words(row.title), *said.split()}
    joined = "".join(f" {word}" for word in sorted(words))[:MAX_WORDS]
    return {"form": row.form, "lineage": row.lineage, "words": joined}


def _soundly(work: Any, otherwise: Any, *arguments: Any) -> Any:
    """Let no value that somebody pushed stop the catalog: the record is then found by less."""
    try:
        return work(*arguments)
    except Exception:  # the border: forms and heads come from outside, and the catalog serves all pages
        log.exception("a record could not be read")
        return otherwise


def _day(text: str) -> str:
    return text if _DAY.fullmatch(text) else ""


def _dump(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
