"""Which private questions of a form a change would open: answers were given to those whom the form named then."""

from sqlalchemy import Connection, select

from app.catalog import form_texts
from app.catalog.readers import CLOSED, MEMBERS, canonical, opens
from app.catalog.tables import records
from app.errors import Invalid
from app.forms.form import SPACES, Field, Form
from app.forms.reading import parse

CONTACT = "contact"


def opened(connection: Connection, name: str, text: str | None) -> bool:
    """Tell whether a new text of a form (None: it is deleted) would let more people read answers that were given.

    A question that goes counts too: one of its name could come back for other readers. So does a form that comes back
    with another text. Where nobody has answered yet, nothing is opened.
    """
    of_form = select(records.c.lineage).where(records.c.form == name).limit(1)
    if connection.execute(of_form).first() is None:
        return False
    old = form_texts.find(connection, name)
    if old is None:
        return text is not None
    new = _read(name, text)
    return any(_opens(field, new.find(field.name) if new else None) for field in old.fields if field.is_private)


def _read(name: str, text: str | None) -> Form | None:
    try:
        return parse(name, text) if text is not None else None
    except Invalid:  # the save refuses it with a sentence of its own
        return None


def _opens(old: Field, new: Field | None) -> bool:
    if new is None or not new.is_private or (old.type == CONTACT) != (new.type == CONTACT):
        return True
    if old.type == CONTACT or new.readers == old.readers:
        return False
    return opens(_at_most(new), _at_least(old))


def _at_most(field: Field) -> str:
    """Give the widest audience that a question may have: members, where it depends on the spaces of a record."""
    return MEMBERS if field.readers == SPACES else canonical(field.readers) or CLOSED


def _at_least(field: Field) -> str:
    """Give the narrowest likewise."""
    return canonical(field.readers) or CLOSED  # of spaces that is nobody but administrators
