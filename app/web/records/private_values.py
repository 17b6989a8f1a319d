"""What a reader may see of the private fields of many records, asked for at once: lists, booklets."""

from collections.abc import Sequence

from app.catalog.record_rows import RecordRow
from app.forms.form import Field, Form, Values
from app.records import private, readers
from app.records.readers import readable
from app.records.sealing import audience_of, is_sealed
from app.web.kit import station, viewer


def may_see(field: Field, row: RecordRow) -> bool:
    """Tell whether the viewer reads what a record answers to a question, now or once there is an answer."""
    if not is_sealed(field):
        return readers.may_see(viewer(), field, row)
    with station().truth.connect() as connection:
        return readers.may_see(viewer(), field, row, audience_of(connection, row.id, field))


def private_values(form: Form, rows: Sequence[RecordRow]) -> dict[str, Values]:
    """Give by record what the viewer may see; a form without private fields costs nothing."""
    if not rows or not any(field.is_private for field in form.fields):
        return {}
    with station().truth.connect() as connection:
        found = private.load(connection, [row.id for row in rows])
    return {row.id: readable(viewer(), form, row, found[row.id]) for row in rows if row.id in found}
