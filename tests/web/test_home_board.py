"""The blocks of the home page: what each shows, to whom, and what it says when there is nothing."""

from dataclasses import replace

import pytest

from app.catalog.editing import Edit
from app.hooks import Arrival
from app.people import accounts, groups
from app.people.authors import SYSTEM
from app.people.groups import Group
from app.people.viewer import Viewer, signed_in
from app.station import Station
from app.web.board.platforms import first_words
from tests.web.hands import Browser, content, soup

OPERATOR = signed_in("Gare", SYSTEM, is_admin=True)
ARRANGED = (
    '[{"block": "arrivals"}, {"block": "platforms"}, {"block": "tools"}, {"block": "newcomers"}, {"block": "desk"}]'
)
TOOL = """\
title: Outil
fields:
  - {name: title, type: text, label: Nom}
  - {name: rule, type: long_text, label: Règle%s}
"""
WELCOME = (
    "---\ntitle: Bienvenue\n---\nPoussez la **porte**.\n\n## Notre histoire\n\nEn 1994.\n\n### Plus loin\n\n## Aider\n"
)


@pytest.fixture(autouse=True)
def home(site: Station) -> None:
    """Let there be a home page."""
    write(site, "index", "# Accueil\n\nBonjour.\n")


def write(site: Station, path: str, text: str) -> None:
    """Write a page as the program does: it is no news."""
    found = site.door.find_view(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, text, found[0].revision if found else None, SYSTEM, ""))


def blocks(browser: Browser, address: str = "/") -> dict[str, str]:
    """Give the words of the blocks below the text of the home page, by their names."""
    found = soup(browser.get(address)).select("article > .content:has(> h2:first-child)")
    return {block.h2.extract().text: block.get_text(" ", strip=True) for block in found if block.h2}


def called(browser: Browser, site: Station, call: str) -> str:
    """Give the words of a page that calls a block."""
    write(site, "appel", f"{{{{{call}}}}}\n")
    return content(browser.get("/appel")).get_text(" ", strip=True)


# -- arrivals --------------------------------------------------------------------------------------------------------


def test_a_new_page_arrives_on_the_home_page(browser: Browser) -> None:
    browser.write("jardins/serre", "# La serre\n")

    assert "La serre Page" in blocks(browser)["Arrivals: the news"]


def test_a_changed_page_and_those_of_the_program_are_no_news(browser: Browser, site: Station) -> None:
    write(site, "jardins/serre", "# La serre\n")
    browser.write("jardins/serre", "# La serre\n\nElle est montée.\n")

    assert "Arrivals: the news" not in blocks(browser)


def test_new_members_are_named_to_members_only(browser: Browser, member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Florian", is_admin=False)
    site.stamp.touch()

    assert "Florian, Idris Have joined us" in blocks(member)["Arrivals: the news"]
    assert "Florian" not in browser.get("/").text


def test_each_part_of_the_site_keeps_a_line_however_many_the_others_have(browser: Browser, site: Station) -> None:
    def minutes(viewer: Viewer, limit: int) -> list[Arrival]:
        return [Arrival("Réunion de mars", "/r", site.today().replace(year=2020), "Minutes of a meeting")]

    site.hooks.arrivals.append((None, minutes))
    for number in range(9):
        browser.write(f"page-{number}", "un\n")

    assert "Réunion de mars" in blocks(browser)["Arrivals: the news"]


def test_a_part_that_fails_does_not_take_the_others_with_it(browser: Browser, site: Station) -> None:
    def fail(viewer: Viewer, limit: int) -> list[Arrival]:
        raise ValueError(viewer, limit)

    site.hooks.arrivals.append((None, fail))
    browser.write("jardins/serre", "# La serre\n")

    assert "La serre" in blocks(browser)["Arrivals: the news"]


def test_what_a_plugin_tells_of_a_page_is_not_told_twice(browser: Browser, site: Station) -> None:
    site.hooks.arrivals.append((None, lambda *_: [Arrival("Séance", "/seance", site.today(), "Minutes of a meeting")]))
    browser.write("seance", "# Séance\n")

    assert blocks(browser)["Arrivals: the news"].count("Séance") == 1


# -- platforms -------------------------------------------------------------------------------------------------------


def test_platforms_are_spaces_with_a_page_of_their_own(browser: Browser, site: Station) -> None:
    write(site, "jardins/index", "---\ntitle: Jardins\n---\nOn bêche le samedi. Puis on mange.\n")
    write(site, "sans-page/a", "un\n")
    write(site, "help/index", "---\ntitle: Help\naliases: [aide]\n---\n")

    shown = blocks(browser)["The platforms: our groups"]
    assert shown == "Jardins On bêche le samedi. All groups, and how to join"


def test_a_platform_names_who_looks_after_it(browser: Browser, site: Station) -> None:
    write(site, "jardins/index", "# Jardins\n")
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "jardin", "Le jardin", "jardins", True))
        lea = accounts.add(connection, "Léa", is_admin=False)
        groups.enter(connection, number, lea.id)
        groups.set_referent(connection, number, lea.id, is_referent=True)
    site.stamp.touch()

    assert "Talk to: Léa" in blocks(browser)["The platforms: our groups"]

    with site.truth.begin() as connection:
        groups.change(connection, replace(groups.get(connection, "jardin"), contact="Paulette, 01 99 00 12 12"))
    site.stamp.touch()
    assert "Talk to: Léa, Paulette, 01 99 00 12 12" in blocks(browser)["The platforms: our groups"]


def test_a_group_whose_page_is_closed_is_no_platform_for_others(
    browser: Browser, site: Station, admin: Browser
) -> None:
    write(site, "bureau/index", "---\ntitle: Le bureau\naudience: group:bureau\n---\nChut.\n")
    with site.truth.begin() as connection:
        groups.add(connection, Group(0, "bureau", "Le bureau", "bureau", True))
    site.stamp.touch()

    assert "The platforms: our groups" not in blocks(browser)
    assert "Le bureau Chut." in blocks(admin)["The platforms: our groups"]


def test_a_group_that_is_made_shows_at_once(admin: Browser, browser: Browser, site: Station) -> None:
    write(site, "a/b/index", "# Deux\n")
    before = blocks(browser)
    admin.post("/-/groups/", name="deux", title="Deux", space="a/b", entry="open")

    assert "The platforms: our groups" not in before
    assert "Deux" in blocks(browser)["The platforms: our groups"]


@pytest.mark.parametrize(("text", "said"), [
    ("Un jardin. Deux bacs.", "Un jardin."), ("\n\nUn jardin\nDeux", "Un jardin"), ("", ""),
    ("mot " * 40, "mot " * 21 + "mot\u00a0…"), ("x" * 500, "\u00a0…"),
])  # fmt: skip
def test_a_platform_says_one_sentence(text: str, said: str) -> None:
    assert first_words(text) == said


# -- tools -----------------------------------------------------------------------------------------------------------


def test_tools_show_their_rule_of_use(browser: Browser, site: Station) -> None:
    write(site, "_forms/tool", TOOL % "")
    write(site, "outils/broyeur", "---\ntitle: Broyeur\nform: tool\nrule: Jamais seul.\n---\n")

    assert blocks(browser)["Our tools"] == "Broyeur Jamais seul."


def test_a_rule_for_few_is_not_shown(admin: Browser, site: Station) -> None:
    write(site, "_forms/tool", TOOL % ", readers: admins")
    write(site, "outils/broyeur", "---\ntitle: Broyeur\nform: tool\n---\n")

    assert blocks(admin)["Our tools"] == "Broyeur"


def test_where_there_is_no_form_of_tools_none_are_shown(browser: Browser, site: Station) -> None:
    assert "Our tools" not in blocks(browser)
    assert called(browser, site, "tools") == "No tool is listed yet."


# -- a page as a block -----------------------------------------------------------------------------------------------


def test_newcomers_read_the_first_words_of_their_page_and_find_its_parts(browser: Browser, site: Station) -> None:
    write(site, "accueil/bienvenue", WELCOME)
    links = [link["href"] for link in soup(browser.get("/")).select("article .links a[href^='/accueil']")]

    assert blocks(browser)["Are you new here?"] == "Poussez la porte . Notre histoire Aider Read all of “Bienvenue”"
    assert links == ["/accueil/bienvenue#notre-histoire", "/accueil/bienvenue#aider"]


def test_a_page_whose_first_heading_stands_inside_of_something_is_shown_whole(browser: Browser, site: Station) -> None:
    write(site, "bienvenue", "Avant.\n\n<details>\n<summary>Plus</summary>\n\n## Dedans\n\nFin.\n\n</details>\n")

    assert blocks(browser)["Are you new here?"] == "Avant. Plus Dedans Fin."


def test_the_desk_shows_how_to_reach_us_and_the_help(browser: Browser, site: Station) -> None:
    write(site, "nous-joindre", "# Nous joindre\n\nAppelez le [01 99 00 12 34](tel:+33199001234).\n")
    page = soup(browser.get("/"))

    assert page.select("article .content a[href='tel:+33199001234']")
    assert page.select("article .content .links a[href='/aide']")


def test_a_page_that_calls_itself_as_a_corner_says_so(browser: Browser, site: Station) -> None:
    write(site, "bienvenue", "{{newcomers}}\n")

    assert "without end" in content(browser.get("/bienvenue")).text
    assert "without end" in blocks(browser)["Are you new here?"]


def test_a_corner_does_not_say_whether_a_page_is_closed_or_missing(browser: Browser, site: Station) -> None:
    write(site, "secret", "---\ntitle: Secret\naudience: admins\n---\nzanzibar\n")

    assert called(browser, site, "newcomers page=secret") == called(browser, site, "newcomers page=rien")


# -- all together ----------------------------------------------------------------------------------------------------


def test_a_site_with_nothing_to_show_shows_no_empty_blocks(browser: Browser) -> None:
    assert "Bonjour." in browser.get("/").text
    assert blocks(browser) == {}


def test_blocks_that_somebody_arranged_say_that_there_is_nothing(browser: Browser, site: Station) -> None:
    site.store_settings(home=ARRANGED)

    assert blocks(browser) == {
        "Arrivals: the news": "Nothing is new these days. All changes of the pages",
        "The platforms: our groups": "No group has its page yet. All groups, and how to join",
        "Our tools": "No tool is listed yet.",
        "Are you new here?": "No page welcomes newcomers yet.",
        "Reaching us": "Nobody has written yet how to reach us. Read the help",
    }


def test_a_block_that_the_text_calls_itself_is_not_shown_twice(browser: Browser, site: Station) -> None:
    site.store_settings(home=ARRANGED)
    write(site, "index", "# Accueil\n\n## Nos outils\n\n{{tools}}\n")

    assert "Our tools" not in blocks(browser)
    assert browser.get("/").text.count("No tool is listed yet.") == 1


def test_other_pages_have_no_blocks_below(browser: Browser, site: Station) -> None:
    site.store_settings(home=ARRANGED)
    write(site, "a", "un\n")

    assert blocks(browser, "/a") == {}


@pytest.mark.parametrize("name", ["arrivals", "platforms", "tools"])
def test_a_count_that_is_none_is_said(browser: Browser, site: Station, name: str) -> None:
    assert "must be a number from 1 to 30" in called(browser, site, f"{name} count=0")
