"""Hands for the leak test of mails: everybody follows everything, and what the mails that come of it say."""

import time
from dataclasses import replace

from sqlalchemy import delete, insert, select, update

from app.comments import writing as comments
from app.follow import subscriptions, tables
from app.follow.subscriptions import Subject
from app.follow.telling import tell_due
from app.outbox.tables import mails
from app.people import accounts
from app.people.accounts import Account
from app.people.authors import SYSTEM
from app.station import Station
from tests.web.leaking import ACCOUNTS, FOLDERS, MARKS, OPERATOR

DAY = 86_400  # seconds
SENT_FROM = {"smtp_host": "localhost", "mail_from": "gare@example.org", "address": "https://gare.example"}


def follow_everything(site: Station, how_often: str) -> None:
    """Let everybody follow the site, every space and every page by itself: what may be closed now was open once."""
    subjects = [Subject("all"), *(Subject("space", folder) for folder in FOLDERS)]
    for folder in FOLDERS:
        for name in ("index", "fiche"):
            row = site.door.find(OPERATOR, f"{folder}/{name}")
            subjects.append(Subject("page", str(row.id)))
        with site.truth.begin() as connection:
            comments.add(connection, str(row.id), MARKS[folder], SYSTEM)
    with site.truth.begin() as connection:
        for name in ACCOUNTS:
            account = account_of(site, name).id
            accounts.set_email(connection, account, f"{name.lower()}@example.org")
            for subject in subjects:
                subscriptions.add(connection, account, subject)
        connection.execute(update(tables.subscriptions).values(since=0))
    begin_anew(site, how_often)


def begin_anew(site: Station, how_often: str) -> None:
    """Let everybody have heard of nothing."""
    long_ago = {"rhythm": how_often, "last_sent": int(time.time()) - DAY, "last_change": 0, "next_due": 0}
    with site.truth.begin() as connection:
        connection.execute(delete(mails))
        connection.execute(delete(tables.rhythms))
        for name in ACCOUNTS:
            connection.execute(insert(tables.rhythms), {"account_id": account_of(site, name).id} | long_ago)


def account_of(site: Station, name: str) -> Account:
    """Find the account of a name."""
    with site.truth.connect() as connection:
        found = accounts.find_named(connection, name)
    assert found
    return found


def mailed(site: Station) -> dict[str, set[str]]:
    """Queue all mails that are due; name the folders whose word is said to each receiver."""
    tell_due(replace(site, config=replace(site.config, **SENT_FROM)))
    said: dict[str, set[str]] = {}
    with site.truth.connect() as connection:
        for row in connection.execute(select(mails)):
            words = f"{row.subject} {row.text} {row.html} {row.headers}".casefold()
            name = row.to_address.partition("@")[0].title()
            said[name] = said.get(name, set()) | {folder for folder, mark in MARKS.items() if mark in words}
    return said
