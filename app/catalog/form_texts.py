"""Forms as the catalog finds them: the text of their page, read once for as long as it stays the same."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Connection, select

from app.catalog.readers import EVERYTHING, among
from app.catalog.tables import bodies, is_inside, pages
from app.errors import Invalid
from app.forms.form import Form, words_in
from app.forms.reading import parse
from app.wiki.page import FORMS, form_of, path_of_form

MAX_KEPT = 200
_TEXTS = select(pages.c.path, bodies.c.text).join(bodies, bodies.c.path == pages.c.path)


@lru_cache(maxsize=MAX_KEPT)
def read(name: str, text: str) -> Form | None:
    """Read a form; None where it cannot be read: it was pushed before its rules, then its records are pages."""
    try:
        return parse(name, text)
    except Invalid:
        return None


def title_of(path: str, text: str, language: str) -> str:
    """Give the title of a form's page; `""` for every other page."""
    form = read(name, text) if (name := form_of(path)) else None
    return words_in(form.title, language) if form else ""


def find(connection: Connection, name: str, audiences: Collection[str] = EVERYTHING) -> Form | None:
    """Find a form by its name."""
    query = _TEXTS.where(pages.c.path == path_of_form(name), among(pages.c.audience, audiences))
    row = connection.execute(query).first()
    return read(name, row.text) if row and form_of(row.path) else None


def list_all(connection: Connection, audiences: Collection[str] = EVERYTHING) -> list[Form]:
    """List the forms that can be read, by their names."""
    query = _TEXTS.where(is_inside(pages.c.path, f"{FORMS}/"), among(pages.c.audience, audiences))
    rows = connection.execute(query.order_by(pages.c.path))
    return [form for row in rows if (name := form_of(row.path)) and (form := read(name, row.text))]
