"""Who may read which private field of a record; decided by `app.people.rights`, as everything that is read."""

from app.catalog.readers import CLOSED, MEMBERS, canonical
from app.catalog.record_rows import RecordRow
from app.forms.form import Field, Form, Values
from app.forms.places import EXACT_ENDING, exact_name
from app.people import rights
from app.people.viewer import Viewer
from app.records.sealing import audience_in, is_sealed
from app.wiki.yaml_text import Value


def is_own(viewer: Viewer, row: RecordRow) -> bool:
    """Tell whether somebody made a record."""
    return bool(viewer.pseudonym) and viewer.pseudonym == row.creator


def may_see(viewer: Viewer, field: Field, row: RecordRow, audience: str = CLOSED) -> bool:
    """Tell whether somebody reads a field of a record that he may read; `audience` is that of a sealed answer.

    Who made the record and administrators read all others; of a contact nobody else reads the address.
    The true position of a place is a field of its own (`app.forms.places.exact_field`).
    """
    if field.name.endswith(EXACT_ENDING):
        return may_see_exact(viewer, row)
    if is_sealed(field):  # not who made the record, who may belong to none of its spaces
        return rights.may_read(viewer, MEMBERS) and rights.may_read(viewer, audience)
    if not field.is_private or viewer.is_admin or is_own(viewer, row):
        return True
    told = canonical(field.readers)
    return field.type != "contact" and told is not None and rights.may_read(viewer, told)


def may_see_exact(viewer: Viewer, row: RecordRow) -> bool:
    """Tell whether somebody reads a position that is shown blurred or not at all: also those who look after it."""
    return viewer.is_admin or is_own(viewer, row) or rights.may_administer(viewer, row.path)


def readable(viewer: Viewer, form: Form, row: RecordRow, private: Values) -> Values:
    """Choose of the private values of a record those that a viewer may read."""
    hidden = [field for field in form.fields if field.is_private]
    names = {field.name for field in hidden if may_see(viewer, field, row, audience_in(field, private))}
    if may_see_exact(viewer, row):
        names |= {exact_name(field) for field in form.of_type("place")}
    return {name: value for name, value in private.items() if name in names}


def with_exact(form: Form, values: Values, private: Values) -> dict[str, Value]:
    """Give all answers as they are typed again: private ones, and places as they are."""
    exact = {field.name: private[name] for field in form.of_type("place") if (name := exact_name(field)) in private}
    named = {name: value for name, value in private.items() if not name.endswith(EXACT_ENDING)}
    return {**values, **named, **exact}
