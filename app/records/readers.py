"""Who may read which private field of a record; decided by `app.people.rights`, as everything that is read."""

from app.catalog.readers import MEMBERS, canonical
from app.catalog.record_rows import RecordRow
from app.forms.form import SPACES, Field, Form, Values
from app.forms.places import EXACT_ENDING, exact_name
from app.people import rights
from app.people.viewer import Viewer
from app.wiki.yaml_text import Value


def is_own(viewer: Viewer, row: RecordRow) -> bool:
    """Tell whether somebody made a record."""
    return bool(viewer.pseudonym) and viewer.pseudonym == row.creator


def may_see(viewer: Viewer, field: Field, row: RecordRow) -> bool:
    """Tell whether somebody reads a field of a record that he may read.

    Who made the record and administrators read all of them; of a contact nobody else reads the address.
    The true position of a place is a field of its own (`app.forms.places.exact_field`).
    """
    if field.name.endswith(EXACT_ENDING):
        return may_see_exact(viewer, row)
    if not field.is_private or viewer.is_admin or is_own(viewer, row):
        return True
    if field.readers == SPACES:
        return rights.may_read(viewer, MEMBERS) and is_of_spaces(viewer, row)
    audience = canonical(field.readers)
    return field.type != "contact" and audience is not None and rights.may_read(viewer, audience)


def is_of_spaces(viewer: Viewer, row: RecordRow) -> bool:
    """Tell whether somebody is in a group of one of the spaces that a record names; of none with a group, all are."""
    said = row.values.get("spaces", [])
    named = {one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str) and one}
    return not named.isdisjoint(viewer.own_spaces) or named.isdisjoint(viewer.foreign_spaces)


def may_see_exact(viewer: Viewer, row: RecordRow) -> bool:
    """Tell whether somebody reads a position that is shown blurred or not at all: also those who look after it."""
    return viewer.is_admin or is_own(viewer, row) or rights.may_administer(viewer, row.path)


def readable(viewer: Viewer, form: Form, row: RecordRow, private: Values) -> Values:
    """Choose of the private values of a record those that a viewer may read."""
    names = {field.name for field in form.fields if field.is_private and may_see(viewer, field, row)}
    if may_see_exact(viewer, row):
        names |= {exact_name(field) for field in form.of_type("place")}
    return {name: value for name, value in private.items() if name in names}


def with_exact(form: Form, values: Values, private: Values) -> dict[str, Value]:
    """Give all answers as they are typed again: private ones, and places as they are."""
    exact = {field.name: private[name] for field in form.of_type("place") if (name := exact_name(field)) in private}
    named = {name: value for name, value in private.items() if not name.endswith(EXACT_ENDING)}
    return {**values, **named, **exact}
