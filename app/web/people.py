"""People, for administrators: who is here, shutting out and letting in, signing in the person beside you."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.errors import N_, NotFound, Refused
from app.outbox.mails import queue
from app.people import accounts, acts, groups, invitations, rights
from app.people.accounts import Account
from app.web.addresses import absolute, url, with_query
from app.web.kit import notice, render, station, uncached, viewer
from app.web.qr import draw
from app.web.signin_mails import changed_mail

blueprint = Blueprint("people", __name__)

BESIDE_SECONDS = 5 * 60
MISSING = N_("There is no such person here.")


@blueprint.get("/-/people/")
def show() -> Response:
    """List the people and the open invitations."""
    check_admin()
    with station().truth.connect() as connection:
        people = sorted(accounts.list_all(connection), key=lambda one: one.name.casefold())
        waiting = invitations.list_open(connection)
    names = {one.id: one.name for one in people}
    return uncached(render("people/list.html", people=people, invitations=waiting, names=names))


def check_admin() -> None:
    """Raise Refused where somebody does not administer the site."""
    if not viewer().is_admin:
        raise Refused(N_("This page is for administrators. Sign in first."))


def _get(connection: Connection, pseudonym: str) -> Account:
    account = accounts.find_by_pseudonym(connection, pseudonym)
    if account is None:
        raise NotFound(MISSING)
    return account


def _get_beside(connection: Connection, pseudonym: str) -> Account:
    """Find somebody whom the viewer may sign in; raises Refused to all others, whoever is asked for."""
    account = accounts.find_by_pseudonym(connection, pseudonym)
    if account and rights.may_sign_in_beside(viewer(), groups.viewer_of(connection, account)):
        return account
    if viewer().referent_of and not viewer().is_admin:
        raise Refused(N_("You cannot sign this person in. Ask an administrator."))
    check_admin()
    raise NotFound(MISSING)


@blueprint.get("/-/people/<pseudonym>")
def person(pseudonym: str) -> Response:
    """Show what an administrator, or who looks after a group, may do for somebody."""
    with station().truth.connect() as connection:
        account = _get_beside(connection, pseudonym)
    return uncached(render("people/person.html", person=account, is_me=account.pseudonym == viewer().pseudonym))


@blueprint.post("/-/people/<pseudonym>")
def change(pseudonym: str) -> Response:
    """Shut somebody out, or let them in again."""
    check_admin()
    is_blocked = request.form.get("action") == "block"
    if pseudonym == viewer().pseudonym:
        raise Refused(N_("You cannot block yourself. Ask another administrator."))
    with station().truth.begin() as connection:
        account = _get(connection, pseudonym)
        accounts.block(connection, account, is_blocked=is_blocked)
        acts.note(connection, current_user.account.pseudonym, "blocked" if is_blocked else "unblocked", pseudonym)
    said = gettext("%(name)s is blocked.") if is_blocked else gettext("%(name)s can sign in again.")
    notice("done", said % {"name": account.name})
    return redirect(url("people.person", pseudonym=pseudonym), 303)


@blueprint.post("/-/people/<pseudonym>/beside")
def beside(pseudonym: str) -> Response:
    """Show a link that signs the person beside you in within five minutes, as a QR code for their phone."""
    with station().truth.begin() as connection:
        account = _get_beside(connection, pseudonym)
        if account.is_blocked:
            raise Refused(N_("This person is blocked. Let them in again first."))
        secret = accounts.make_link(connection, account.id, BESIDE_SECONDS)
        acts.note(connection, current_user.account.pseudonym, "signed-in-beside", pseudonym)
        if account.email and account.pseudonym != viewer().pseudonym:
            said = gettext("%(name)s made a link that signs you in, to be used beside them.", name=viewer().name)
            queue(connection, changed_mail(account.email, said))
    link = absolute(with_query(url("signin.signin"), token=secret))
    return uncached(render("people/beside.html", person=account, link=link, picture=draw(link)))
