"""Fill in the form of a new record: `/-/record/new/<form>`."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import GareError
from app.forms.form import Form, words_in
from app.web.addresses import address, url
from app.web.beginning import begun_from
from app.web.kit import door, notice, say, viewer
from app.web.language import spoken
from app.web.records import sending, sheet
from app.web.records.sheet import Sheet, Taken
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes

blueprint = Blueprint("record_new", __name__)


def sheet_of(form: Form) -> Sheet:
    """Make the sheet of a new record."""
    is_direct = door().is_direct(viewer(), form)
    return Sheet(
        form, url("record_new.fill", name=form.name), words_in(form.title, spoken()),
        gettext("Publish it") if is_direct else gettext("Send it"),
        lead="" if is_direct else gettext("Somebody who looks after this place reads it first."),
        is_fresh=True, marks=list(begun_from().items()),
        is_asked_who=not is_direct and not viewer().is_signed_in and door().may_submit(viewer(), form),
        is_asked_name=is_direct and not viewer().is_signed_in, may_keep=viewer().is_signed_in,
    )  # fmt: skip


@blueprint.get("/-/record/new/<name>")
def fill(name: str) -> Response:
    """Show the form; to whoever has sent his one record already, that one."""
    form = door().form(viewer(), name)
    sending.check_may_submit(form)
    own = sending.find_own(form)
    if own is not None:
        notice("info", gettext(sending.ONE_EACH))
        return redirect(url("record_edit.edit", path=own.path), 303)
    return sheet.first_time(sheet_of(form))


@blueprint.post("/-/record/new/<name>")
def send(name: str) -> Response:
    """Publish the record, let it wait for a moderator, or keep it for later."""
    form = door().form(viewer(), name)
    sending.check_may_submit(form)
    opened = sheet_of(form)
    taken = sheet.take(opened)
    if not isinstance(taken, Taken):
        return taken
    try:
        return _send(opened, taken)
    except Mistakes as mistakes:
        return sheet.show(opened, taken.sent, errors=mistakes.errors, code=mistakes.status)
    except GareError as error:
        return sheet.show(opened, taken.sent, errors={"record": say(error)}, code=error.status)


def _send(opened: Sheet, taken: Taken) -> Response:
    form, draft = opened.form, taken.draft
    if taken.is_kept and opened.may_keep:
        return sending.keep_for_later(*sending.proposed(form, draft))
    sending.check_one_each(form)
    likes = sending.likes_of(form, draft)
    if likes:
        return sheet.show(opened, taken.sent, likes=[(one.row.title, address(one.row.path)) for one in likes])
    if door().is_direct(viewer(), form):
        return sending.publish(form, draft)
    return sending.propose(*sending.proposed(form, draft))


def _again(sentence: str, code: int) -> Response:
    form = door().form(viewer(), (request.view_args or {})["name"])
    return sheet.again(sheet_of(form), sentence, code)


keep(blueprint, {"record_new.send": _again})
