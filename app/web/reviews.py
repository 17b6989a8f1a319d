"""Changes of newcomers, read again after publication; taking back all that somebody has changed."""

from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.authored import Whose
from app.catalog.describe import body_of
from app.catalog.rows import RevisionRow, moment
from app.catalog.taking_back import TakeBack
from app.errors import N_, Invalid, NotFound, Refused
from app.people import accounts, acts
from app.people.authors import SYSTEM
from app.proposals import reviews
from app.web.addresses import url
from app.web.kit import UNKNOWN_BUTTON, check_admin, door, notice, render, say, station, uncached, viewer
from app.web.wording import change_entries, former, name_of, names_of
from app.wiki import diff, frontmatter

blueprint = Blueprint("reviews", __name__)

CHANGES = 20
PAGES = 100  # that are named after taking back
COMPARED = 100_000  # characters of both texts: longer ones have a page of their own
ROWS = 80
MISSING = N_("This person has changed nothing here.")


@blueprint.get("/-/reviews/")
def show() -> Response:
    """List whose first changes wait to be read again."""
    with station().truth.connect() as connection:
        rows = reviews.list_waiting(connection, door(), viewer(), station().settings.get())
    names, counted = names_of(rows), Counter(row.author for row in rows)
    last = {row.author: row.at for row in reversed(rows)}
    people = [
        SimpleNamespace(pseudonym=author, name=names.get(author) or former(), count=count, last_at=last[author])
        for author, count in sorted(counted.items(), key=lambda item: last[item[0]], reverse=True)
    ]
    return uncached(render("reviews/list.html", people=people, number=int(station().settings.get().review_first)))


@blueprint.get("/-/reviews/<pseudonym>")
def person(pseudonym: str) -> Response:
    """Show what somebody has changed, the newest first, word by word."""
    name, good_until = _know(pseudonym)
    before = _number(request.args.get("before", ""))
    is_whole = "all" in request.args
    whose = Whose((pseudonym,), 0 if is_whole else good_until, before)
    rows = door().changes_by(viewer(), whose, CHANGES + 1)
    entries = change_entries(rows[:CHANGES])
    return uncached(render(
        "reviews/person.html", name=name, pseudonym=pseudonym, entries=entries, good_until=good_until,
        good_at=moment(good_until),
        compared=_compared(rows[:CHANGES]), until=_newest(pseudonym), older=_older(pseudonym, rows, is_whole),
        is_whole=is_whole, may_mark=pseudonym != viewer().pseudonym, has_account=_has_account(pseudonym),
        pages=door().count_changed(viewer(), Whose((pseudonym,), good_until)),
    ))  # fmt: skip


def _know(pseudonym: str) -> tuple[str, int]:
    """Give somebody's name, and until when the changes were found good; raises NotFound where there are none."""
    if not _newest(pseudonym) and not _has_account(pseudonym):
        raise NotFound(MISSING)
    with station().truth.connect() as connection:
        marks = reviews.load_marks(connection, [pseudonym])
    return name_of(pseudonym), reviews.found_good_until(marks, viewer(), pseudonym)


def _newest(pseudonym: str) -> int:
    rows = door().changes_by(viewer(), Whose((pseudonym,)), 1)
    return int(rows[0].at.timestamp()) if rows else 0


def _has_account(pseudonym: str) -> bool:
    with station().truth.connect() as connection:
        return accounts.find_by_pseudonym(connection, pseudonym) is not None


def _older(pseudonym: str, rows: Sequence[RevisionRow], is_whole: bool) -> str | None:
    if len(rows) <= CHANGES:
        return None
    return url("reviews.person", pseudonym=pseudonym, before=rows[CHANGES - 1].seq, all="1" if is_whole else None)


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 12 else None


def _compared(rows: Sequence[RevisionRow]) -> dict[tuple[str, str], Any]:
    """Compare the texts before and after each change, by revision and path; those that are too long are left out."""
    found = {}
    for row in rows:
        if row.what in {"created", "edited"} and (row.size or 0) < COMPARED:
            old, new = _shown(row, *door().text_of(viewer(), row))
            if len(old) + len(new) < COMPARED:
                found[row.revision, row.path] = diff.words(old, new)[:ROWS]
    return found


def _shown(row: RevisionRow, old: str, new: str) -> tuple[str, str]:
    """Leave out the lines at the top, which few people know, but where somebody has changed what they say."""
    if row.what != "created" and _said_at_top(old) != _said_at_top(new):
        return old, new
    return body_of(old).lstrip("\n"), body_of(new).lstrip("\n")


def _said_at_top(text: str) -> dict[str, object]:
    front = frontmatter.parse(text)
    return {"": text} if front.fault else {key: value for key, value in front.values.items() if key != "id"}


@blueprint.post("/-/reviews/<pseudonym>")
def act(pseudonym: str) -> Response:
    """Find somebody's changes good, or take them back."""
    name, good_until = _know(pseudonym)
    deed = request.form.get("action", "")
    if deed == "good":
        return _find_good(pseudonym, name)
    if pseudonym == SYSTEM:
        raise Refused(N_("These pages came with the site. Change them by hand."))
    if deed not in {"after", "all"}:
        raise Invalid(UNKNOWN_BUTTON)
    whose = Whose((pseudonym,), good_until if deed == "after" else 0, _number(request.form.get("before", "")))
    summary = gettext("Changes taken back")
    until, last = _until(pseudonym), _last_own()
    done = reviews.take_back(door(), viewer(), TakeBack(whose, viewer().pseudonym or "", summary))
    until = 0 if done.left else until  # what is left still waits to be looked at
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "took-back", pseudonym)
        if done.before is None and until and pseudonym != viewer().pseudonym:
            reviews.mark(connection, viewer(), pseudonym, until)
    left = [SimpleNamespace(path=one.path, title=one.title, sentence=say(one.error)) for one in done.left]
    return uncached(render("reviews/taken.html", name=name, pseudonym=pseudonym, done=done, left=left, deed=deed,
                           has_account=_has_account(pseudonym), until=until, pages=_pages_since(last)))  # fmt: skip


def _until(pseudonym: str) -> int:
    """Give until when changes are dealt with; 0 where a press before this one has left some as they are."""
    said = request.form.get("until")
    return _newest(pseudonym) if said is None else min(_number(said) or 0, _newest(pseudonym))


def _last_own() -> int:
    """Give the number of the last change that the viewer has signed."""
    rows = door().changes_by(viewer(), Whose((viewer().pseudonym or "",)), 1)
    return rows[0].seq if rows else 0


def _pages_since(last: int) -> list[SimpleNamespace]:
    """List the pages that have just been put right, by title, at most so many."""
    rows = door().changes_by(viewer(), Whose((viewer().pseudonym or "",)), PAGES)
    found = {row.current_path: row for row in rows if row.seq > last}
    pages = [SimpleNamespace(title=row.title, exists=row.exists, path=path) for path, row in found.items()]
    return sorted(pages, key=lambda page: page.title.casefold())


def _find_good(pseudonym: str, name: str) -> Response:
    if pseudonym == viewer().pseudonym:
        raise Refused(N_("Somebody else reads your changes again."))
    until = min(_number(request.form.get("until", "")) or 0, _newest(pseudonym))
    with station().truth.begin() as connection:
        reviews.mark(connection, viewer(), pseudonym, until)
    notice("done", gettext("The changes of %(name)s were found good.", name=name))
    return redirect(url("reviews.show"), 303)


@blueprint.get("/-/reviews/rule")
def rule() -> Response:
    """Ask how many changes of newcomers are read again."""
    check_admin()
    return _rule(station().settings.get().review_first, {})


@blueprint.post("/-/reviews/rule")
def change_rule() -> Response:
    """Keep how many changes of newcomers are read again."""
    check_admin()
    number = request.form.get("number", "")
    if number not in reviews.NUMBERS:
        return _rule(number, {"number": gettext("Choose how many.")}, 400)
    station().store_settings(**reviews.rule_of(station().settings.get(), number))
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", gettext("The settings are saved."))
    return redirect(url("reviews.show"), 303)


def _rule(number: str, errors: dict[str, str], code: int = 200) -> Response:
    numbers = [int(one) for one in reviews.NUMBERS[1:]]
    return uncached(render("reviews/rule.html", code, number=number, numbers=numbers, errors=errors))
