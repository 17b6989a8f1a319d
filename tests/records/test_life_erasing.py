"""What is known of the life of records goes with its page, with whoever sent it, and when it has had its time."""

import time

import pytest
from sqlalchemy import func, select

from app.people import accounts, visitors
from app.people.erasing import erase
from app.records import contact, erasing, reports
from app.records.contact import Sender
from app.records.life_tables import contact_stops, life_mails, messages, twins
from app.records.life_tables import reports as reports_table
from app.station import Station

TABLES = (reports_table, messages, contact_stops, twins, life_mails)


def fill(station: Station) -> tuple[int, int]:
    """Keep one of everything about a page; gives the numbers of a visitor and of an account that sent some."""
    with station.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True)
        account = accounts.add(connection, "Ana", is_admin=False, email="ana@example.org")
        visitor, _ = visitors.add(connection, "Zoé", "zoe@example.org")
        reports.add(connection, "abc", "gone", "Vendu.", visitor.pseudonym, visitor)
        contact.add(connection, "abc", "x", Sender("Ana", "ana@example.org", account.pseudonym, account_id=account.id))
        contact.stop(connection, "abc")
        pair = {"first_id": "abc", "second_id": "xyz", "score": 90, "why": "name", "state": "open", "found_at": 0}
        connection.execute(twins.insert(), pair)
        asked = {"page_id": "abc", "what": "soon", "day": "2026-01-01", "sent_at": int(time.time())}
        connection.execute(life_mails.insert(), asked)
        return visitor.id, account.id


def counts(station: Station) -> list[int]:
    with station.truth.connect() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def test_nothing_is_left_of_a_page_that_is_erased(station: Station) -> None:
    fill(station)
    before = counts(station)
    with station.truth.begin() as connection:
        erasing.erase_page(connection, "abc")

    assert (before, counts(station)) == ([1] * 5, [0] * 5)


def test_what_somebody_sent_goes_with_them(station: Station) -> None:
    visitor, account = fill(station)
    with station.truth.begin() as connection:
        visitors.forget(connection, [visitor])
        erase(connection, accounts.get(connection, account))

    assert counts(station) == [0, 0, 1, 1, 1]


def test_reports_that_were_dealt_with_are_forgotten_with_who_sent_them(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, _ = fill(station)
    with station.truth.begin() as connection:
        report = reports.find_of_visitor(connection, visitor)
        assert report and reports.confirm(connection, report) and reports.close(connection, report, "m-aaaaaaaa")
        assert not reports.close(connection, report, "m-aaaaaaaa")  # two press at once
        erasing.forget_old(connection)
    kept = counts(station)
    later = time.time() + 1000 * 86_400
    monkeypatch.setattr("time.time", lambda: later)
    with station.truth.begin() as connection:
        erasing.forget_old(connection)
        gone = visitors.find_by_id(connection, visitor)

    assert (kept, counts(station), gone) == ([1] * 5, [0, 0, 1, 1, 0], None)
