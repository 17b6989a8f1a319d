"""One-time links that sign in, as the terminal prints them; the one for the first administrator."""

from sqlalchemy import Connection, delete, insert, select

from app.cli.language import in_language
from app.config import Config
from app.database.settings import table as settings
from app.errors import N_
from app.people import accounts
from app.people.tables import login_links
from app.serving import local_address
from app.station import Station

FIRST_NAME = N_("Administrator")
_KEY = "set_up_link"  # among the settings: the digest of the set-up link that was printed last


def address_of(config: Config, secret: str) -> str:
    """Write a link out: with the public address, or where this machine reaches the site when none is set."""
    return f"{(config.address or local_address(config.instance)).rstrip('/')}/-/signin?token={secret}"


def set_up_secret(station: Station) -> str | None:
    """Give the secret of a new set-up link while no administrator has ever signed in, else None.

    The link that was printed before stops working: only the newest one counts.
    """
    language = station.settings.get().language
    with station.truth.begin() as connection:
        if accounts.has_admin_signed_in(connection):
            return None
        printed = select(settings.c.value).where(settings.c.key == _KEY).scalar_subquery()
        connection.execute(delete(login_links).where(login_links.c.digest == printed))
        secret = accounts.make_link(connection, _first_administrator(connection, language))
        connection.execute(delete(settings).where(settings.c.key == _KEY))
        connection.execute(insert(settings), {"key": _KEY, "value": accounts.digest(secret)})
    return secret


def _first_administrator(connection: Connection, language: str) -> int:
    known = next((account for account in accounts.list_all(connection) if account.is_admin), None)
    return (known or accounts.add(connection, in_language(FIRST_NAME, language), is_admin=True)).id
