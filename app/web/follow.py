"""What one follows, how often one hears of it, the button on pages and spaces."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.finding import PageQuery
from app.catalog.rows import PageRow
from app.errors import N_, Invalid, NotFound, Refused
from app.follow import rhythm, subscriptions
from app.follow.subscriptions import ALL, FORM, PAGE, SPACE, Subject
from app.follow.telling import may_tell
from app.forms.form import words_in
from app.people.accounts import Account
from app.web import plugged
from app.web.addresses import address, url
from app.web.kit import UNFIT, door, notice, render, station, typed_path, uncached, viewer
from app.web.language import spoken
from app.web.me import own_account
from app.wiki.page import INDEX, space_of

blueprint = Blueprint("follow", __name__)

# Said after a button was pressed, with the rhythm that one has.
SAID = {
    rhythm.NOW: N_("You hear of it by mail, at once."),
    rhythm.DAILY: N_("You hear of it by mail, once a day."),
    rhythm.WEEKLY: N_("You hear of it by mail, once a week."),
    rhythm.NEVER: N_("You follow it, but you have chosen to get no mails."),
}
GONE = N_("a page that is gone, or that you may not read")


@blueprint.get("/-/follow")
def show() -> Response:
    """Show what one follows and how often one hears of it."""
    account = own_account()
    with station().truth.connect() as connection:
        own = list(subscriptions.list_own(connection, account.id))
        chosen = rhythm.find(connection, account.id)
    return uncached(render(
        "follow/show.html", entries=_entries(own), offers=_offers(set(own)), rhythm=chosen, rhythms=rhythms(),
        account=account, may_tell=may_tell(station()),
    ))  # fmt: skip


def rhythms() -> list[tuple[str, str]]:
    """List how often one may hear, in words."""
    return [(name, gettext(words)) for name, words in rhythm.WORDS.items()]


def _entries(own: list[Subject]) -> list[SimpleNamespace]:
    ids = [subject.name for subject in own if subject.what == PAGE]
    known = door().identified(viewer(), ids)
    titles = {name: title for name, title, _ in plugged.spaces()}
    return [_entry(subject, known.get(subject.name), titles) for subject in own]


def _entry(subject: Subject, page: PageRow | None, titles: dict[str, str]) -> SimpleNamespace:
    words, where = _words(subject, titles), None
    if subject.what == PAGE:
        words, where = (page.title, address(page.path)) if page else (gettext(GONE), None)
    elif subject.what == SPACE and subject.name in titles:
        where = address(f"{subject.name}/{INDEX}")
    return SimpleNamespace(what=subject.what, name=subject.name, words=words, address=where)


def _words(subject: Subject, titles: dict[str, str]) -> str:
    if subject.what == ALL:
        return gettext("All pages of this site")
    if subject.what == FORM:
        return gettext("All pages of the kind “%(name)s”", name=_forms().get(subject.name, subject.name))
    # A space that one may not read any more is not called by its title.
    return gettext("All pages in “%(name)s”", name=titles.get(subject.name, subject.name))


def _offers(own: set[Subject]) -> list[tuple[str, str]]:
    """List what can be followed beside pages, and is not yet."""
    spaces = {name: title for name, title, _ in plugged.spaces()}
    offered = [Subject(ALL), *(Subject(SPACE, name) for name in spaces), *(Subject(FORM, one) for one in _forms())]
    return [(f"{one.what}:{one.name}", _words(one, spaces)) for one in offered if one not in own]


def _forms() -> dict[str, str]:
    """Give the words of each form of which somebody may read a record, by its name."""
    words = {form.name: words_in(form.plural or form.title, spoken()) for form in door().all_forms(viewer())}
    return {name: words.get(name, name) for name in door().forms(viewer())}


@blueprint.post("/-/follow")
def change() -> Response:
    """Choose another rhythm, follow something, or follow it no more."""
    account, action = own_account(), request.form.get("action", "")
    if action == "rhythm":
        keep_rhythm(account, request.form.get("rhythm", ""))
        notice("done", gettext("Your choice is kept."))
    elif action == "stop":
        _stop(account, _typed(request.form.get("subject", "")))
    else:
        subject = _typed(request.form.get("subject", ""))
        _check_offered(subject)
        _begin(account, subject, None)
    return redirect(url("follow.show"), 303)


def keep_rhythm(account: Account, chosen: str) -> None:
    """Keep how often somebody hears; raises Invalid."""
    newest = door().newest_change()
    with station().truth.begin() as connection:
        rhythm.choose(connection, account.id, chosen, newest, _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(station().config.timezone)


def _typed(said: str) -> Subject:
    what, _, name = UNFIT.sub("", said).partition(":")
    return Subject(what, name)


def _check_offered(subject: Subject) -> None:
    """Refuse what is not there for this viewer: following must not tell whether there is such a space."""
    spaces = {name for name, _, _ in door().spaces(viewer())}
    is_there = {ALL: not subject.name, SPACE: subject.name in spaces, FORM: subject.name in _forms()}
    if not is_there.get(subject.what):
        raise Invalid(N_("This cannot be followed."))


def _begin(account: Account, subject: Subject, undo: tuple[str, str] | None) -> None:
    newest = door().newest_change()
    with station().truth.begin() as connection:
        is_new = subscriptions.add(connection, account.id, subject)
        rhythm.begin(connection, account.id, newest, _zone())
        chosen = rhythm.find(connection, account.id)
    done = gettext("You follow this now.") if is_new else gettext("You follow this already.")
    notice("done" if is_new else "info", f"{done} {_hears(account, chosen)}", undo)


def _hears(account: Account, chosen: str) -> str:
    if not account.email:
        return gettext("To hear of it, add your e-mail address on your page.")
    return gettext(SAID[chosen]) if may_tell(station()) else gettext("No mail goes out from here yet.")


def _stop(account: Account, subject: Subject) -> None:
    with station().truth.begin() as connection:
        subscriptions.remove(connection, account.id, subject)
    notice("done", gettext("You follow this no more."))


@blueprint.post("/-/follow/<path:path>")
def press(path: str) -> Response:
    """Follow a page, or the space whose home page it is; with `stop` in the address no more."""
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to follow pages."))
    account, page = own_account(), door().find(viewer(), typed_path(path))
    if page.path == INDEX:
        raise NotFound(N_("This cannot be followed."))
    subject = subject_of(page)
    if request.args.get("stop"):
        _stop(account, subject)
    else:
        undo = (gettext("Stop following"), url("follow.press", path=page.path, stop=1))
        _begin(account, subject, undo)
    return redirect(address(page.path), 303)


def subject_of(page: PageRow) -> Subject:
    """Say what the button of a page follows."""
    is_space = page.path == f"{page.space}/{INDEX}" and not page.space.startswith("_")
    return Subject(SPACE, page.space) if is_space else Subject(PAGE, door().identify(page))


def follow_space(old: str, new: str) -> None:
    """Let a space that moved with all its pages keep its followers; the paths are those of its home page."""
    was, now = space_of(old), space_of(new)
    is_space = was != now and (old, new) == (f"{was}/{INDEX}", f"{now}/{INDEX}")
    if is_space and not door().count(viewer(), PageQuery(below=f"{was}/")):
        with station().truth.begin() as connection:
            subscriptions.move_space(connection, was, now)
