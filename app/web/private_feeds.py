"""Feeds that show what one person may read: their addresses carry a key, because programs cannot sign in."""

from flask import g, request
from flask_login import current_user

from app.errors import N_, NotFound, Refused
from app.people import groups, sessions, tokens
from app.people.accounts import Account
from app.people.viewer import READER, Viewer
from app.web.kit import station, viewer
from app.web.me import own_account

USELESS = N_("This private address no longer works. Make a new one on your page.")


def feed_reader() -> Viewer:
    """Give who reads a feed: the owner of the key in its address, without one anybody; raises NotFound."""
    if not request.args.get("key"):
        return READER
    feed_owner()
    return viewer()


def feed_owner() -> Account:
    """Give whose key stands in the address; the answer is for this one alone. Raises NotFound."""
    key = request.args.get("key", "")
    with station().truth.connect() as connection:
        account = tokens.find_feed_reader(connection, key)
        if account is None:
            raise NotFound(USELESS)
        g.viewer = groups.viewer_of(connection, account, may_write=False)
    tokens.note_use(station().truth, key)
    return account


def make_feed_key(name: str) -> str:
    """Make a key for private feeds, which cannot be read again; raises Refused for who may not make one here."""
    account = own_account()
    if current_user.session.is_beside:
        raise Refused(sessions.LET_IN)
    with station().truth.begin() as connection:
        return tokens.make(connection, account.id, name, may_write=False, scope=tokens.FEED)
