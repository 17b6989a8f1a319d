"""Report an error in a record: four reasons and a few words, by anybody; without an account after a press in a mail."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordRow
from app.errors import N_, Invalid, NotFound, TooMany
from app.outbox.mails import Mail, queue
from app.people import throttle, visitors
from app.people.throttle import Rule
from app.people.viewer import OPERATOR
from app.people.visitors import Visitor
from app.records import reports
from app.records.reports import MAX_TEXT, REASONS, UNCONFIRMED, Report
from app.web import visitor_form
from app.web.addresses import address, in_mail, url
from app.web.kit import UNFIT, door, notice, render, say, sign, station, typed_path, uncached, viewer
from app.web.moderator_mails import tell_moderators
from app.web.signin_mails import site_name
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes

blueprint = Blueprint("record_reports", __name__)

KIND = "report"
BY_MEMBER = Rule("report-by", 30)


@blueprint.get("/-/record/report/<path:path>")
def show(path: str) -> Response:
    """Show the form."""
    return _form(door().record(viewer(), typed_path(path)), {})


def _form(row: RecordRow, errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render(
        "life/report.html", code, record=row, errors=errors, back=address(row.path),
        reasons=[(key, gettext(words)) for key, words in REASONS.items()],
        reason=request.values.get("reason", ""), typed=request.form.get("text", ""), most=MAX_TEXT,
        visitor=None if viewer().is_signed_in else visitor_form.fields(),
    ))  # fmt: skip


@blueprint.post("/-/record/report/<path:path>")
def send(path: str) -> Response:
    """Keep a report: of a member at once, of others when they have confirmed their address."""
    row = door().record(viewer(), typed_path(path))
    try:
        typed = _typed()
        return _send(row, typed) if viewer().is_signed_in else _keep(row, typed)
    except Mistakes as mistakes:
        return _form(row, mistakes.errors, mistakes.status)
    except (Invalid, TooMany) as error:
        return _form(row, {"reason": say(error)}, error.status)


def _again(sentence: str, code: int) -> Response:
    return _form(door().record(viewer(), typed_path((request.view_args or {})["path"])), {"reason": sentence}, code)


keep(blueprint, {"record_reports.send": _again})


@dataclass(frozen=True, slots=True)
class _Typed:
    reason: str
    text: str


def _typed() -> _Typed:
    reason = request.form.get("reason", "")
    if reason not in REASONS:
        raise Invalid(N_("Choose what is wrong."))
    text = UNFIT.sub("", request.form.get("text", "")).replace("\r\n", "\n").strip()
    if len(text) > MAX_TEXT:
        raise Invalid(N_("This text is too long. Use at most %(cap)s letters."), cap=MAX_TEXT)
    return _Typed(reason, text)


def _send(row: RecordRow, typed: _Typed) -> Response:
    with station().truth.begin() as connection:
        throttle.spend(connection, BY_MEMBER, viewer().pseudonym or "")
        reports.add(connection, row.id, typed.reason, typed.text, viewer().pseudonym or "")
        tell_moderators(connection, row.path)
    notice("done", gettext("Thank you. Somebody looks at it."))
    return redirect(address(row.path), 303)


def _keep(row: RecordRow, typed: _Typed) -> Response:
    """Keep the report of somebody without an account; a program is thanked all the same."""
    who = visitor_form.check()
    if who is None:
        return _kept(row)
    is_asked = visitor_form.can_confirm()
    with station().truth.begin() as connection:
        visitor, secret = visitors.add(connection, who.name, who.email, can_confirm=is_asked)
        reports.add(connection, row.id, typed.reason, typed.text, visitor.pseudonym, visitor)
        if is_asked:
            _ask_to_confirm(connection, visitor, secret)
        else:
            tell_moderators(connection, row.path)
    return sign(_kept(row), who.name)


def _kept(row: RecordRow) -> Response:
    email = request.form.get("email", "").strip()[:254]
    return uncached(render("life/reported.html", record=row, email=email, is_asked=visitor_form.can_confirm()))


def _ask_to_confirm(connection: Connection, visitor: Visitor, secret: str) -> None:
    site = site_name()
    words = [
        gettext("Hello,"),
        gettext("An error on %(site)s was reported with this address. Was it you?", site=site),
        gettext("Open this link and press the button. Then somebody looks at it:"),
        in_mail(url("record_reports.mine", secret=secret)) or "",
        gettext("The link works for 7 days."),
        gettext("You did not report anything? Then do nothing."),
        site,
    ]
    subject = gettext("Confirm your report on %(site)s", site=site)
    queue(connection, Mail(visitor.email, subject, "\n\n".join(words) + "\n", kind=KIND))


@blueprint.get("/-/record/reported/<secret>")
def mine(secret: str) -> Response:
    """Ask whether the report is theirs; opening the link confirms nothing, mail scanners open links."""
    with station().truth.connect() as connection:
        _, report = _find(connection, secret)
    row = door().records_by_id(viewer(), [report.page_id]).get(report.page_id)
    return uncached(render(
        "life/report_mine.html", secret=secret, record=row, reason=gettext(REASONS[report.reason]), text=report.text,
        is_waiting=report.state == UNCONFIRMED,
    ))  # fmt: skip


def _find(connection: Connection, secret: str) -> tuple[Visitor, Report]:
    visitor = visitors.find(connection, secret)
    report = reports.find_of_visitor(connection, visitor.id) if visitor else None
    if visitor is None or report is None:
        raise NotFound(N_("This link no longer works."))
    return visitor, report


@blueprint.post("/-/record/reported/<secret>")
def confirm(secret: str) -> Response:
    """Confirm the address, and let the report be seen."""
    with station().truth.begin() as connection:
        visitor, report = _find(connection, secret)
        visitors.confirm(connection, visitor)
        row = door().records_by_id(OPERATOR, [report.page_id]).get(report.page_id)
        if reports.confirm(connection, report) and row:
            tell_moderators(connection, row.path)
    return redirect(url("record_reports.mine", secret=secret), 303)
