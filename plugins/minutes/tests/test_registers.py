"""The register of decisions and the list of what is to be done: whose, which year, with which words."""

import pytest
from bs4 import BeautifulSoup

from app.people import accounts
from app.station import Station
from plugins.minutes.tests.conftest import write
from tests.web.hands import Browser

ACTIONS = "/reunions/actions"


@pytest.fixture
def _rows(site: Station) -> None:
    write(site, "reunions/2027/2027-01-08-chantier", "---\ntitle: Chantier\nform: minutes\nday: 2027-01-08\nstep: valid\n"
          "decisions:\n  - {id: d2, what: Une serre de 45 m²}\n"
          "actions:\n  - {id: b1, what: Acheter des vis, who: Idris}\n  - {id: b2, what: Prêter le camion, who: Nadia et Idris}\n"
          "  - {id: b3, what: Écrire au maire, who: Idrissa}\n---\n")  # fmt: skip
    with site.truth.begin() as connection:
        for name in ("Nadia", "Idrissa"):
            accounts.add(connection, name, is_admin=False)


def listed(browser: Browser, address: str) -> list[str]:
    """List what a register shows."""
    page = BeautifulSoup(browser.get(address).text, "html.parser")
    return sorted(link.text for link in page.select(".register a"))


@pytest.mark.usefixtures("_rows")
def test_mine_is_what_names_me_alone_or_with_others(member: Browser, reader: Browser) -> None:
    assert listed(member, f"{ACTIONS}?show=mine") == ["Acheter des vis", "Prêter le camion"]
    assert listed(reader, f"{ACTIONS}?show=mine") == []
    assert "Mine" in member.get(ACTIONS).text and "Mine" not in reader.get(ACTIONS).text


@pytest.mark.usefixtures("_rows")
def test_a_name_is_looked_for_as_a_whole(reader: Browser) -> None:
    assert listed(reader, f"{ACTIONS}?who=idris") == ["Acheter des vis", "Prêter le camion"]
    assert listed(reader, f"{ACTIONS}?who=nadia") == ["Appeler le couvreur", "Prêter le camion"]


@pytest.mark.usefixtures("_rows")
def test_the_list_is_the_same_once_something_is_noted(member: Browser) -> None:
    page = BeautifulSoup(member.get(f"{ACTIONS}?who=idris&year=2027").text, "html.parser")
    (action,) = (form["action"] for form in page.select(".register form") if "Acheter des vis" in form.text)
    sent = member.post(str(action), id="b1", done="1")

    assert listed(member, sent.location) == ["Prêter le camion"]


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize(("query", "found"), [
    ("?q=serre", ["Une serre de 45 m²"]), ("?q=SERRE+une", ["Une serre de 45 m²"]), ("?q=camion", []),
    ("?year=2026", ["Le four reste ouvert"]), ("?year=2027&q=four", []),
])  # fmt: skip
def test_decisions_are_looked_for_by_their_own_words_and_year(reader: Browser, query: str, found: list[str]) -> None:
    assert listed(reader, f"/reunions/decisions{query}") == found


def test_what_nothing_is_left_of_is_said(reader: Browser) -> None:
    assert "Nothing fits. Take a filter away." in reader.get(f"{ACTIONS}?who=personne").text
    assert "No decision fits. Take a filter away." in reader.get("/reunions/decisions?year=2025").text
