"""Accept an invitation: say one's name and be in; nothing else is asked of somebody who comes for the first time.

Who is signed in already is let into the group of the invitation, and gets no second account.
"""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import Conflict, Invalid, NotFound, TooMany
from app.people import invitations, throttle
from app.people.addresses import clean_email
from app.people.groups import Group
from app.people.invitations import Invitation
from app.people.throttle import Rule
from app.web import sessions
from app.web.access import send_proof
from app.web.addresses import address, url, with_query
from app.web.kit import notice, render, say, station, uncached, viewer
from app.web.protection import asker
from app.web.signin_mails import may_mail_links

blueprint = Blueprint("invite", __name__)

ACCEPTED_FROM = Rule("accept-from", 100)


@blueprint.get("/-/invite/<secret>")
def show(secret: str) -> Response:
    """Show an invitation, without using it up."""
    invitation = _find(secret)
    if invitation is None:
        return render("invite/over.html", 410)
    group = _group(invitation) if viewer().is_signed_in and not request.args.get("other") else None
    return _offer(secret, group) if group else _form(secret, invitation, {})


def _find(secret: str) -> Invitation | None:
    with station().truth.connect() as connection:
        return invitations.find(connection, secret)


def _group(invitation: Invitation) -> Group | None:
    with station().truth.connect() as connection:
        return invitations.find_group(connection, invitation)


def _offer(secret: str, group: Group) -> Response:
    """Ask whether who is signed in joins, or somebody else comes in on this device."""
    if group.name in viewer().groups:
        return redirect(url("groups.show", name=group.name), 303)
    return uncached(render("invite/join.html", secret=secret, group=group))


def _join(secret: str) -> Response:
    """Let who is signed in into the group."""
    if not viewer().is_signed_in:  # the session has ended meanwhile
        return redirect(url("invite.show", secret=secret), 303)
    try:
        with station().truth.begin() as connection:
            group = invitations.join(connection, secret, current_user.account.id)
    except NotFound:
        return render("invite/over.html", 410)
    notice("done", gettext("You are in this group now."))
    return redirect(url("groups.show", name=group.name), 303)


def _form(secret: str, invitation: Invitation, errors: dict[str, str], code: int = 200) -> Response:
    typed = {name: request.form.get(name, "") for name in ("name", "email")}
    asks_email = invitation.email is None and may_mail_links()
    return uncached(
        render("invite/form.html", code, secret=secret, errors=errors, typed=typed, asks_email=asks_email,
               email=invitation.email, is_inside=viewer().is_signed_in)
    )  # fmt: skip


@blueprint.post("/-/invite/<secret>")
def accept(secret: str) -> Response:
    """Make the account and sign it in; an address that was typed is its own once a mail has proved it."""
    if request.form.get("action") == "join":
        return _join(secret)
    invitation = _find(secret)
    if invitation is None:
        return render("invite/over.html", 410)
    typed = "" if invitation.email else request.form.get("email", "").strip()
    if errors := _email_errors(typed):
        return _form(secret, invitation, errors, 400)
    try:
        with station().truth.begin() as connection:
            throttle.spend(connection, ACCEPTED_FROM, asker())
            account = invitations.accept(connection, secret, request.form.get("name", ""))
    except NotFound:
        return render("invite/over.html", 410)
    except (Invalid, Conflict, TooMany) as error:
        return _form(secret, invitation, {"name": say(error)}, error.status)
    sessions.begin(account)
    if typed and may_mail_links():
        send_proof(account, typed)
    return redirect(with_query(url("signin.device"), back=address("index")), 303)


def _email_errors(typed: str) -> dict[str, str]:
    try:
        if typed:
            clean_email(typed)
    except Invalid as error:
        return {"email": say(error)}
    return {}
