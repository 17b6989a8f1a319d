"""What may not be saved as a form or as a record, whoever writes it and in whichever way it comes."""

from sqlalchemy import Connection, func, select

from app.catalog import form_texts
from app.catalog.tables import is_inside, pages, records
from app.forms.guard import check_form, check_record
from app.wiki import frontmatter
from app.wiki.frontmatter import FrontMatter
from app.wiki.page import FORMS, form_of, path_of_form

_OF_LIFE = ("state", "checked", "verified")


def kept_keys(now: FrontMatter, before: FrontMatter) -> tuple[str, ...]:
    """Name what the text of a record says and no writer changes there, but who looks after it.

    What became of it is written by the buttons for that. And the form that it follows says who reads its private
    answers: under another form others would.
    """
    if before.text("form"):
        return ("form", "expires", *_OF_LIFE)
    return _OF_LIFE if now.text("form") else ()


def check(connection: Connection, path: str, text: str, old_text: str = "") -> None:
    """Refuse a form that cannot be read, and a record that would put into git what its form keeps out of it.

    `old_text` is what the page says now. Raises Invalid with the cure.
    """
    if name := form_of(path):
        check_form(name, text)
        return
    front = frontmatter.parse(text)
    form = form_texts.find(connection, front.text("form")) if front.text("form") else None
    if form is not None:
        check_record(form, front, frontmatter.parse(old_text))


def list_unreadable(connection: Connection) -> list[str]:
    """Name the pages of forms that cannot be read: they came before the rule."""
    inside = is_inside(pages.c.path, f"{FORMS}/")
    paths = connection.execute(select(pages.c.path).where(inside).order_by(pages.c.path)).scalars().all()
    readable = {path_of_form(form.name) for form in form_texts.list_all(connection)}
    return [path for path in paths if path not in readable]


def list_leaking(connection: Connection, limit: int) -> list[tuple[str, str]]:
    """Name the pages that hold answers which their form keeps private now, each with the answer's name."""
    found: list[tuple[str, str]] = []
    for form in form_texts.list_all(connection):
        for field in form.fields:
            if field.is_private and len(found) < limit:
                holds = func.json_type(records.c.rest, f'$."{field.name}"').is_not(None)
                query = select(records.c.path).where(records.c.form == form.name, holds).order_by(records.c.path)
                paths = connection.execute(query.limit(limit - len(found))).scalars()
                found += [(path, field.name) for path in paths]
    return found
