"""Answers for the members of some spaces: to whom they were given is kept beside them.

So no later change of the record, of a folder or of a group opens them to others than those to whom they were said.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from app.catalog.readers import CLOSED, GROUP, MEMBERS, canonical, opens
from app.forms.form import SPACES, Field, Form, Values
from app.people import groups
from app.records import private
from app.wiki.yaml_text import Value

ENDING = ".readers"


def is_sealed(field: Field) -> bool:
    """Tell whether a question is one for the members of the spaces that its record names."""
    return field.readers == SPACES


def seal(
    connection: Connection, form: Form, page_id: str, changes: Mapping[str, Value | None], *seen: Values
) -> dict[str, Value | None]:
    """Add to private answers that are to be kept who reads them: the groups of the record's spaces.

    `seen` are the public answers as they are now, and as the writer saw them: somebody else may have changed the spaces
    in between. The fewest of all who come into question read the answer, and never more than before.
    """
    given = [field for field in form.fields if is_sealed(field) and field.name in changes]
    if not given:
        return dict(changes)
    known = private.load(connection, [page_id]).get(page_id, {})
    narrowest = _narrowest(_audience(connection, values) for values in seen)
    found: dict[str, Value | None] = dict(changes)
    for field in given:
        before = [audience_in(field, known)] if field.name in known else []
        is_there = changes[field.name] is not None
        found[f"{field.name}{ENDING}"] = _narrowest([*before, narrowest]) if is_there else None
    return found


def _narrowest(audiences: Iterable[str]) -> str:
    """Choose the first of these that none after it narrows; of two that are foreign to each other the first."""
    found, *others = audiences
    for one in others:
        found = found if opens(one, found) else one
    return found


def _audience(connection: Connection, values: Values) -> str:
    said = values.get("spaces", [])
    named = {one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str) and one}
    of_spaces = sorted(f"{GROUP}{one.name}" for one in groups.list_all(connection) if one.space in named)
    return ", ".join(of_spaces) or MEMBERS


def audience_in(field: Field, known: Values) -> str:
    """Give who reads an answer, of all private values of its record; nobody where it was never said."""
    return canonical(known.get(f"{field.name}{ENDING}", "")) or CLOSED


def audience_of(connection: Connection, page_id: str, field: Field) -> str:
    """Give who reads the answer of a record; members where there is none yet."""
    known = private.load(connection, [page_id]).get(page_id, {})
    return audience_in(field, known) if field.name in known else MEMBERS
