"""Sign in by a one-time link, sign out. (E-mail, invitations and passwords come with a later issue.)"""

from flask import Blueprint, Flask, g, redirect, request
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app.people import accounts
from app.people.accounts import Account
from app.people.viewer import signed_in
from app.web.addresses import address
from app.web.kit import notice, render, station

blueprint = Blueprint("signin", __name__)


class SignedIn(UserMixin):
    """An account, as Flask-Login knows it; the session key in its id ends all sessions when it is drawn anew."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.id = f"{account.id}.{account.session_key}"


def connect(app: Flask) -> None:
    """Give the application its sessions."""
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # it binds sessions to addresses, which change on a phone
    manager.user_loader(_load)
    # Before everything else that runs before a request: the guards ask who is looking.
    app.before_request_funcs.setdefault(None, []).insert(0, _recognise)


def _load(session_id: str) -> SignedIn | None:
    number, _, key = session_id.partition(".")
    if not number.isdecimal():
        return None
    with station().truth.connect() as connection:
        account = accounts.find(connection, int(number))
    return SignedIn(account) if account and account.session_key == key else None


def _recognise() -> None:
    """Find who is looking; a browser without a session cookie is anonymous and costs nothing."""
    if "session" not in request.cookies or request.path.startswith("/-/api/"):
        return
    if current_user.is_authenticated:
        account: Account = current_user.account
        g.viewer = signed_in(account.name, account.pseudonym, is_admin=account.is_admin)


@blueprint.get("/-/signin")
def signin() -> Response:
    """Say how to sign in; with a link's secret show the one button that uses it up."""
    secret = request.args.get("token", "")
    if not secret:
        return render("signin/signin.html")
    with station().truth.connect() as connection:
        is_usable = accounts.may_use_link(connection, secret)
    return render("signin/link.html", token=secret) if is_usable else render("signin/expired.html", 410)


@blueprint.post("/-/signin")
def enter() -> Response:
    """Use a link up and sign in."""
    with station().truth.begin() as connection:
        account = accounts.use_link(connection, request.form.get("token", ""))
    if account is None:
        return render("signin/expired.html", 410)
    login_user(SignedIn(account))
    g.viewer = signed_in(account.name, account.pseudonym, is_admin=account.is_admin)
    notice("done", gettext("Welcome, %(name)s.", name=account.name))
    return redirect(address("index"), 303)


@blueprint.post("/-/signout")
def signout() -> Response:
    """End the session; the browser forgets what it kept of this site, drafts included."""
    if current_user.is_authenticated:  # a copied cookie must not outlive the session; signs out everywhere, for now
        with station().truth.begin() as connection:
            accounts.end_sessions(connection, current_user.account.id)
    logout_user()
    response = redirect(address("index"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
