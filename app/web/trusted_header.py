"""A proxy that says who is signed in (YunoHost's): its headers count when they come from one of the proxies believed.

Whoever it names is signed in here as long as it does, in a session as others have it. Whom it names no more is out.
"""

from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from flask import Flask, g, request
from flask import session as cookie
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from app.config import Config, proxies_of
from app.people import identities
from app.people.identities import MAX_SUBJECT, Vouched
from app.people.sessions import keep_newest
from app.web import sessions
from app.web.kit import station

ISSUER = "header"
SESSIONS = 10  # short ones, of one person in browsers of one name
_MARK = "named"  # in the session's cookie: whom the proxy named when it began
_UNTOUCHED = ("/-/api/", "/-/static/", "/-/health")  # for these nobody is asked who they are


def connect(app: Flask) -> None:
    """Let the application follow the proxy: once it has looked at the session, before anything else."""
    app.before_request_funcs[None].insert(1, _follow)


def is_named() -> bool:
    """Tell whether the proxy has named who looks."""
    return "session" in request.cookies and bool(cookie.get(_MARK))


def signout_address() -> str:
    """Give the address at which who looks signs out of the proxy, too; empty where it has not named them."""
    return station().config.header_signout if is_named() else ""


def lead_out(response: Response, elsewhere: str) -> Response:
    """Let a page lead on to where one signs out of the proxy."""
    # Not by a redirect: browsers let no form lead to another site under our policy.
    response.headers["Refresh"] = f"0; url={elsewhere}"
    return response


def _follow() -> None:
    config = station().config
    if not config.header_user or request.path.startswith(_UNTOUCHED):
        return
    named = _named(config)
    before = cookie.get(_MARK, "") if "session" in request.cookies else ""
    if before and before != named.subject:
        sessions.sign_out()
    if named.subject and not (before == named.subject and current_user.is_authenticated):
        _come_in(named, before)


def _come_in(named: Vouched, before: str) -> None:
    """Begin a session; the forms of one that has only ended by its time stay good."""
    proof = cookie.get("csrf_token") if before == named.subject else None
    with suppress(OperationalError):  # a page is shown all the same
        with station().truth.begin() as connection:
            may_make = station().config.header_new_accounts
            account = identities.recognise(connection, named, may_make=may_make)
        if account:
            sessions.begin(account)
            _forget_older()
            cookie[_MARK] = named.subject
            if proof:
                cookie["csrf_token"] = proof
                g.pop("csrf_token", None)  # made for the new session, and not used yet


def _forget_older() -> None:
    """Keep few sessions: a program without cookies begins one at each request. A browser may have another."""
    with suppress(OperationalError), station().truth.begin() as connection:
        keep_newest(connection, current_user.session, SESSIONS)


def _named(config: Config) -> Vouched:
    """Read whom the proxy names; nobody where another speaks."""
    user = _header(config.header_user)
    if not user.isprintable() or len(user) > MAX_SUBJECT or not _is_trusted(config.header_proxies):
        user = ""
    return Vouched(ISSUER, user, _header(config.header_name), _header(config.header_email))


def _header(name: str) -> str:
    """Read a header; WSGI hands its bytes over as Latin-1 (PEP 3333)."""
    raw = request.headers.get(name, "") if name else ""
    return raw.encode("latin-1", "replace").decode("utf-8", "replace").strip()


def _is_trusted(proxies: str) -> bool:
    """Tell whether the connection itself comes from a proxy: what it says of others before it does not count."""
    peer = request.environ.get("werkzeug.proxy_fix.orig", request.environ).get("REMOTE_ADDR") or ""
    return _is_among(peer, proxies)


@lru_cache(maxsize=1000)
def _is_among(peer: str, proxies: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:  # a socket of this machine has no address
        return not peer and "unix" in proxies.replace(",", " ").split()
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in proxies_of(proxies))
