"""Open the page of a form, keep another version of it, take that back."""

from dataclasses import dataclass

from app.catalog.editing import Edit, EditConflict
from app.database.settings import LANGUAGES
from app.errors import N_, Conflict, GareError, NotFound, Refused
from app.forms.form import Form, Words, words_in
from app.forms.reading import parse
from app.forms.writing import write
from app.people import rights
from app.web.addresses import url
from app.web.kit import author, door, station, viewer
from app.web.language import spoken
from app.wiki.page import form_of, path_of_form

NO_FORM = N_("There is no form of that name.")
CHANGED = N_("Somebody else has changed this meanwhile. Look at it, then press once more.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A form with the text and the revision of its page."""

    form: Form
    text: str
    revision: str


def check_may_build() -> None:
    """Refuse who looks after no pages."""
    if not rights.may_moderate(viewer()):
        raise Refused(N_("Forms are made by those who look after pages. Ask one of them."))


def open_form(name: str, *, is_checked: bool = True) -> Opened:
    """Open a form for whoever may change it; raises NotFound, Refused, and Invalid where it cannot be read.

    Not `is_checked`: to show somebody again what he typed before his session ended.
    """
    if is_checked:
        check_may_build()
    path = path_of_form(name)
    if form_of(path) is None:
        raise NotFound(NO_FORM)
    page, text = door().text(viewer(), path)
    if is_checked:
        door().check_may_write(viewer(), path)
    return Opened(parse(name, text), text, page.revision)


def open_at(name: str, revision: str) -> Form | None:
    """Give a form as it was at a revision; None where there is no such thing any more."""
    try:
        _, _, text = door().revision(viewer(), path_of_form(name), revision)
        return parse(name, text)
    except GareError:
        return None


def keep_form(opened: Opened, form: Form, summary: str) -> str:
    """Save another version of an opened form; gives its revision. Raises Conflict where it has moved on."""
    path = path_of_form(form.name)
    edit = Edit(path, write(form, opened.text), opened.revision or None, author(), summary, may_merge=False)
    try:
        door().save(viewer(), edit)
    except EditConflict as conflict:
        raise Conflict(CHANGED) from conflict
    return door().find(viewer(), path).revision


def address_of_undo(name: str, before: str, after: str) -> str:
    """Give where a button leads that takes a change back."""
    return url("form_builder.undo", name=name, before=before, after=after)


def own_language() -> str:
    """Give the language that the site's forms are written in first."""
    return station().settings.get().language


def other_languages() -> list[str]:
    """List the languages that a form may speak besides."""
    return [code for code in LANGUAGES if code != own_language()]


def say_words(words: Words) -> str:
    """Say words of a form to the viewer."""
    return words_in(words, spoken())


def in_own(words: Words) -> str:
    """Give the words of a form in the site's language, or those that name none."""
    return words.get(own_language()) or words.get("", "")


def with_words(words: Words, typed: dict[str, str]) -> Words:
    """Put what was typed in some languages into words; an empty one goes, other languages stay."""
    kept = {code: text for code, text in words.items() if code not in typed and code}
    return kept | {code: text for code, text in typed.items() if text}
