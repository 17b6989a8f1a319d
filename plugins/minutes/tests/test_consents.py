"""What was adopted between two meetings stands in the register of decisions, for those who may read it."""

from pathlib import Path

import pytest

from app.station import Station
from plugins.minutes.tests.conftest import write
from tests.web.hands import Browser, soup

FORM = Path(__file__).parents[2] / "polls/forms/poll.yaml"
ADOPTED = "poll: {kind: consent, stage: objections, closed: 2026-04-02, outcome: adopted, words: Un panier par semaine"


@pytest.fixture(autouse=True)
def _polls(site: Station) -> None:
    write(site, "_forms/poll", FORM.read_text(encoding="utf-8"))
    write(site, "sondages/2026/panier", f"---\ntitle: Panier\nform: poll\n{ADOPTED}, review: 2026-09-02}}\n---\n")
    write(site, "sondages/2026/pas", "---\ntitle: Pas\nform: poll\n"
          "poll: {kind: consent, closed: 2026-04-03, outcome: withdrawn, words: Une idée retirée}\n---\n")  # fmt: skip
    write(site, "sondages/2026/clos", f"---\ntitle: Clos\nform: poll\naudience: admins\n{ADOPTED} en secret}}\n---\n")


def listed(browser: Browser, address: str) -> list[str]:
    return [" ".join(one.text.split()) for one in soup(browser.get(address)).select(".register li")]


def test_what_was_adopted_stands_beside_the_decisions_of_meetings(reader: Browser) -> None:
    found = listed(reader, "/reunions/decisions")

    assert [next(words for words in ("panier", "four") if words in one) for one in found] == ["panier", "four"]
    assert "by consent" in found[0]


def test_what_was_withdrawn_or_is_closed_to_the_reader_does_not(reader: Browser) -> None:
    found = str(listed(reader, "/reunions/decisions"))

    assert "retirée" not in found and "secret" not in found


def test_it_leads_to_the_page_of_the_proposal(reader: Browser) -> None:
    link = soup(reader.get("/reunions/decisions")).select_one(".register li a")
    assert link

    assert str(link["href"]).partition("#")[0] == "/sondages/2026/panier"


def test_what_is_due_for_review_is_among_those_to_be_reviewed(reader: Browser) -> None:
    assert "panier" in str(listed(reader, "/reunions/decisions?review=1"))


def test_the_block_shows_it_too(reader: Browser, site: Station) -> None:
    write(site, "jardins/registre", "{{decisions count=1}}\n")

    assert "panier" in reader.get("/jardins/registre").text


def test_filters_hold_for_both(reader: Browser) -> None:
    assert listed(reader, "/reunions/decisions?year=2025") == []
    assert "panier" in str(listed(reader, "/reunions/decisions?q=panier"))


# -- the place of a decision in its minutes --------------------------------------------------------------------------


def test_a_decision_leads_to_its_very_place_in_the_minutes(reader: Browser) -> None:
    link = next(a for a in soup(reader.get("/reunions/decisions")).select(".register li a") if "four" in a.text)
    path, _, anchor = str(link["href"]).partition("#")
    place = soup(reader.get(path)).find(id=anchor)

    assert place is not None
    assert "Le four reste ouvert" in place.text


def test_an_action_leads_to_its_very_place_too(reader: Browser) -> None:
    link = next(a for a in soup(reader.get("/reunions/actions")).select(".register li a") if "couvreur" in a.text)
    path, _, anchor = str(link["href"]).partition("#")
    place = soup(reader.get(path)).find(id=anchor)

    assert place is not None
    assert "Appeler le couvreur" in place.text
