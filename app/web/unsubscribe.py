"""Choose another rhythm from a mail, without signing in; by one press of the mail program none at all (RFC 8058)."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.follow import rhythm, unsubscribing
from app.people.accounts import Account
from app.web.addresses import url
from app.web.follow import keep_rhythm, rhythms
from app.web.kit import notice, render, station, uncached
from app.web.protection import ONE_CLICK

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/-/unsubscribe/<secret>")
def show(secret: str) -> Response:
    """Ask how often; opening the address changes nothing, because programs that look for viruses open it too."""
    account = _owner(secret)
    return _form(secret, account) if account else render("signin/expired.html", 410)


def _owner(secret: str) -> Account | None:
    with station().truth.connect() as connection:
        return unsubscribing.read(connection, station().config.secret_key, secret)


def _form(secret: str, account: Account) -> Response:
    with station().truth.connect() as connection:
        chosen = rhythm.find(connection, account.id)
    return uncached(render("follow/unsubscribe.html", secret=secret, rhythm=chosen, rhythms=rhythms()))


@blueprint.post("/-/unsubscribe/<secret>")
def choose(secret: str) -> Response:
    """Keep the choice; the press in a mail program means never."""
    account = _owner(secret)
    if account is None:
        return render("signin/expired.html", 410)
    if request.form.get("List-Unsubscribe") == ONE_CLICK:
        keep_rhythm(account, rhythm.NEVER)
        return _form(secret, account)
    keep_rhythm(account, request.form.get("rhythm", ""))
    notice("done", gettext("Your choice is kept."))
    return redirect(url("unsubscribe.show", secret=secret), 303)
