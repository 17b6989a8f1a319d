"""Sign in by a link or a code from a mail, or with a password; say whose device it is; sign out."""

from urllib.parse import quote, unquote

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import GareError, Invalid, TooMany
from app.outbox.mails import queue
from app.people import passwords
from app.people import signin as signing
from app.people.accounts import Account
from app.web import openid_service, sessions, setup, trusted_header
from app.web.addresses import address, in_mail, url, with_query
from app.web.kit import notice, render, say, station, uncached, viewer
from app.web.protection import asker, local_address
from app.web.signin_mails import may_mail, signin_mail

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
    with station().truth.begin() as connection:
        account = signing.use_link(connection, request.form.get("token", ""))
    return come_in(account, _asked()[1]) if account else render("signin/expired.html", 410)


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
        with station().truth.begin() as connection:
            account = passwords.check(connection, typed, request.form.get("password", ""))
    except GareError as error:
        return _form(back, {"account": say(error)}, error.status)
    if account is None:
        return _form(back, {"account": gettext("Address and password do not belong together.")}, 400)
    return come_in(account, back)


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
    return uncached(render("signin/device.html", back=back)) if viewer().is_signed_in else redirect(back, 303)


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
        return sessions.end()
    sessions.sign_out()
    response = uncached(render("signin/out.html", elsewhere=elsewhere))
    # Not by a redirect: browsers let no form lead to another site under our policy.
    response.headers["Refresh"] = f"0; url={elsewhere}"
    return sessions.cleared(response)
