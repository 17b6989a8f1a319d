"""What is closed stays closed on every page of the life of records: to write, report, look after, join, the list of care."""

import pytest
from flask import Flask

from app.people.authors import SYSTEM
from app.records import contact, reports, twins
from app.records.contact import Sender
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser
from tests.web.life_hands import again, make, make_form, referent

SECRET, OPEN = "bureau/tresor", "place/velo"
WORDS = "zanzibar"
ADDRESSES = [
    f"/-/{what}/{path}{query}"
    for what in ("contact", "record/report", "record/life", "record/merge")
    for path in (SECRET, OPEN)
    for query in ("", f"?with={SECRET}", f"?q={WORDS[:-1]}", f"?with={OPEN}")
]


@pytest.fixture(autouse=True)
def _records(can_mail: None, site: Station) -> None:
    """Let there be a record that only administrators read, with everything that can be said of one."""
    make_form(site)
    place = {"lat": "44.6", "lon": "4.4", "commune": "Vernaz", "precision": "exact"}
    hidden = make(site, SECRET, f"Le {WORDS}", audience="admins", place=place, state="to-verify", expires="2020-01-01",
                  contact=f"{WORDS}@example.org")  # fmt: skip
    seen = make(site, OPEN, "Un vélo", place=place, contact="v@example.org")
    with site.truth.begin() as connection:
        reports.add(connection, hidden.id, "gone", WORDS, SYSTEM)
        number = contact.add(connection, hidden.id, WORDS, Sender("Zoé", "z@example.org", SYSTEM))
        contact.report(connection, number)
        row = {"first_id": min(hidden.id, seen.id), "second_id": max(hidden.id, seen.id), "score": 90, "why": "name"}
        connection.execute(twins.twins.insert(), row | {"state": "open", "found_at": 0})


def test_no_address_says_anything_of_a_closed_record(
    app: Flask, site: Station, browser: Browser, member: Browser
) -> None:
    rose = sign_in(app, site, "Rose", is_admin=False)
    referent(site, "Rose", "place")
    sign_in_again(rose, site, "Rose")
    said = {
        (name, address)
        for name, reader in {"anonymous": browser, "Idris": member, "Rose": rose}.items()
        for address in [*ADDRESSES, "/-/records/care", "/-/proposals/"]
        if WORDS in reader.get(address).text
    }

    assert said == set()


def test_nothing_can_be_done_to_a_closed_record(site: Station, member: Browser, browser: Browser) -> None:
    before = again(site, SECRET)
    fields = {"action": "archive", "reason": "gone", "text": "x", "with": OPEN, "bases": "x"}
    codes = {
        reader.post(address, **fields).status_code
        for reader in (member, browser)
        for address in ADDRESSES
        if SECRET in address.partition("?")[0]
    }

    assert codes <= {403, 404} and again(site, SECRET) == before


def test_an_administrator_sees_all_of_it_on_the_list(admin: Browser) -> None:
    assert admin.get("/-/records/care").text.count(f"Le {WORDS}") >= 5
