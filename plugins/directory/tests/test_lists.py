"""Lists of the directory: what they show in each view, what filters do, for somebody without scripts."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.station import Station
from plugins.directory.tests.valley import write
from tests.web.hands import Browser, soup

LIST = "/annuaire/initiative/"
VISIBLE = [
    "Atelier",
    "Cantine",
    "Épicerie",
    "Rivière",
]  # of the others one has expired, one is put away, one is for members


def titles(page: BeautifulSoup) -> list[str]:
    """Name the records that a list shows."""
    return [link.get_text() for link in page.select(".cards h2 a, .found .rows a, .found th[scope=row] a")]


def shown(reader: Browser, query: str = "", form: str = "initiative") -> list[str]:
    return titles(soup(reader.get(f"/annuaire/{form}/{query}")))


def counts(page: BeautifulSoup, field: str) -> dict[str, int]:
    """Read the counts beside the boxes of one filter."""
    found = {}
    for box in page.select(f".sieve input[name='{field}']"):
        words = box.parent.get_text(strip=True)
        found[str(box["value"])] = int(words.rpartition("(")[2].rstrip(")"))
    return found


def test_the_directory_names_its_forms_and_how_many_records_each_has(reader: Browser) -> None:
    said = soup(reader.get("/annuaire/")).select_one(".counters").get_text(" ", strip=True)

    assert "Initiatives What people do here. 4 records" in said
    assert "Shed 4 records" in said


def test_it_stands_in_the_main_menu(reader: Browser) -> None:
    assert soup(reader.get("/annuaire/")).select_one(".menu a[aria-current=page]").get_text() == "Directory"


@pytest.mark.parametrize("view", ["cards", "list", "table", "letters", "map"])
def test_every_view_shows_the_same_records(reader: Browser, view: str) -> None:
    page = soup(reader.get(f"{LIST}?view={view}"))

    assert titles(page) == VISIBLE
    assert page.select_one(".views [aria-current]")["href"].endswith("/" if view == "cards" else f"view={view}")
    assert "4 records" in page.select_one(".total").get_text()


def test_a_card_says_what_a_record_is_about(reader: Browser) -> None:
    card = soup(reader.get(f"{LIST}?q=epicerie")).select_one(".cards li")

    assert card.select_one("h2 a")["href"] == "/annuaire/initiative/e/epicerie"
    assert card["data-accent"] == "green"
    assert card.select_one(".labels").get_text(" ", strip=True) == "Checked Running Food"
    assert card.select_one(".labels [data-accent=green]").get_text() == "Running"
    assert card.select_one(".aside").get_text() == "Saint-Privelin · People: 31"


def test_a_table_has_the_listed_fields_as_columns_and_is_sorted_by_a_press(reader: Browser) -> None:
    page = soup(reader.get(f"{LIST}?view=table"))
    heads = page.select("thead th")
    people = heads[-1].select_one("a")["href"]

    assert [head.get_text(strip=True).rstrip("↑") for head in heads] == [
        "Name",
        "Summary",
        "Theme",
        "Phase",
        "Place",
        "People",
    ]
    assert heads[0]["aria-sort"] == "ascending" and not heads[2].select("a")
    assert titles(soup(reader.get(people))) == ["Rivière", "Atelier", "Cantine", "Épicerie"]
    turned = soup(reader.get(people)).select("thead th")[-1].select_one("a")["href"]
    assert titles(soup(reader.get(turned))) == ["Épicerie", "Cantine", "Atelier", "Rivière"]


def test_letters_lead_to_the_records_that_begin_with_them(reader: Browser) -> None:
    page = soup(reader.get(f"{LIST}?view=letters"))
    letters = {link.get_text(): link["href"] for link in page.select(".alphabet a")}

    assert list(letters) == ["A (1)", "C (1)", "E (1)", "R (1)"]
    assert titles(soup(reader.get(letters["E (1)"]))) == ["Épicerie"]
    assert [chip.get_text(" ", strip=True) for chip in soup(reader.get(letters["E (1)"])).select(".chips a")] == [
        "Remove this filter: Letter E ×"
    ]


def test_keys_of_one_filter_widen_and_several_filters_narrow(reader: Browser) -> None:
    assert shown(reader, "?theme=food") == ["Cantine", "Épicerie"]
    assert shown(reader, "?theme=food&theme=roads") == ["Atelier", "Cantine", "Épicerie"]
    assert shown(reader, "?theme=food&theme=roads&place=Saint-Privelin") == ["Atelier", "Épicerie"]
    assert shown(reader, "?f.page=cooking") == ["Cantine", "Rivière"]
    assert shown(reader, "?q=valcro") == ["Cantine"]
    assert shown(reader, "?state=checked") == ["Épicerie"]
    assert shown(reader, "?state=archived") == ["Gardiens de la rivière"]


def test_counts_follow_the_other_filters(reader: Browser) -> None:
    page = soup(reader.get(f"{LIST}?place=Saint-Privelin"))

    assert counts(page, "theme") == {"food": 1, "roads": 1}
    assert counts(page, "place") == {"Saint-Privelin": 2, "Valcrozette": 1, "Arzenoux": 1}
    assert counts(soup(reader.get(LIST)), "state") == {"published": 3, "checked": 1}


def test_what_is_chosen_can_be_taken_away_one_by_one_or_at_once(reader: Browser) -> None:
    page = soup(reader.get(f"{LIST}?theme=food&phase=running&q=saint&view=list&sort=-edited"))
    chips = {link.get_text(" ", strip=True): link["href"] for link in page.select(".chips a")}

    assert list(chips) == [
        "Remove this filter: Words saint ×",
        "Remove this filter: Theme Food ×",
        "Remove this filter: Phase Running ×",
    ]
    assert chips["Remove this filter: Theme Food ×"] == f"{LIST}?q=saint&phase=running&view=list&sort=-edited"
    assert page.select_one(".sieve .quiet")["href"] == f"{LIST}?view=list&sort=-edited"


def test_the_form_keeps_the_view_and_asks_by_its_address(reader: Browser) -> None:
    form = soup(reader.get(f"{LIST}?view=list&theme=food")).select_one(".sieve")

    assert form.get("method", "get") == "get" and form["action"] == LIST
    assert form.select_one("[type=hidden][name=view]")["value"] == "list"
    assert [box["value"] for box in form.select("[name=theme][checked]")] == ["food"]


def test_of_a_tree_the_roots_are_seen_until_one_is_ticked(reader: Browser) -> None:
    few = counts(soup(reader.get("/annuaire/shed/?view=list")), "kind")
    grown = counts(soup(reader.get("/annuaire/shed/?kind=wood")), "kind")

    assert few == {"wood": 2, "oak": 2, "stone": 1, "slate": 1, "earth": 1, "clay": 1}
    assert grown == few
    assert shown(reader, "?kind=wood&view=list", "shed") == ["Abri", "Remise"]
    assert shown(reader, "?kind=slate&view=list&mine=no", "shed") == ["Hangar"]


def test_nothing_found_says_so_and_how_to_go_on(reader: Browser) -> None:
    page = soup(reader.get(f"{LIST}?theme=nowhere"))

    assert titles(page) == []
    assert page.select_one(".total").get_text() == "Nothing was found."
    assert page.select_one(f".found p a[href='{LIST}']").get_text() == "Show all of them again"


@pytest.mark.parametrize(
    "query",
    [
        "?page=99999",
        "?page=-1",
        "?view=nothing",
        "?sort=secret",
        "?sort=-mail",
        "?theme=%00",
        "?letter=%F0%9F%9A%82",
        "?all=secret",
        "?q=" + "a" * 5000,
    ],
)
def test_an_address_that_means_nothing_is_answered_all_the_same(reader: Browser, query: str) -> None:
    assert reader.get(f"{LIST}{query}").status_code == 200


def test_what_is_no_form_is_not_there(reader: Browser) -> None:
    for address in (
        "/annuaire/nothing/",
        "/annuaire/nothing/embed",
        "/annuaire/nothing.atom",
        "/annuaire/nothing/points.json",
        "/annuaire/nothing/booklet",
    ):
        assert reader.get(address).status_code == 404


def test_a_record_is_a_page_like_others(reader: Browser) -> None:
    assert reader.get("/annuaire/initiative/e/epicerie").status_code == 200
    assert reader.get("/annuaire/initiative").headers["Location"].endswith(LIST)


def test_whoever_may_add_one_is_led_to_the_form(reader: Browser) -> None:
    new = soup(reader.get(LIST)).select_one(".tools a")["href"]

    assert reader.get(f"{new}?lat=44.6&lon=3.9").headers["Location"] == "/-/record/new/initiative?lat=44.6&lon=3.9"


def test_an_administrator_finds_the_way_to_the_questions_and_to_files(admin: Browser, reader: Browser) -> None:
    links = [link["href"] for link in soup(admin.get(LIST)).select(".found .links a")]

    assert links == ["/-/import/initiative", "/-/forms/edit/initiative"]
    assert [admin.get(link).status_code for link in links] == [200, 200]
    assert not soup(reader.get(LIST)).select(".found .links")


def test_a_filter_says_a_century_and_not_its_number(app: Flask, site: Station) -> None:
    asked = "  - {name: title, type: text, label: Name}\n  - {name: built, type: period, label: Built, facet: yes}\n"
    mill = f"title: Mill\nfolder: mills\nfields:\n{asked}"
    write(site, "_forms/mill", mill)
    for name, built in (("old", "1750"), ("new", "1850")):
        write(site, f"mills/{name}", f"---\nform: mill\ntitle: {name}\nbuilt: {{text: '{built}'}}\n---\n")
    page = soup(Browser(app.test_client()).get("/annuaire/mill/"))
    said = {box.parent.get_text(" ", strip=True) for box in page.select(".sieve input[name='built']")}

    assert said == {"18th century (1)", "19th century (1)"}
