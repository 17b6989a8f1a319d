"""Erase a member: oneself or, for administrators, somebody else; whoever does it types the name first."""

import time
from datetime import datetime
from datetime import time as hour
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.answers import recipients
from app.backup.holding import holding
from app.database.engine import forget_traces
from app.errors import N_, GareError, Invalid, NotFound, Refused
from app.people import accounts, acts, erasing
from app.people.accounts import Account
from app.web import sessions, trusted_header
from app.web.access import asks_password, check_way_in, password_errors
from app.web.addresses import url
from app.web.kit import NAME_COOKIE, check_admin, render, say, station, uncached, viewer
from app.web.me import own_account
from app.wiki.page import fold

blueprint = Blueprint("erase", __name__)

NOON = hour(12)


@blueprint.get("/-/me/erase")
def leave() -> Response:
    """Say what goes and what stays when one leaves."""
    return _form(own_account(), {})


@blueprint.post("/-/me/erase")
def leave_now() -> Response:
    """Erase who is signed in."""
    account = own_account()
    if errors := password_errors(account):
        return _form(account, errors, 400)
    try:
        _erase(account, account.pseudonym, "left")
    except (Invalid, Refused) as error:
        return _form(account, {"name": _why(account, error)}, error.status)
    elsewhere = trusted_header.signout_address()
    sessions.sign_out()
    response = _done(account, is_me=True, elsewhere=elsewhere)
    if elsewhere:  # who is named there still would have a new account at the next page
        response = trusted_header.lead_out(response, elsewhere)
    response.delete_cookie(NAME_COOKIE)
    return sessions.cleared(response)


@blueprint.get("/-/people/<pseudonym>/erase")
def show(pseudonym: str) -> Response:
    """Say what goes and what stays when somebody is erased."""
    account = _get(pseudonym)
    return redirect(url("erase.leave"), 303) if _is_me(account) else _form(account, {})


@blueprint.post("/-/people/<pseudonym>/erase")
def erase(pseudonym: str) -> Response:
    """Erase somebody."""
    account = _get(pseudonym)
    if _is_me(account):
        return redirect(url("erase.leave"), 303)
    try:
        _erase(account, viewer().pseudonym or "", "erased")
    except (Invalid, Refused) as error:
        return _form(account, {"name": say(error)}, error.status)
    return _done(account, is_me=False)


def _get(pseudonym: str) -> Account:
    """Find whom an administrator may erase; raises Refused, NotFound."""
    check_admin()
    with station().truth.connect() as connection:
        account = accounts.find_by_pseudonym(connection, pseudonym)
    if account is None:
        raise NotFound(N_("There is no such person here."))
    return account


def _is_me(account: Account) -> bool:
    return account.pseudonym == viewer().pseudonym


def _erase(account: Account, by: str, what: str) -> None:
    if fold(request.form.get("name", "")) != fold(account.name):
        raise Invalid(N_("This is not the name. Type it as it stands here."))
    with station().truth.begin() as connection:
        erasing.erase(connection, account)
        recipients.forget_address(connection, account.email or "")
        acts.note(connection, by, what, account.pseudonym)
    station().stamp.touch()
    forget_traces(station().truth)


def _form(account: Account, errors: dict[str, str], code: int = 200) -> Response:
    with station().truth.connect() as connection:
        obstacle = _obstacle(connection, account)
    is_me, typed = _is_me(account), request.form.get("name", "")
    return uncached(
        render("erase/form.html", code, person=account, is_me=is_me, errors=errors, held=_held(), obstacle=obstacle,
               typed=typed, asks=is_me and asks_password(account), elsewhere=trusted_header.signout_address(),
               is_named=trusted_header.is_named())
    )  # fmt: skip


def _obstacle(connection: Connection, account: Account) -> str:
    """Say why somebody cannot be erased; empty where nothing is in the way."""
    try:
        accounts.check_other_admin(connection, account)
        if _is_me(account):
            check_way_in(account)
    except GareError as error:
        return _why(account, error)
    return ""


def _why(account: Account, error: GareError) -> str:
    """Say why somebody cannot be erased; to oneself in other words than of somebody else."""
    if error.msgid == accounts.ONLY_ADMIN and _is_me(account):
        return say(Refused(N_("You are the only one who administers. Name another one first.")))
    return say(error)


def _done(account: Account, *, is_me: bool, elsewhere: str = "") -> Response:
    return uncached(render("erase/done.html", name=account.name, is_me=is_me, held=_held(), elsewhere=elsewhere))


def _held() -> SimpleNamespace:
    """Say which backups hold what is erased today, and until when."""
    config = station().config
    held = holding(config, time.time())
    noon = datetime.combine(held.until, NOON, ZoneInfo(config.timezone)) if held.until else None
    return SimpleNamespace(until=noon, others=held.others)
