"""Who is signed in in this browser: Flask-Login over the sessions of the database."""

from contextlib import suppress

from flask import Flask, g, redirect, request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from app.people import groups, sessions
from app.people.accounts import Account
from app.people.sessions import OWN_SECONDS, Session
from app.people.viewer import Viewer
from app.web.addresses import address
from app.web.devices import name_device
from app.web.kit import station


class SignedIn(UserMixin):
    """Somebody signed in, as Flask-Login knows it; the id is the secret that the browser holds."""

    def __init__(self, secret: str, session: Session, viewer: Viewer) -> None:
        self.id, self.session, self.account, self.viewer = secret, session, session.account, viewer


def connect(app: Flask) -> None:
    """Give the application its sessions."""
    app.config.update(PERMANENT_SESSION_LIFETIME=OWN_SECONDS, SESSION_REFRESH_EACH_REQUEST=False)
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # it binds sessions to addresses, which change on a phone
    manager.user_loader(_load)
    # Before everything else that runs before a request: the guards ask who is looking.
    app.before_request_funcs.setdefault(None, []).insert(0, _recognise)


def _load(secret: str) -> SignedIn | None:
    with station().truth.connect() as connection:
        found = _find(connection, secret)
    if found and found.session.is_stale:
        with suppress(OperationalError), station().truth.begin() as connection:  # a page is shown all the same
            sessions.see(connection, found.session)
    return found


def _find(connection: Connection, secret: str) -> SignedIn | None:
    session = sessions.find(connection, secret)
    return SignedIn(secret, session, groups.viewer_of(connection, session.account)) if session else None


def _recognise() -> None:
    """Find who is looking; a browser without a session cookie is anonymous and costs nothing."""
    if "session" not in request.cookies or request.path.startswith("/-/api/"):
        return
    if current_user.is_authenticated:
        g.viewer = current_user.viewer


def begin(account: Account, *, is_beside: bool = False) -> None:
    """Sign somebody in: in a new session, so that nobody can have laid one ready; two hours, until they say more."""
    with station().truth.begin() as connection:
        if current_user.is_authenticated:
            sessions.end(connection, current_user.account.id, current_user.session.digest)
        device = name_device(request.user_agent.string)
        secret = sessions.start(connection, account.id, is_shared=True, device=device, is_beside=is_beside)
        entered = _find(connection, secret)
    assert entered is not None
    cookie.clear()
    login_user(entered)
    g.viewer = entered.viewer
    generate_csrf()  # pages that are kept name it: it must not come with the second one


def set_device(*, is_shared: bool) -> None:
    """Keep whether this is the device of who is signed in; the cookie of a shared one goes with its window."""
    with station().truth.begin() as connection:
        sessions.set_device(connection, current_user.session, is_shared=is_shared)
    cookie.permanent = not is_shared


def end() -> Response:
    """Sign out in this browser, which forgets what it kept of this site; a copied cookie is of no use any more."""
    sign_out()
    return cleared(redirect(address("index"), 303))


def sign_out() -> None:
    """End the session; what is shown from now on in this request is shown to somebody who is not signed in."""
    if current_user.is_authenticated:
        with station().truth.begin() as connection:
            sessions.end(connection, current_user.account.id, current_user.session.digest)
    logout_user()
    cookie.clear()
    g.pop("viewer", None)


def cleared(response: Response) -> Response:
    """Let the browser forget what it kept of this site, drafts included."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
