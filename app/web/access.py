"""How one gets in: the devices where one is signed in, one's password, one's e-mail address."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, Invalid, NotFound, Refused, TooMany
from app.outbox.mails import queue
from app.people import accounts, identities, passwords, sessions, signed, throttle
from app.people.accounts import Account
from app.people.addresses import clean_email, prove, read_proof
from app.people.sessions import LET_IN
from app.people.throttle import Rule
from app.web import sessions as browser
from app.web.addresses import in_mail, url, with_query
from app.web.kit import UNFIT, notice, render, say, station, uncached, viewer
from app.web.me import own_account
from app.web.signin_mails import address_mail, changed_mail, may_mail, may_mail_links
from app.web.way_back import ask_first

blueprint = Blueprint("access", __name__)

CONFIRMATIONS_OF = Rule("confirm-of", 5)
CONFIRMATIONS_TO = Rule("confirm-to", 5)


@blueprint.post("/-/me/devices")
def sign_out() -> Response:
    """Sign out one device, or all of them."""
    account, named = own_account(), UNFIT.sub("", request.form.get("device", ""))
    is_leaving = named in {"all", current_user.session.digest}
    if is_leaving and (asked := ask_first()):
        return asked
    with station().truth.begin() as connection:
        if named == "all":
            accounts.shut_doors(connection, account.id, with_keys=True)
        else:
            sessions.end(connection, account.id, named)
    if is_leaving:
        return browser.end()
    notice("done", gettext("This device is signed out."))
    return redirect(url("me.show"), 303)


@blueprint.post("/-/me/services")
def remove_service() -> Response:
    """Let a service sign one in no more."""
    account, number = own_account(), request.form.get("id", "")
    check_own()
    with station().truth.begin() as connection:
        is_done = identities.remove(connection, account, int(number) if number.isdecimal() and len(number) < 10 else 0)
        if is_done and account.email:
            queue(connection, changed_mail(account.email, gettext("A service that signed you in was removed.")))
    if not is_done:
        raise NotFound(N_("This service is gone already. Go back to your page."))
    notice("done", gettext("This service is removed."))
    return redirect(url("me.show"), 303)


@blueprint.get("/-/me/password")
def password() -> Response:
    """Show the form for a password."""
    account = own_account()
    check_way_in(account)
    return _password_form(account, {})


def _password_form(account: Account, errors: dict[str, str], code: int = 200) -> Response:
    asks = asks_password(account)
    return uncached(render("me/password.html", code, account=account, errors=errors, least=passwords.LEAST, asks=asks))


def asks_password(account: Account) -> bool:
    """Tell whether the password of now is asked before what one signs in with is changed.

    Not of who has just signed in: somebody who forgot it comes in by mail and chooses another.
    """
    return account.has_password and not current_user.session.is_fresh


def check_way_in(account: Account) -> None:
    """Refuse to change how one gets in where nothing has shown lately that its owner is here.

    Who has a password is asked for it; who has neither that nor an address could not sign in again.
    """
    check_own()
    is_shown = current_user.session.is_fresh or account.has_password
    if not is_shown and account.email and may_mail():
        raise Refused(N_("Sign out, sign in again by e-mail, and come back within 15 minutes."))


def check_own() -> None:
    """Refuse where somebody else has let in who is signed in: he could keep what is made or changed."""
    if current_user.session.is_beside:
        raise Refused(LET_IN)


def password_errors(account: Account) -> dict[str, str]:
    """Say that the password of now was not typed; raises TooMany, and Refused as `check_way_in` does."""
    check_way_in(account)
    if not asks_password(account):
        return {}
    with station().truth.begin() as connection:
        passwords.count_own_try(connection, account)
    with station().truth.connect() as connection:
        is_right = passwords.is_own(connection, account, request.form.get("old", ""))
    return {} if is_right else {"old": gettext("This is not your password of now. Type it again.")}


@blueprint.post("/-/me/password")
def set_password() -> Response:
    """Set a password or take it away; all other devices are signed out."""
    account, is_removed = own_account(), request.form.get("action") == "remove"
    if errors := password_errors(account):
        return _password_form(account, errors, 400)
    try:
        with station().truth.begin() as connection:
            if is_removed:
                passwords.remove_password(connection, account.id)
            else:
                passwords.set_password(connection, account.id, request.form.get("password", ""))
            accounts.shut_doors(connection, account.id, but=current_user.session.digest)
            if account.email:
                queue(connection, changed_mail(account.email, gettext("Your password was changed.")))
    except Invalid as error:
        return _password_form(account, {"password": say(error)}, error.status)
    notice("done", gettext("You have no password any more.") if is_removed else gettext("Your password is saved."))
    return redirect(url("me.show"), 303)


@blueprint.get("/-/me/email")
def email() -> Response:
    """Show the form for an address; with the proof of a mail show the one button that confirms it, in any browser."""
    if proof := request.args.get("proof", ""):
        found = _read(proof)
        return uncached(_confirmation(proof, *found)) if found else render("signin/expired.html", 410)
    account = own_account()
    check_way_in(account)
    return _email_form(account, {})


def _confirmation(proof: str, account: Account, new: str) -> Response:
    return render("me/confirm.html", proof=proof, email=new, name=account.name)


def _read(proof: str) -> tuple[Account, str] | None:
    """Find whose address a link confirms; None once that account has another one, or is shut out."""
    read = read_proof(station().config.secret_key, proof)
    if read is None:
        return None
    named, new = read
    with station().truth.connect() as connection:
        account = signed.find_signed(connection, named)
    return (account, new) if account else None


def _email_form(account: Account, errors: dict[str, str], code: int = 200) -> Response:
    typed = request.form.get("email", account.email or "")
    asks, may_ask = asks_password(account), may_mail_links()
    return uncached(
        render("me/email.html", code, account=account, errors=errors, typed=typed, may_ask=may_ask, asks=asks)
    )


@blueprint.post("/-/me/email")
def set_email() -> Response:
    """Send a mail to a new address, or keep the address that a mail has proved."""
    if proof := request.form.get("proof", ""):
        found = _read(proof)
        return _keep_email(*found) if found else render("signin/expired.html", 410)
    account = own_account()
    if errors := password_errors(account):
        return _email_form(account, errors, 400)
    try:
        send_proof(account, request.form.get("email", ""))
    except (Invalid, TooMany) as error:
        return _email_form(account, {"email": say(error)}, error.status)
    return redirect(url("me.show"), 303)


def send_proof(account: Account, typed: str) -> None:
    """Send the mail that proves an address; the answer is the same for one that somebody has."""
    new = clean_email(typed)
    proof = prove(station().config.secret_key, signed.name_account(account), new)
    link = in_mail(with_query(url("access.email"), proof=proof))
    if link is None:
        raise Invalid(N_("No mail can be sent from here. Ask the person who looks after the site."))
    with station().truth.begin() as connection:
        throttle.spend(connection, CONFIRMATIONS_OF, account.pseudonym)
        throttle.spend(connection, CONFIRMATIONS_TO, new.lower())
        queue(connection, address_mail(new, account.name, link))
    notice("info", gettext("We sent a mail to %(email)s. Open its link here.", email=new))


def _keep_email(account: Account, new: str) -> Response:
    is_here = viewer().pseudonym == account.pseudonym
    if is_here:
        check_own()
    try:
        with station().truth.begin() as connection:
            accounts.set_email(connection, account.id, new)
            if is_here or account.email:  # who has just joined in another window stays there
                accounts.shut_doors(connection, account.id, but=current_user.session.digest if is_here else "")
            if account.email:
                queue(connection, changed_mail(account.email, gettext("Your e-mail address was changed.")))
    except Conflict as error:
        if is_here:
            return _email_form(account, {"email": say(error)}, error.status)
        raise
    notice("done", gettext("Your e-mail address is saved."))
    return redirect(url("me.show" if is_here else "signin.signin"), 303)
