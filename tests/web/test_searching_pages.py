"""The search page: one box, ranked results with the words around, facets, suggestions, pages of results."""

import io
from datetime import UTC, datetime

import pytest

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.station import Station
from app.wiki.store import Change
from tests.web.hands import Browser, follow_search, one, soup
from tests.web.record_hands import ADMIN, open_form


@pytest.fixture
def filled(browser: Browser, site: Station) -> Browser:
    """Give a browser of a site with pages in two spaces, and a file."""
    pages = {
        "jardins/compost": "# Le compost\n\nOn y met les épluchures de la soupe.\n",
        "jardins/outils": "# Outils\n\nUne fourche pour le compost et une bêche.\n",
        "fetes/soupe": "# Soupe aux orties\n\nPour la fête du pain.\n",
    }
    changes = [Change(f"{path}.md", text.encode()) for path, text in pages.items()]
    with site.wiki.store.writing() as writer:
        writer.commit(changes, author="m-nadiabcd", summary="", at=datetime.now(UTC))
    site.wiki.catch_up()
    browser.post("/-/files/fetes/soupe/", file=(io.BytesIO(b"Faire revenir le fenouil."), "recette.txt"), author="Zoé")
    follow_search(site)
    return browser


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("compost", ["Le compost", "Outils"]),
        ("épluchure", ["Le compost"]),
        ("EPLUCHURES", ["Le compost"]),
        ("l'ortie", ["Soupe aux orties", "recette.txt"]),  # a file is found by its page too
        ("compost -fourche", ["Le compost"]),
        ('"fête du pain"', ["Soupe aux orties"]),
        ("fenouil", ["recette.txt"]),
        ("four", ["Outils"]),
        ("rien de tout cela zzz", []),
    ],
)
def test_what_is_searched_is_found(filled: Browser, words: str, found: list[str]) -> None:
    assert filled.search(words) == found


def test_words_are_marked_in_their_surroundings(filled: Browser) -> None:
    page = filled.get("/-/search?q=epluchures")

    assert [mark.text for mark in soup(page).select(".hits mark")] == ["épluchures"]


def test_a_typing_error_is_corrected_or_a_better_word_proposed(filled: Browser) -> None:
    page = filled.get("/-/search?q=compots")

    assert "compost" in one(page, "main").text.casefold()


def test_facets_narrow_the_results(filled: Browser) -> None:
    page = filled.get("/-/search?q=soupe")
    links = {link.contents[0].strip() if isinstance(link.contents[0], str) else link.text.split()[0]: str(link["href"])
             for link in soup(page).select(".facets a")}  # fmt: skip
    narrowed = filled.get(next(href for href in links.values() if "space=jardins" in href))

    assert [link.text for link in soup(narrowed).select(".hits h2 a")] == ["Le compost"]
    assert soup(narrowed).select(".facets a[aria-current=true]")


def test_records_are_counted_and_placed_by_the_name_of_their_form(browser: Browser, site: Station) -> None:
    open_form(site, moderated="no")
    site.door.save(ADMIN, Edit("patrimoine/m/moulin", "---\ntitle: Moulin\nform: mill\n---\n\nFenouil\n", None, SYSTEM))
    site.door.save(ADMIN, Edit("jardins/fenouil", "# Fenouil\n", None, SYSTEM))
    follow_search(site)
    page = soup(browser.get("/-/search?q=fenouil"))

    assert "Heritage sites 1" in [link.get_text(" ", strip=True) for link in page.select("nav.facets a")]
    assert "Patrimoine › Heritage sites" in page.select_one("ol.hits").get_text()


def test_a_file_that_was_found_leads_to_the_file(filled: Browser) -> None:
    link = one(filled.get("/-/search?q=fenouil"), ".hits h2 a")

    assert filled.get(str(link["href"])).data == b"Faire revenir le fenouil."


def test_nothing_searched_shows_how_to_search(passer_by: Browser) -> None:
    assert not soup(passer_by.get("/-/search?q=+")).select(".hits") and soup(passer_by.get("/-/search")).select(
        "main code"
    )


def test_what_was_searched_stays_in_the_box(passer_by: Browser) -> None:
    page = passer_by.get("/-/search", query_string={"q": '<b>"x" & y'})

    assert one(page, "#gc-search")["value"] == '<b>"x" & y'


def test_more_results_than_fit_are_turned(browser: Browser, site: Station) -> None:
    with site.wiki.store.writing() as writer:
        changes = [Change(f"p/{n}.md", f"# Page {n}\n\nbetterave\n".encode()) for n in range(23)]
        writer.commit(changes, author="m-nadiabcd", summary="")
    site.wiki.catch_up()
    follow_search(site)
    first = browser.get("/-/search?q=betterave")
    second = browser.get(str(one(first, "a[rel=next]")["href"]))

    titles = [{link.text for link in soup(page).select(".hits h2 a")} for page in (first, second)]
    assert [len(found) for found in titles] == [20, 3] and not titles[0] & titles[1]
