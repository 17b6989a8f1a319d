"""Save records: the text of their pages from answers, where new ones stand, and what is kept beside the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.catalog import finding
from app.catalog.editing import Edit, Outcome
from app.catalog.readers import EVERYTHING
from app.forms import filling
from app.forms.form import Form, Values
from app.forms.record import values_of
from app.people.viewer import OPERATOR, Viewer
from app.records import private
from app.records.private import NOBODY, Giver
from app.records.sealing import seal
from app.station import Station
from app.wiki import frontmatter
from app.wiki.files import Pointer
from app.wiki.frontmatter import Value


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """What somebody wants a record to be: its answers, checked, and its free text.

    `private` are changes of private answers, None forgets one. A new record has no `path` yet; else `base` is the
    revision that the writer started from. `files` come with it, by the names that the answers call them.
    """

    values: Values
    private: Mapping[str, Value | None] = field(default_factory=dict)
    body: str = ""
    path: str = ""
    base: str = ""
    files: Mapping[str, Pointer] = field(default_factory=dict)
    summary: str = ""


def title_of(station: Station, form: Form, values: Values) -> str:
    """Give the title of a record, in the language of the site."""
    return filling.title_of(form, values, station.wiki.language())


def path_of(station: Station, form: Form, values: Values, today: date) -> str:
    """Give where a new record will stand: by the rule of its form, with a number where that place is taken."""
    wanted = filling.path_of_record(form, title_of(station, form, values), values, today.year)
    return station.door.free_path(wanted)


def text_of(
    station: Station, form: Form, draft: RecordDraft, old_text: str = "", today: date | None = None,
    more: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Write the text of a record's page: of a new one, or the old one with what has changed.

    `today` begins the time for which a new record is shown; what waits for a moderator gets it when it is accepted.
    `more` are keys of a new page that are no answers.
    """
    front, (block, old_body) = frontmatter.parse(old_text), frontmatter.split(old_text)
    changes = dict(filling.changes(values_of(form, front.values), draft.values))
    if form.find("title") is None:
        changes["title"] = title_of(station, form, draft.values)
    if not old_text:
        changes = {"title": title_of(station, form, draft.values), "form": form.name, **changes, **(more or {})}
        changes |= _expiry(form, today) if today else {}
    body = f"\n{draft.body.strip()}\n" if form.has_body and draft.body.strip() else "" if form.has_body else old_body
    if old_text and form.has_body and draft.body.strip() == old_body.strip():
        body = old_body
    return frontmatter.rewrite(block + body, changes)


def with_expiry(form: Form, text: str, today: date) -> str:
    """Write down until when a new record is shown, where its form says for how long."""
    return frontmatter.rewrite(text, _expiry(form, today))


def _expiry(form: Form, today: date) -> dict[str, str]:
    return {"expires": (today + timedelta(days=form.expires_days)).isoformat()} if form.expires_days else {}


def save(
    station: Station, viewer: Viewer, form: Form, draft: RecordDraft, author: str, today: date, giver: Giver = NOBODY
) -> Outcome:
    """Save a record as one commit, files included, then its private answers; raises EditConflict, what a save raises.

    Whoever may not write there is refused; `author` is the pseudonym that signs.
    """
    path = draft.path or path_of(station, form, draft.values, today)
    old_text = station.door.revision(viewer, path, draft.base)[2] if draft.path else ""
    text = text_of(station, form, draft, old_text, today)
    edit = Edit(path, text, draft.base or None, author, draft.summary, files=draft.files, readers=form.audience)
    outcome = station.door.save(viewer, edit)
    seen = values_of(form, frontmatter.parse(old_text).values) if old_text else draft.values
    keep_private(station, outcome.path, draft.private, giver, seen)
    return outcome


def keep_private(
    station: Station, path: str, changes: Mapping[str, Value | None], giver: Giver = NOBODY, seen: Values | None = None
) -> None:
    """Keep the private answers of the record at a path; `seen` are the public ones as the writer saw them."""
    if not changes:
        return
    with station.wiki.catalog.reading() as connection:
        page = finding.find_page(connection, path, EVERYTHING)
    if page is None or not page.id:  # it was deleted in the same moment: nobody reads them any more
        return
    row = station.door.record(OPERATOR, path)
    form = station.door.form(OPERATOR, row.form)
    known = [row.values] if seen is None else [row.values, seen]
    with station.truth.begin() as connection:
        is_changed = private.store(connection, page.id, seal(connection, form, page.id, changes, *known), giver)
    if is_changed:
        station.stamp.touch()
