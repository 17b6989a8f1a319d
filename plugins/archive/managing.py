"""Looking after lists: all of them with their state, make one, settings, remove one, the log of what was done."""

import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext, ngettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid, NotFound, Refused
from app.plugin import (
    check_admin,
    forget_in_search,
    is_web,
    notice,
    remove_files,
    render,
    say,
    station,
    uncached,
    url,
    viewer,
    when,
)
from plugins.archive import asking, incoming, lists, mailboxes, retention, runs
from plugins.archive.altering import wipe
from plugins.archive.door import NO_LIST, may_manage
from plugins.archive.keeping import own_door
from plugins.archive.lists import MailList
from plugins.archive.rows import messages
from plugins.archive.tables import deeds

blueprint = Blueprint("archive_manage", __name__)

NOT_YOURS = N_("Only administrators and those who look after a list may do this.")
NO_TITLE = N_("Give the list a name.")
WRONG_MONTHS = N_("Type a number of months, such as 24; 0 keeps everything.")
WRONG_NAME = N_("Type the short name of the list exactly to remove it.")
MOST_MONTHS = 1200
MOST_LETTERS = {"title": 200, "address": 254, "words": 5000, "rules": 10_000, "joining": 1000}


def find_managed(name: str) -> MailList:
    """Find a list that the viewer looks after; raises NotFound, Refused."""
    found = lists.find(station().truth, name)
    if found is None or not (may_manage(viewer(), found) or own_door().find(viewer(), name)):
        raise NotFound(NO_LIST)
    if not may_manage(viewer(), found):
        raise Refused(NOT_YOURS)
    return found


@blueprint.get("/manage")
def show() -> Response:
    """Show the lists that the viewer looks after."""
    _check_manager()
    return _all({}, {})


@blueprint.post("/manage")
def make() -> Response:
    """Make a list: only those who look after it see it."""
    check_admin()
    typed = {name: request.form.get(name, "").strip() for name in ("name", "title")}
    try:
        if not typed["title"]:
            raise Invalid(NO_TITLE)
        made = lists.make(station().truth, typed["name"], typed["title"][:200], now=int(time.time()))
    except GareError as error:
        return _all(typed, {"title" if error.msgid == NO_TITLE else "name": say(error)}, error.status)
    station().stamp.touch()
    notice("done", gettext("The list is made. Only you see it until you show it."))
    return redirect(url("archive_manage.edit", name=made.name), 303)


@blueprint.get("/<name>/settings")
def edit(name: str) -> Response:
    """Show the settings of a list."""
    found = find_managed(name)
    return _settings(found, found, {})


@blueprint.post("/<name>/settings")
def change(name: str) -> Response:
    """Keep them."""
    found = find_managed(name)
    values, errors = _typed(found)
    if not errors and (gone := _would_go(found, values["keep_months"])) and request.form.get("erases") != "1":
        errors["keep_months"] = ngettext(
            "%(num)s message would be erased for good. Tick below that you want it.",
            "%(num)s messages would be erased for good. Tick below that you want it.", gone,
        )  # fmt: skip
    if errors:
        return _settings(found, SimpleNamespace(**values), errors, 400)
    lists.change(station().truth, found, **values)
    station().stamp.touch()
    notice("done", gettext("Saved."))
    return redirect(url("archive_manage.edit", name=name), 303)


def _would_go(found: MailList, months: int) -> int:
    """Count what a shorter time of keeping would erase at once."""
    if not months or (found.keep_months and months >= found.keep_months):
        return 0
    before = retention.before(datetime.now(UTC), months)
    own = select(func.count()).where(messages.c.list_id == found.id, messages.c.at < before)
    with own_door().archive.rows.connect() as connection:
        return int(connection.execute(own).scalar_one())


@blueprint.get("/<name>/remove")
def ask_to_remove(name: str) -> Response:
    """Ask for the name of the list, before all of it goes."""
    return uncached(render("archive/remove.html", list=find_managed(name), errors={}))


@blueprint.post("/<name>/remove")
def remove(name: str) -> Response:
    """Remove a list with everything of it."""
    found = find_managed(name)
    if request.form.get("name", "").strip() != found.name:
        return uncached(render("archive/remove.html", 400, list=found, errors={"name": gettext(WRONG_NAME)}))
    archive = own_door().archive
    for run in runs.of_list(archive.truth, found.id):
        incoming.remove(archive, run.file)
    mailboxes.remove(archive, found.id)  # with its password
    remove_files(station(), archive.forget(found))
    wipe(archive)
    forget_in_search(station())
    station().stamp.touch()
    notice("done", gettext("The list “%(title)s” is removed, with all its messages.", title=found.title))
    return redirect(url("archive_manage.show"), 303)


@blueprint.get("/<name>/deeds")
def log(name: str) -> Response:
    """Show what was hidden, erased or moved, when and by whom."""
    found = find_managed(name)
    wanted = select(deeds).where(deeds.c.list_id == found.id).order_by(deeds.c.at.desc(), deeds.c.id.desc()).limit(500)
    with station().truth.connect() as connection:
        rows = list(connection.execute(wanted))
    shown = [
        SimpleNamespace(when=moment(row.at), who=row.by,
                        what=gettext(row.what), messages=row.messages)
        for row in rows
    ]  # fmt: skip
    return uncached(render("archive/deeds.html", list=found, deeds=shown))


# -- showing ---------------------------------------------------------------------------------------------------------


def moment(seconds: int | None) -> str:
    """Say when something was."""
    return when(datetime.fromtimestamp(seconds, UTC)) if seconds else ""


def _check_manager() -> None:
    if not viewer().is_admin and not viewer().referent_of:
        check_admin()


def _all(typed: dict[str, str], errors: dict[str, str], code: int = 200) -> Response:
    archive = own_door().archive
    wanted = select(messages.c.list_id, func.count()).group_by(messages.c.list_id)
    with archive.rows.connect() as connection:
        counts = {row[0]: row[1] for row in connection.execute(wanted)}
    shown = [
        SimpleNamespace(list=one, count=counts.get(one.id, 0))
        for one in lists.load(archive.truth)
        if may_manage(viewer(), one)
    ]
    return uncached(render("archive/manage.html", code, shown=shown, typed=typed, errors=errors))


def _typed(found: MailList) -> tuple[dict[str, Any], dict[str, str]]:
    form = request.form
    values: dict[str, Any] = {name: form.get(name, "").strip()[:most] for name, most in MOST_LETTERS.items()}
    errors = {} if values["title"] else {"title": gettext(NO_TITLE)}
    months = form.get("keep_months", "0").strip() or "0"
    is_number = months.isascii() and months.isdecimal() and int(months[:6]) <= MOST_MONTHS
    if not is_number:
        errors["keep_months"] = gettext(WRONG_MONTHS)
    if values["address"] and "@" not in values["address"]:
        errors["address"] = gettext("Type an address of mail, such as liste@example.org.")
    taken = {one.address.casefold() for one in lists.load(station().truth) if one.id != found.id}
    if values["address"] and values["address"].casefold() in taken:
        errors["address"] = gettext("Another list has this address: its mails would come here.")
    if values["joining"] and not (is_web(values["joining"]) or "@" in values["joining"]):
        errors["joining"] = gettext("Type an address of the web or of mail.")
    space, audience = form.get("space", ""), form.get("audience", "")
    return values | {
        "space": space if space in dict(_spaces(found)) else found.space,
        "audience": audience if audience in dict(_audiences(found)) else found.audience,
        "keep_months": int(months) if is_number else months, "is_shown": form.get("is_shown") == "1",
        "obeys_no_archive": bool(form.get("obeys_no_archive")),
    }, errors  # fmt: skip


def _settings(found: MailList, values: Any, errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render(
        "archive/settings.html", code, list=found, values=values, errors=errors, spaces=_spaces(found),
        audiences=_audiences(found), asked=len(asking.of_list(own_door().archive, found)),
    ))  # fmt: skip


def _groups(found: MailList) -> list[str]:
    known = {*viewer().groups, *viewer().referent_of, found.space, found.audience.partition("group:")[2]}
    return sorted(known - {""})


def _spaces(found: MailList) -> list[tuple[str, str]]:
    own = _groups(found)
    nobody = [("", gettext("Administrators only"))] if viewer().is_admin else []
    return [*nobody, *((name, name) for name in own)]


def _audiences(found: MailList) -> list[tuple[str, str]]:
    groups = [(f"group:{name}", gettext("The group “%(name)s”", name=name)) for name in _groups(found)]
    own = [("public", gettext("Everybody")), ("members", gettext("Members")), *groups]
    return [*own, ("admins", gettext("Administrators"))]
