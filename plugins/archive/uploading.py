"""Bring an export in from the browser: send it, read what it would bring, take it in, take it back."""

from typing import Any, cast

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, GareError, Invalid, NotFound, TooLarge
from app.plugin import notice, render, say, station, uncached, url, viewer
from plugins.archive import importing, incoming, runs, undoing
from plugins.archive.door import may_manage
from plugins.archive.keeping import own_door
from plugins.archive.lists import MailList, find
from plugins.archive.managing import find_managed, moment
from plugins.archive.runs import Run
from plugins.archive.words import month_words

blueprint = Blueprint("archive_import", __name__)

NO_FILE = N_("Choose the file of the export first.")
UNKNOWN = N_("This button is not known here. Go back and try again.")
AGAIN_SECONDS = 3
SHOWN = 100  # notes
_ROOM = 1_000_000  # bytes of a form around its file
_SEND = "archive_import.take"


@blueprint.url_value_preprocessor
def _let_large_files_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let who looks after a list send a whole export, which goes straight to the disk of the instance."""
    if endpoint != _SEND or request.method != "POST" or not values:
        return
    asked, name = cast(Any, request)._get_current_object(), values["name"]
    read = asked._load_form_data

    def load() -> None:
        _open_for(asked, name)
        read()

    asked._load_form_data = load  # who is looking is known only once the form is read


def _open_for(asked: Any, name: str) -> None:
    try:
        archive = own_door().archive
    except NotFound:  # the view says so, after the form's token was looked at
        return
    list_ = find(archive.truth, name)
    if list_ is None or not viewer().is_signed_in or not may_manage(viewer(), list_):
        return
    asked.max_content_length = station().config.mail_upload_bytes + _ROOM
    asked._get_file_stream = lambda *_, **__: incoming.Upload(incoming.folder(archive))


@blueprint.get("/<name>/imports")
def show(name: str) -> Response:
    """Show the imports of a list, and ask for one more."""
    return _all(find_managed(name), {})


@blueprint.post("/<name>/imports")
def take(name: str) -> Response:
    """Keep a file, and let the job look at it."""
    list_, archive = find_managed(name), own_door().archive
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Invalid(NO_FILE)
        kept = cast(incoming.Upload, sent.stream).keep()
        try:
            if kept.stat().st_size > station().config.mail_upload_bytes:
                raise TooLarge(N_("This file is too large."))
            run = importing.begin(
                archive, list_, kept, viewer().pseudonym or "", is_dry=True, name=sent.filename[-200:]
            )
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
    except GareError as error:
        return _all(list_, {"file": say(error)}, error.status)
    return redirect(url("archive_import.follow", name=name, number=run.id), 303)


@blueprint.get("/<name>/imports/<int(max=999999999):number>")
def follow(name: str, number: int) -> Response:
    """Show how an import is going, or what became of it; asks for itself again while it is going on."""
    list_ = find_managed(name)
    run = _find(list_, number)
    done = min(100, 100 * run.report.done // run.report.size) if run.report.size else 0
    months = [(month_words(month), count) for month, count in sorted(run.report.months.items())]
    notes = [(place, gettext(why)) for place, why in run.report.notes[:SHOWN]]
    answer = uncached(render(
        "archive/import.html", list=list_, run=run, report=run.report, done=done, months=months, notes=notes,
        kind=gettext(run.report.kind) if run.report.kind else "", begun=moment(run.begun_at), again=AGAIN_SECONDS,
        trouble=gettext(run.report.trouble) if run.report.trouble else "", left=len(run.report.notes[SHOWN:]),
    ))  # fmt: skip
    if run.is_open:
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer


@blueprint.post("/<name>/imports/<int(max=999999999):number>")
def decide(name: str, number: int) -> Response:
    """Take in what was looked at, stop, or take back."""
    list_, archive = find_managed(name), own_door().archive
    run = _find(list_, number)
    deeds = {"take": importing.go_on, "stop": importing.stop, "undo": importing.ask_to_undo}
    deed = deeds.get(request.form.get("action", ""))
    if deed is None:
        raise Invalid(UNKNOWN)
    try:
        deed(archive, run)
    except GareError as error:
        notice("warning", say(error))
    return redirect(url("archive_import.follow", name=name, number=number), 303)


@blueprint.get("/<name>/imports/<int(max=999999999):number>/undo")
def ask_to_undo(name: str, number: int) -> Response:
    """Say how many mails would go, how many stay, and ask."""
    list_ = find_managed(name)
    run = _find(list_, number)
    if not run.may_be_undone:
        raise Conflict(importing.AGAIN)
    outcome = undoing.foresee(own_door().archive, list_, run)
    return uncached(render("archive/undo.html", list=list_, run=run, outcome=outcome))


def _find(list_: MailList, number: int) -> Run:
    run = runs.get(station().truth, number)
    if run.list_id != list_.id:
        raise NotFound(runs.GONE)
    return run


def _all(list_: MailList, errors: dict[str, str], code: int = 200) -> Response:
    shown = [(run, moment(run.begun_at)) for run in runs.of_list(station().truth, list_.id)]
    most = station().config.mail_upload_bytes // 1_000_000
    return uncached(render("archive/imports.html", code, list=list_, runs=shown, errors=errors, most=most))
