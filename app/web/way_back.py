"""Whether somebody can come in again once signed out; whoever cannot is asked once before."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.people import identities
from app.people.accounts import Account
from app.web.kit import render, station, uncached, viewer
from app.web.signin_mails import may_mail


def has_way_back(account: Account) -> bool:
    """Tell whether an account has anything to sign in with: a password alone is of no use without an address."""
    if account.email and (may_mail() or account.has_password):
        return True
    with station().truth.connect() as connection:
        return bool(identities.list_identities(connection, account.id))


def ask_first() -> Response | None:
    """Ask whoever signs out and could not come back; None where there is nothing to ask, or it was said already."""
    if not viewer().is_signed_in or request.form.get("sure"):
        return None
    # Who was let in by somebody else is let in again the same way.
    if current_user.session.is_beside or has_way_back(current_user.account):
        return None
    return uncached(render("signin/leave.html", send_to=request.path, device=request.form.get("device", "")))
