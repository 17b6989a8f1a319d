"""The private answers of records that wait: who reads them, and that none is lost."""

import pytest

from app.proposals import enclosures
from app.records import private
from app.station import Station
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser
from tests.web.life_hands import referent
from tests.web.proposing import for_members, numbers
from tests.web.record_hands import ADMIN, fill_in, open_form
from tests.web.test_records_proposed import confirm

NEW = "/-/record/new/mill"
MILL = "patrimoine/m/moulin-du-pont"


@pytest.fixture(autouse=True)
def _site(can_mail: None, site: Station) -> None:
    open_form(site)
    for_members(site)


def test_the_same_words_with_another_private_answer_are_another_proposal(
    member: Browser, admin: Browser, site: Station
) -> None:
    fill_in(admin, site, NEW, title="Moulin du Pont")
    for phone in ("0475000001", "0475000001", "0475000002"):
        fill_in(member, site, f"/-/record/edit/{MILL}", phone=phone)
    with site.truth.connect() as connection:
        sent = [enclosures.load(connection, int(number)).private["phone"] for number in numbers(admin)]

    assert sorted(map(str, sent)) == ["+33475000001", "+33475000002"]


def test_a_referent_reads_of_a_proposal_what_he_reads_of_the_record_and_loses_nothing(
    browser: Browser, member: Browser, site: Station
) -> None:
    fill_in(browser, site, NEW, title="Moulin du Pont", phone="0475000001", owner="Nadine", contact="n@example.org")
    confirm(browser, site)
    referent(site, "Idris", "patrimoine")
    sign_in_again(member, site, "Idris")
    (number,) = numbers(member)
    seen = [member.get(f"/-/{at}/{number}").text for at in ("proposals", "record/proposal")]
    fill_in(member, site, f"/-/record/proposal/{number}", kind="mill")
    row = site.door.record(ADMIN, MILL)
    with site.truth.connect() as connection:
        kept = private.load(connection, [row.id])[row.id]

    assert not [secret for secret in ("Nadine", "n@example.org") for text in seen if secret in text]
    assert all("75 00 00 01" in text for text in seen)
    assert kept == {"phone": "+33475000001", "owner": "Nadine", "contact": "n@example.org"}
