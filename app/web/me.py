"""One's own corner: where one is signed in, how one gets in, bearer tokens for programs."""

from flask import Blueprint, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, Refused
from app.people import sessions, tokens
from app.people.accounts import Account
from app.web.addresses import url
from app.web.kit import render, station, viewer

blueprint = Blueprint("me", __name__)


@blueprint.get("/-/me")
def show() -> Response:
    """Show where one is signed in, and the tokens."""
    return _page(own_account(), None)


@blueprint.post("/-/me")
def change() -> Response:
    """Make a token, shown this once, or revoke one."""
    account = own_account()
    if request.form.get("action") == "revoke":
        number = request.form.get("id", "")
        with station().truth.begin() as connection:
            tokens.revoke(connection, account.id, int(number) if number.isdecimal() and len(number) < 12 else 0)
        return redirect(url("me.show"), 303)
    with station().truth.begin() as connection:
        secret = tokens.make(connection, account.id, request.form.get("name", ""), may_write=True)
    return _page(account, secret)


def own_account() -> Account:
    """Give the account of who is signed in; raises Refused."""
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to see this page."))
    account: Account = current_user.account
    return account


def _page(account: Account, secret: str | None) -> Response:
    with station().truth.connect() as connection:
        own = tokens.list_tokens(connection, account.id)
        devices = sessions.list_sessions(connection, account.id)
    here = current_user.session.digest
    response = render("me/show.html", tokens=own, new_token=secret, account=account, devices=devices, this_device=here)
    response.headers["Cache-Control"] = "no-store"
    return response
