"""One's own corner: bearer tokens for programs. (Sessions and one's own data come with the people issue.)"""

from flask import Blueprint, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, Refused
from app.people import tokens
from app.people.accounts import Account
from app.web.addresses import url
from app.web.kit import render, station, viewer

blueprint = Blueprint("me", __name__)


@blueprint.get("/-/me")
def show() -> Response:
    """List the tokens."""
    return _page(_account(), None)


@blueprint.post("/-/me")
def change() -> Response:
    """Make a token, shown this once, or revoke one."""
    account = _account()
    if request.form.get("action") == "revoke":
        number = request.form.get("id", "")
        with station().truth.begin() as connection:
            tokens.revoke(connection, account.id, int(number) if number.isdecimal() and len(number) < 12 else 0)
        return redirect(url("me.show"), 303)
    with station().truth.begin() as connection:
        secret = tokens.make(connection, account.id, request.form.get("name", ""), may_write=True)
    return _page(account, secret)


def _account() -> Account:
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to see this page."))
    account: Account = current_user.account
    return account


def _page(account: Account, secret: str | None) -> Response:
    with station().truth.connect() as connection:
        own = tokens.list_tokens(connection, account.id)
    response = render("me/show.html", tokens=own, new_token=secret)
    response.headers["Cache-Control"] = "no-store"
    return response
