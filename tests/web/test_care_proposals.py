"""Proposals that nobody answered for a week, among what has aged."""

import pytest

from app.people import authors
from app.proposals import proposals
from app.proposals.proposals import ASKED, WAITING, Draft
from app.proposals.tables import proposals as table
from app.station import Station
from tests.web.hands import Browser, soup

DAY = 86_400


def propose(site: Station, title: str, days: int, state: str = WAITING) -> int:
    with site.truth.begin() as connection:
        zoe = authors.author_for_name(connection, "Zoé")
        number = proposals.add(connection, Draft(f"jardins/{title}", None, title, "mots\n"), zoe, state=state)
        proposed = proposals.get(connection, number)
        then = int(proposed.changed_at.timestamp()) - days * DAY
        connection.execute(table.update().where(table.c.id == number).values(changed_at=then, created_at=then))
    return number


def test_proposal_without_an_answer_for_a_week_is_listed_with_its_writer(admin: Browser, site: Station) -> None:
    number = propose(site, "tomates", 8)
    page = soup(admin.get("/-/aged"))

    assert page.select_one(f"main a[href='/-/proposals/{number}']") and "Zoé" in page.text


@pytest.mark.parametrize(("days", "state"), [(6, WAITING), (30, ASKED)])
def test_young_proposal_and_one_whose_writer_was_asked_are_not(
    admin: Browser, site: Station, days: int, state: str
) -> None:
    propose(site, "tomates", days, state)

    assert "All is well" in admin.get("/-/aged").text
