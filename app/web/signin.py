"""Sign in by a link or a code from a mail, or with a password; say whose device it is; sign out."""

from urllib.parse import quote, unquote

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import GareError, Invalid, TooMany
from app.outbox.mails import queue
from app.people import accounts, passwords
from app.people import signin as signing
from app.people.accounts import Account
from app.web import openid_service, sessions, setup, trusted_header
from app.web.addresses import address, in_mail, url, with_query
from app.web.kit import notice, render, say, station, uncached, viewer
from app.web.protection import asker, local_address
from app.web.signin_mails import may_mail, signin_mail
from app.web.way_back import ask_first

blueprint = Blueprint("signin", __name__)

COOKIE = "gare_ask"  # what the browser holds that asked for a code, and where it wants to go back to
MAX_BACK = 1000


@blueprint.get("/-/signin")
def signin() -> Response:
    """Ask for an address; with a link's secret show the one button that uses it up."""
    if secret := request.args.get("token", ""):
        return _show_link(secret)
    back = local_address(request.args.get("back"))
    return redirect(back, 303) if viewer().is_signed_in else _form(back, {})


def _show_link(secret: str) -> Response:
    with station().truth.connect() as connection:
        owner = signing.find_link_owner(connection, secret)
    if owner is None:
        return render("signin/expired.html", 410)
    return uncached(render("signin/link.html", token=secret, name=owner.name))


def _form(back: str, errors: dict[str, str], code: int = 200) -> Response:
    typed = {name: request.form.get(name, "") for name in ("email", "account")}
    service = openid_service.label_of(station().config) if in_mail("/") else ""
    return uncached(
        render("signin/signin.html", code, back=back, errors=errors, typed=typed, may_mail=may_mail(), service=service)
    )


@blueprint.post("/-/signin")
def enter() -> Response:
    """Use a link up and sign in, or send a mail to the address that was typed."""
    if "email" in request.form:
        return _ask()
    secret = request.form.get("token", "")
    with station().truth.begin() as connection:
        is_beside = accounts.is_beside(connection, secret)
        account = signing.use_link(connection, secret)
    if account is None:
        return render("signin/expired.html", 410)
    return _come_in_beside(account) if is_beside else come_in(account, _asked()[1])


def _come_in_beside(account: Account) -> Response:
    """Begin a session for somebody whom somebody else lets in; whose device it is is not asked."""
    sessions.begin(account, is_beside=True)
    notice("done", gettext("Welcome, %(name)s. You are signed in for two hours.", name=account.name))
    return redirect(address("index"), 303)


def _ask() -> Response:
    back = local_address(request.form.get("back"))
    try:
        with station().truth.begin() as connection:
            asked = signing.ask(connection, request.form["email"], asker())
            queue(connection, signin_mail(asked))
    except (Invalid, TooMany) as error:
        return _form(back, {"email": say(error)}, error.status)
    response = redirect(url("signin.code"), 303)
    response.set_cookie(
        COOKIE, f"{asked.ask}.{quote(back)[:MAX_BACK]}", max_age=signing.SECONDS, path=url("signin.signin"),
        httponly=True, samesite="Lax", secure=request.is_secure,
    )  # fmt: skip
    return response


def _asked() -> tuple[str, str]:
    """Give what this browser holds since it asked: a secret, and where to go after."""
    secret, _, back = request.cookies.get(COOKIE, "").partition(".")
    return secret, local_address(unquote(back))


@blueprint.get("/-/signin/code")
def code() -> Response:
    """Ask for the code of the mail."""
    return _code_form({}) if _is_waiting() else redirect(url("signin.signin"), 303)


def _is_waiting() -> bool:
    with station().truth.connect() as connection:
        return signing.is_waiting(connection, _asked()[0])


def _code_form(errors: dict[str, str], status: int = 200) -> Response:
    return uncached(render("signin/code.html", status, errors=errors))


@blueprint.post("/-/signin/code")
def enter_code() -> Response:
    """Use a code up and sign in."""
    secret, back = _asked()
    with station().truth.begin() as connection:
        account = signing.use_code(connection, secret, request.form.get("code", ""), asker())
    if account:
        return come_in(account, back)
    if _is_waiting():
        return _code_form({"code": gettext("This is not the code of the last mail. Look again.")}, 400)
    return _form(back, {"email": gettext("This code no longer works. Ask for a new mail.")}, 400)


@blueprint.post("/-/signin/password")
def enter_password() -> Response:
    """Sign in with a password."""
    back, typed = local_address(request.form.get("back")), request.form.get("account", "")
    try:
        with station().truth.begin() as connection:
            passwords.count_try(connection, typed, asker())
        account = _checked(typed, request.form.get("password", ""))
    except GareError as error:
        return _form(back, {"account": say(error)}, error.status)
    if account is None:
        return _form(back, {"account": gettext("Address and password do not belong together.")}, 400)
    return come_in(account, back)


def _checked(typed: str, password: str) -> Account | None:
    with station().truth.connect() as connection:
        account = passwords.check(connection, typed, password)
    if account is None:
        return None
    with station().truth.begin() as connection:
        return accounts.signed_in(connection, accounts.find(connection, account.id))


def come_in(account: Account, back: str) -> Response:
    """Begin a session, and ask whose device this is."""
    sessions.begin(account)
    if account.is_admin and setup.is_waiting() and back == address("index"):
        back = url("setup.begin")
    response = redirect(with_query(url("signin.device"), back=back), 303)
    response.delete_cookie(COOKIE, path=url("signin.signin"))
    return response


@blueprint.get("/-/signin/device")
def device() -> Response:
    """Ask whose device this is."""
    back = local_address(request.args.get("back"))
    may_ask = viewer().is_signed_in and not current_user.session.is_beside
    return uncached(render("signin/device.html", back=back)) if may_ask else redirect(back, 303)


@blueprint.post("/-/signin/device")
def keep_device() -> Response:
    """Keep the answer, and go where one wanted to go."""
    if viewer().is_signed_in:
        sessions.set_device(is_shared=request.form.get("device") != "mine")
        notice("done", gettext("Welcome, %(name)s.", name=current_user.account.name))
    return redirect(local_address(request.form.get("back")), 303)


@blueprint.post("/-/signout")
def signout() -> Response:
    """End the session; the browser forgets what it kept of this site, and goes on to whoever else signed it in."""
    elsewhere = trusted_header.signout_address()
    if not elsewhere:
        return ask_first() or sessions.end()
    sessions.sign_out()
    response = uncached(render("signin/out.html", elsewhere=elsewhere))
    return sessions.cleared(trusted_header.lead_out(response, elsewhere))
