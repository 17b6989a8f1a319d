"""People, for administrators: who is here, shutting out and letting in, signing in the person beside you."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.errors import N_, Invalid, NotFound, Refused
from app.outbox.mails import queue
from app.people import accounts, acts, groups, invitations, rights
from app.people.accounts import Account
from app.web.addresses import absolute, url, with_query
from app.web.kit import UNKNOWN_BUTTON, check_admin, notice, render, station, uncached, viewer
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
        waiting, into = invitations.list_open(connection), groups.titles(connection)
    names = {one.id: one.name for one in people}
    return uncached(render("people/list.html", people=people, invitations=waiting, names=names, into=into))


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
    if rights.may_invite(viewer()) and not viewer().is_admin:
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
    """Shut somebody out or let them in again; let them administer the site, or no more."""
    check_admin()
    deed = DEEDS.get(request.form.get("action", ""))
    if deed is None:
        raise Invalid(UNKNOWN_BUTTON)
    if pseudonym == viewer().pseudonym:
        raise Refused(N_("Another administrator does this for you."))
    do, what, said = deed
    with station().truth.begin() as connection:
        account = _get(connection, pseudonym)
        do(connection, account)
        acts.note(connection, current_user.account.pseudonym, what, pseudonym)
    notice("done", gettext(said) % {"name": account.name})
    return redirect(url("people.person", pseudonym=pseudonym), 303)


DEEDS: dict[str, tuple[Callable[[Connection, Account], None], str, str]] = {
    "block": (partial(accounts.block, is_blocked=True), "blocked", N_("%(name)s is blocked.")),
    "unblock": (partial(accounts.block, is_blocked=False), "unblocked", N_("%(name)s can sign in again.")),
    "admin": (partial(accounts.set_admin, is_admin=True), "made-admin", N_("%(name)s administers the site now.")),
    "no-admin": (partial(accounts.set_admin, is_admin=False), "unmade-admin",
                 N_("%(name)s does not administer the site any more.")),
}  # fmt: skip


@blueprint.post("/-/people/<pseudonym>/beside")
def beside(pseudonym: str) -> Response:
    """Show a link that signs the person beside you in within five minutes, as a QR code for their phone."""
    with station().truth.begin() as connection:
        account = _get_beside(connection, pseudonym)
        if account.is_blocked:
            raise Refused(N_("This person is blocked. Let them in again first."))
        # Who was let in by somebody else and lets himself in is let in by somebody else, still.
        is_beside = current_user.session.is_beside or account.pseudonym != viewer().pseudonym
        secret = accounts.make_link(connection, account.id, BESIDE_SECONDS, is_beside=is_beside)
        acts.note(connection, current_user.account.pseudonym, "signed-in-beside", pseudonym)
        if account.email and account.pseudonym != viewer().pseudonym:
            said = gettext("%(name)s made a link that signs you in, to be used beside them.", name=viewer().name)
            queue(connection, changed_mail(account.email, said))
    link = absolute(with_query(url("signin.signin"), token=secret))
    return uncached(render("people/beside.html", person=account, link=link, picture=draw(link), is_beside=is_beside))
