"""The mails that wait or failed, for administrators: to whom and about what, never the words."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.rows import moment
from app.outbox import mails, smtp
from app.outbox.mails import Queued
from app.people import acts
from app.web.addresses import url
from app.web.kit import check_admin, notice, render, station, uncached, viewer

blueprint = Blueprint("mails", __name__)

MOST = 200  # mails on the page
_MAX_DIGITS = 12


@blueprint.get("/-/admin/mails")
def show() -> Response:
    """List them."""
    check_admin()
    with station().truth.connect() as connection:
        listed, count = mails.list_unsent(connection, MOST), mails.count_unsent(connection)
    entries = [_entry(mail) for mail in listed]
    is_set = smtp.is_configured(station().mail_config)
    return uncached(render("mails/list.html", entries=entries, more=count - len(entries), is_set=is_set))


@blueprint.post("/-/admin/mails")
def change() -> Response:
    """Throw one away, or let one be tried again."""
    check_admin()
    number, is_to_go = request.form.get("id", ""), request.form.get("action") == "drop"
    mail_id = int(number) if number.isdecimal() and len(number) < _MAX_DIGITS else 0
    with station().truth.begin() as connection:
        is_done = mails.drop(connection, mail_id) if is_to_go else mails.try_again(connection, mail_id)
        if is_done and is_to_go:
            acts.note(connection, viewer().pseudonym or "", "dropped-mail")
    _tell(is_done, is_to_go)
    return redirect(url("mails.show"), 303)


def _tell(is_done: bool, is_to_go: bool) -> None:
    if not is_done:
        notice("info", gettext("Nothing was done: this mail has gone out, or goes out now."))
    elif is_to_go:
        notice("done", gettext("The mail is thrown away."))
    else:
        notice("done", gettext("The mail is tried again now."))


def _entry(mail: Queued) -> SimpleNamespace:
    return SimpleNamespace(
        id=mail.id,
        to=mail.to,
        subject=mail.subject or gettext("About signing in"),
        made_at=moment(mail.created_at),
        next_at=moment(mail.due_at) if mail.due_at > mail.created_at and not mail.failed_at else None,
        has_failed=mail.failed_at is not None,
        error=gettext(mail.error) if mail.error else "",  # a server's words stay as they are
        # What somebody signs in with has no words any more once it has failed.
        may_be_tried=mail.kind not in mails.URGENT if mail.failed_at else bool(mail.error),
    )
