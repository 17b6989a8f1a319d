"""Without a password, only who has signed in lately changes how one gets in, or leaves for ever."""

import time

import pytest
from sqlalchemy import update

from app.people import accounts, tables
from app.station import Station
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser, soup

HOW = "Sign out, sign in again by e-mail, and come back within 15 minutes."
SENT = [
    ("/-/me/password", {"password": "quatre mots bien connus"}),
    ("/-/me/email", {"email": "thief@example.org"}),
    ("/-/me/erase", {"name": "Idris"}),
]


@pytest.fixture
def old(member: Browser, site: Station) -> Browser:
    """Give the browser of Idris, who signed in an hour ago and has no password."""
    with site.truth.begin() as connection:
        connection.execute(update(tables.sessions).values(created_at=int(time.time()) - 3600))
    return member


@pytest.fixture
def reached(old: Browser, site: Station) -> Browser:
    """Give the same to whom mails go out."""
    with site.truth.begin() as connection:
        accounts.set_email(connection, idris(site).id, "idris@example.org")
    return old


def idris(site: Station) -> accounts.Account:
    with site.truth.connect() as connection:
        found = accounts.find_named(connection, "Idris")
    assert found
    return found


@pytest.mark.usefixtures("can_mail")
@pytest.mark.parametrize(("address", "fields"), SENT)
def test_an_old_session_changes_nothing_and_is_told_how(
    reached: Browser, site: Station, address: str, fields: dict[str, str]
) -> None:
    before = idris(site)
    shown, sent = reached.get(address), reached.post(address, **fields)

    assert HOW in soup(shown).text and not soup(shown).select(f"main form[action='{address}']")
    assert sent.status_code == 403 and HOW in soup(sent).text
    assert idris(site) == before


@pytest.mark.usefixtures("can_mail")
@pytest.mark.parametrize(("address", "fields"), SENT)
def test_who_has_just_signed_in_may(reached: Browser, site: Station, address: str, fields: dict[str, str]) -> None:
    sign_in_again(reached, site, "Idris")

    assert HOW not in reached.get(address).text
    assert reached.post(address, **fields).status_code in {200, 303}


@pytest.mark.usefixtures("can_mail")
def test_who_has_no_address_could_not_sign_in_again_and_is_let_do(old: Browser) -> None:
    assert old.post("/-/me/password", password="quatre mots bien connus").status_code == 303


def test_where_no_mail_goes_out_nobody_is_asked_for_one(reached: Browser) -> None:
    assert reached.post("/-/me/password", password="quatre mots bien connus").status_code == 303
