"""What of forms and records may not be pushed from outside: a rule beside those of `app/wiki/push_rules.py`."""

from app.errors import Invalid, Refused
from app.forms import guard
from app.forms.form import Form
from app.forms.reading import parse
from app.wiki import frontmatter
from app.wiki.git_log import read_touches
from app.wiki.page import file_of, form_of, path_of, path_of_form
from app.wiki.push_rules import Push


def check_forms(push: Push) -> None:
    """Refuse forms that cannot be read, and records with answers that the form which is pushed calls private."""
    forms: dict[str, Form | None] = {}
    seen: set[tuple[str, str]] = set()
    for touch in read_touches(push.git, push.old, push.new):
        path = None if touch.is_gone else path_of(touch.file)
        if path is None or (touch.blob, path) in seen:
            continue
        seen.add((touch.blob, path))
        try:
            _check(push, path, _text(push, touch.blob), forms)
        except Invalid as error:
            raise Refused(error.msgid, **error.values) from error


def _check(push: Push, path: str, text: str, forms: dict[str, Form | None]) -> None:
    if name := form_of(path):
        guard.check_form(name, text)
        return
    front = frontmatter.parse(text)
    followed = front.text("form")
    if not followed or form_of(path_of_form(followed)) is None:
        return
    if followed not in forms:
        forms[followed] = _form(push, followed)
    if form := forms[followed]:
        guard.check_record(form, front, frontmatter.parse(""))


def _form(push: Push, name: str) -> Form | None:
    """Read a form as it will be after the push."""
    try:
        return parse(name, _text(push, f"{push.new}:{file_of(path_of_form(name))}"))
    except Invalid:
        return None


def _text(push: Push, name: str) -> str:
    found = push.objects.content(name)
    return found[1].decode("utf-8", "replace") if found else ""
