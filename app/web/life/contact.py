"""Write to who stands behind a record, without seeing the address: a form whose words become a mail."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordRow
from app.comments.words import clean_text
from app.errors import N_, GareError, Invalid, NotFound
from app.people import accounts, visitors
from app.people.accounts import Account
from app.records import contact, private
from app.records.contact import Sender
from app.web import visitor_form
from app.web.addresses import address
from app.web.kit import UNFIT, door, notice, render, say, sign, station, typed_path, uncached, viewer
from app.web.life.contact_mails import ask_to_confirm, relay
from app.web.signin_mails import may_mail_links
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes, Typed

blueprint = Blueprint("contact", __name__)

_NOBODY = N_("Nobody can be written to here.")


def may_write_to(row: RecordRow) -> bool:
    """Tell whether the button “Write to them” leads anywhere."""
    if not may_mail_links():
        return False
    with station().truth.connect() as connection:
        return bool(receiver(connection, row)) and not contact.is_stopped(connection, row.id)


def receiver(connection: Connection, row: RecordRow) -> str:
    """Find the address that messages about a record go to; for the outbox only."""
    values = private.load(connection, [row.id]).get(row.id, {})
    return contact.find_recipient(connection, door().find_form(viewer(), row.form), row, values)


@blueprint.get("/-/contact/<path:path>")
def show(path: str) -> Response:
    """Show the form."""
    return _form(_find(path), {})


def _find(path: str) -> RecordRow:
    """Find a record that the viewer may read and whose people can be written to; raises NotFound."""
    row = door().record(viewer(), typed_path(path))
    if not may_mail_links():
        raise NotFound(N_("This site sends no mails yet. Ask those who look after it."))
    with station().truth.connect() as connection:
        if not receiver(connection, row):
            raise NotFound(_NOBODY)
        if contact.is_stopped(connection, row.id):
            raise NotFound(N_("These people take no messages from here at the moment."))
    return row


def _form(row: RecordRow, errors: dict[str, str], code: int = 200) -> Response:
    account = _own_account()
    return uncached(render(
        "life/contact.html", code, record=row, errors=errors, typed=request.form.get("text", ""),
        visitor=None if viewer().is_signed_in else visitor_form.fields(),
        email=account.email if account else None, back=address(row.path),
    ))  # fmt: skip


def _own_account() -> Account | None:
    with station().truth.connect() as connection:
        return accounts.find_by_pseudonym(connection, viewer().pseudonym or "")


@blueprint.post("/-/contact/<path:path>")
def send(path: str) -> Response:
    """Send a message, or keep it until the sender's address is confirmed."""
    row = _find(path)
    try:
        text = clean_text(UNFIT.sub("", request.form.get("text", "")))
        with station().truth.connect() as connection:
            contact.check_is_left(connection, row.id)
        return _send_as_member(row, text) if viewer().is_signed_in else _keep(row, text)
    except Mistakes as mistakes:
        return _form(row, mistakes.errors, mistakes.status)
    except GareError as error:
        return _form(row, {"text": say(error)}, error.status)


def _again(sentence: str, code: int) -> Response:
    return _form(_find((request.view_args or {})["path"]), {"text": sentence}, code)


keep(blueprint, {"contact.send": _again})


def _send_as_member(row: RecordRow, text: str) -> Response:
    account = _own_account()
    if account is None or not account.email:
        raise Invalid(N_("Add your e-mail address first: the answer goes there."))
    sender = Sender(account.name, account.email, account.pseudonym, account_id=account.id)
    with station().truth.begin() as connection:
        number = pass_on(connection, row, text, sender)
        if not number:
            raise NotFound(_NOBODY)
    notice("done", gettext("Your message is sent."))
    return redirect(address(row.path), 303)


def pass_on(connection: Connection, row: RecordRow, text: str, sender: Sender, number: int = 0) -> int:
    """Queue a message for who stands behind a record, and count it; gives its number, 0 where nobody takes it."""
    to = receiver(connection, row)
    if not to or contact.is_stopped(connection, row.id):
        return 0
    contact.check_may_send(connection, sender.email)
    contact.spend(connection, row.id, sender.email)
    number = number or contact.add(connection, row.id, text, sender)
    relay(connection, to, row, text, sender, number)
    return number


def _keep(row: RecordRow, text: str) -> Response:
    """Keep a message until its sender opens the link in the mail; a program is thanked all the same."""
    typed = visitor_form.check()
    if typed is None:
        return _kept(row)
    with station().truth.begin() as connection:
        contact.check_may_send(connection, typed.email)
        _ask(connection, row, text, typed)
    return sign(_kept(row), typed.name)


def _ask(connection: Connection, row: RecordRow, text: str, typed: Typed) -> None:
    visitor, secret = visitors.add(connection, typed.name, typed.email)
    contact.add(
        connection, row.id, text, Sender(visitor.name, visitor.email, visitor.pseudonym, visitor_id=visitor.id)
    )  # fmt: skip
    ask_to_confirm(connection, visitor, secret)


def _kept(row: RecordRow) -> Response:
    email = request.form.get("email", "").strip()[:254]
    return uncached(render("life/contact_kept.html", record=row, email=email))
