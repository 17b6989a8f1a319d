"""The page where an administrator arranges the home page, without scripts: names, order, what is hidden, pages."""

from typing import Any

import pytest

from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.station import Station
from app.web.board.arrangement import MOST, Entry, read
from tests.web.hands import Browser, errors, form, notices, soup
from tests.web.test_home_board import blocks, write

PAGE = "/-/admin/home"
OWN = ["arrivals", "platforms", "tools", "newcomers", "desk"]


@pytest.fixture(autouse=True)
def home(site: Station) -> None:
    """Let there be a home page."""
    write(site, "index", "# Accueil\n\nBonjour.\n")


def press(admin: Browser, action: str, **typed: str) -> Any:
    """Press a button of the page as it stands, some fields typed otherwise; `off` takes a tick away."""
    fields = form(admin.get(PAGE), "main form") | typed
    return admin.post(PAGE, **{name: said for name, said in fields.items() if said != "off"}, action=action)


def order(site: Station) -> list[str]:
    return [one.block for one in read(site.settings.get().home)]


def test_it_is_for_administrators(member: Browser, browser: Browser, site: Station) -> None:
    for who in (member, browser):
        assert (who.get(PAGE).status_code, who.post(PAGE, action="reset").status_code) == (403, 403)
    assert site.settings.get().home == ""


def test_the_settings_lead_to_it(admin: Browser) -> None:
    assert soup(admin.get("/-/admin/")).select(f"main a[href='{PAGE}']")


def test_it_shows_all_blocks_in_their_usual_order(admin: Browser) -> None:
    page = soup(admin.get(PAGE))

    assert [one["value"] for one in page.select("input[name^=block-]")] == OWN
    assert all(one.has_attr("checked") for one in page.select("input[name^=shown-]"))


def test_a_block_is_renamed_and_hidden(admin: Browser, site: Station, browser: Browser) -> None:
    answer = press(admin, "save", **{"title-2": "La remise <3", "shown-0": "off"})

    assert answer.status_code == 303 and notices(admin.get(PAGE)) == ["The home page is arranged."]
    assert list(blocks(browser)) == ["The platforms: our groups", "La remise <3", "Are you new here?", "Reaching us"]
    assert read(site.settings.get().home)[0] == Entry("arrivals", is_hidden=True)


def test_a_block_moves_and_what_else_was_typed_is_kept(admin: Browser, site: Station) -> None:
    answer = press(admin, "up:2", **{"title-0": "Du neuf"})

    assert answer.location.endswith(f"{PAGE}#gc-block-1")
    assert order(site) == ["arrivals", "tools", "platforms", "newcomers", "desk"]
    assert read(site.settings.get().home)[0].title == "Du neuf"
    press(admin, "down:1")
    assert order(site) == OWN


def test_a_page_is_added_moved_up_and_taken_away(admin: Browser, site: Station, browser: Browser) -> None:
    write(site, "charte", "---\ntitle: Notre charte\n---\nOn s’écoute.\n")
    answer = press(admin, "add", new_page="notre charte")
    press(admin, "up:5")

    assert answer.location.endswith("#gc-block-5")
    assert blocks(browser)["Notre charte"] == "On s’écoute."
    assert list(blocks(browser))[-2:] == ["Notre charte", "Reaching us"]
    press(admin, "remove:4")
    assert "Notre charte" not in blocks(browser) and order(site) == OWN


def test_only_pages_can_be_taken_away(admin: Browser, site: Station) -> None:
    press(admin, "remove:0")

    assert order(site) == OWN


def test_a_block_whose_page_is_gone_can_be_taken_away(admin: Browser, site: Station) -> None:
    write(site, "charte", "un\n")
    press(admin, "add", new_page="charte")
    site.door.delete(OPERATOR, "charte", SYSTEM)
    refused = press(admin, "save")

    assert errors(refused) == ["There is no page named “charte”."]
    assert press(admin, "remove:5").status_code == 303 and order(site) == OWN


def test_newcomers_get_the_page_that_was_chosen(admin: Browser, site: Station, browser: Browser) -> None:
    write(site, "bienvenue", "Bonjour.\n")
    write(site, "accueil/ici", "# Par ici\n\nEntrez.\n")
    press(admin, "save", **{"page-3": "Par ici"})

    assert blocks(browser)["Are you new here?"] == "Entrez."
    assert read(site.settings.get().home)[3].page == "accueil/ici"


def test_everything_is_put_back_as_at_first(admin: Browser, site: Station) -> None:
    press(admin, "up:2")
    press(admin, "reset")

    assert site.settings.get().home == ""


def test_a_block_that_the_text_calls_is_named_so(admin: Browser, site: Station) -> None:
    write(site, "index", "{{tools}}\n")

    said = {one.legend.text: one.text for one in soup(admin.get(PAGE)).select("fieldset") if one.legend}
    assert [name for name, words in said.items() if "shows it already" in words] == ["Our tools"]


def test_a_block_whose_page_is_gone_or_closed_leaves_not_even_its_name(
    admin: Browser, site: Station, browser: Browser
) -> None:
    write(site, "charte", "---\ntitle: Charte\n---\nUn.\n")
    press(admin, "add", new_page="charte")
    press(admin, "save", **{"title-5": "Nos règles"})
    before = blocks(browser)
    write(site, "charte", "---\ntitle: Charte\naudience: members\n---\nUn.\n")

    assert before["Nos règles"] == blocks(admin)["Nos règles"] == "Un."
    assert "Nos règles" not in browser.get("/").text


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"title-1": "x" * 81}, "Type at most 80 letters."),
    ({"page-3": "nulle part"}, "There is no page named “nulle part”."),
    ({"page-4": "x" * 5000}, "There is no page named"),
    ({"page-4": "bureau"}, "Only administrators read this page."),
    ({"page-4": "_forms/tool"}, "There is no page named “_forms/tool”."),
    ({"page-4": "index"}, "There is no page named “index”."),
])  # fmt: skip
def test_what_was_typed_wrong_is_said_at_its_field(
    admin: Browser, site: Station, typed: dict[str, str], sentence: str
) -> None:
    write(site, "bureau", "---\ntitle: Bureau\naudience: admins\n---\nChut.\n")
    write(site, "_forms/tool", "title: Outil\nfields:\n  - {name: title, type: text, label: Nom}\n")
    answer = press(admin, "save", **typed)

    assert answer.status_code == 400 and sentence in errors(answer)[0]
    assert soup(answer).select(f"#gc-errors a[href='#gc-field-{next(iter(typed))}']")
    assert site.settings.get().home == ""


@pytest.mark.parametrize(("name", "sentence"), [
    ("", "Type the name of a page."), ("rien", "There is no page named “rien”."),
    ("bureau", "Only administrators read this page."), ("charte", "This page is a block already."),
])  # fmt: skip
def test_a_page_that_cannot_be_a_block_is_refused(admin: Browser, site: Station, name: str, sentence: str) -> None:
    write(site, "bureau", "---\ntitle: Bureau\naudience: admins\n---\nChut.\n")
    write(site, "charte", "Un.\n")
    press(admin, "add", new_page="charte")
    answer = press(admin, "add", new_page=name)

    assert answer.status_code == 400 and sentence in errors(answer)[0]
    assert len(order(site)) == len(OWN) + 1


@pytest.mark.parametrize("fields", [
    {"block-0": "inconnu"}, {"block-0": "tools", "block-1": "tools"}, {"block-0": "desk\0"}, {"action": "explode"},
    {f"block-{number}": "page" for number in range(500)},
])  # fmt: skip
def test_what_no_browser_sends_is_refused_with_a_sentence(
    admin: Browser, site: Station, fields: dict[str, str]
) -> None:
    answer = admin.post(PAGE, **{"action": "save"} | fields)

    assert answer.status_code == 400 and soup(answer).select("main h1, main .error-summary")
    assert site.settings.get().home == ""


def test_ten_thousand_entries_are_refused(admin: Browser, site: Station) -> None:
    answer = admin.post(PAGE, action="save", **{f"block-{number}": "tools" for number in range(10_000)})

    assert answer.status_code in {400, 413}
    assert site.settings.get().home == ""


def test_there_are_at_most_so_many_pages(admin: Browser, site: Station) -> None:
    write(site, "une", "un\n")
    for number in range(MOST):
        write(site, f"p{number}", "un\n")
    pages = {f"block-{number}": "page" for number in range(MOST)} | {f"page-{n}": f"p{n}" for n in range(MOST)}
    answer = admin.post(PAGE, action="add", new_page="une", **pages)

    assert answer.status_code == 400 and errors(answer) == [f"The home page shows at most {MOST} pages as blocks."]


def test_what_was_put_back_is_brought_back_by_one_press(admin: Browser, site: Station) -> None:
    press(admin, "down:0")
    arranged = site.settings.get().home
    page = admin.get(press(admin, "reset").location)
    (form,) = soup(page).select(".notice form")
    admin.post(str(form["action"]))

    assert arranged and site.settings.get().home == arranged
