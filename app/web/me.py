"""One's own corner: where one is signed in, how one gets in, keys for programs and private feeds."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, Refused
from app.people import identities, sessions, tokens
from app.people.accounts import Account
from app.proposals import moderating
from app.web.addresses import absolute, url
from app.web.groups import waiting_in
from app.web.kit import door, render, station, uncached, viewer
from app.web.openid_service import label_of
from app.web.trusted_header import ISSUER
from app.web.way_back import has_way_back

blueprint = Blueprint("me", __name__)


@blueprint.get("/-/me")
def show() -> Response:
    """Show where one is signed in, and the tokens."""
    return _page(own_account(), None)


@blueprint.post("/-/me")
def change() -> Response:
    """Make a token or the key of a private feed, shown this once, or revoke one."""
    account, name = own_account(), request.form.get("name", "")
    if request.form.get("action") == "revoke":
        number = request.form.get("id", "")
        with station().truth.begin() as connection:
            tokens.revoke(connection, account.id, int(number) if number.isdecimal() and len(number) < 12 else 0)
        return redirect(url("me.show"), 303)
    if current_user.session.is_beside:
        raise Refused(sessions.LET_IN)
    is_feed = request.form.get("action") == "feed"
    with station().truth.begin() as connection:
        if is_feed:
            shown = name.strip() or gettext("Latest changes")
            secret = tokens.make(connection, account.id, shown, may_write=False, scope=tokens.FEED)
        else:
            secret = tokens.make(connection, account.id, name, may_write=request.form.get("may") == "write")
    feed = absolute(url("feeds.changes_atom", key=secret)) if is_feed else ""
    return _page(account, None if is_feed else secret, feed)


def own_account() -> Account:
    """Give the account of who is signed in; raises Refused."""
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to see this page."))
    account: Account = current_user.account
    return account


def _page(account: Account, secret: str | None, feed: str = "") -> Response:
    with station().truth.connect() as connection:
        own = tokens.list_tokens(connection, account.id)
        devices = sessions.list_sessions(connection, account.id)
        services = [(one, _label(one.issuer)) for one in identities.list_identities(connection, account.id)]
        waiting, _ = moderating.list_waiting(connection, door(), viewer())
        asking = sum(waiting_in(connection).values())
    here = current_user.session.digest
    return uncached(render(
        "me/show.html", tokens=[one for one in own if one.scope == tokens.API], new_token=secret, account=account,
        feeds=[one for one in own if one.scope == tokens.FEED], new_feed=feed, devices=devices, this_device=here,
        waiting=len(waiting), asking=asking, services=services,
        can_return=has_way_back(account), let_in=gettext(sessions.LET_IN) if current_user.session.is_beside else "",
    ))  # fmt: skip


def _label(issuer: str) -> str:
    """Name a service that signs people in, as the sign-in page does."""
    config = station().config
    if issuer == ISSUER:
        return gettext("The sign-in of this server")
    is_named = issuer.rstrip("/") == config.openid_issuer.rstrip("/")
    return label_of(config) if is_named else issuer
