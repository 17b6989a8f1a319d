"""A form is a page: the file `_forms/NAME.yaml`, with history, rights and rules as every page, and no head."""

import pytest

from app.catalog.deleting import delete, undelete
from app.catalog.moving import Rename, rename
from app.errors import Invalid, Refused
from app.people.viewer import ANONYMOUS, signed_in
from app.station import Station
from app.wiki.page import file_of
from app.wiki.store import Change
from tests.catalog.hands import NADIA, Hands

PATH = "_forms/tool"
TOOL = "title: {fr: Outil, en: Tool}\nfolder: outils\nfields:\n  - {name: title, type: text, label: Use}\n"
ADMIN = signed_in("Ada", "m-adaadaad", is_admin=True)
MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)
REFERENT = signed_in("Cy", "m-cycycycy", is_admin=False, groups=("jardin",), referent_of=("jardin",), spaces=("j/",))


def test_a_form_is_a_page_whose_title_is_the_forms(hands: Hands) -> None:
    hands.write(PATH, TOOL)

    page = hands.find(PATH)
    assert page is not None
    assert (page.title, page.form, page.id) == ("Outil", "", None)


def test_nothing_is_ever_added_to_a_form(hands: Hands) -> None:
    hands.write(PATH, TOOL)
    hands.write(PATH, TOOL.replace("Use", "What for"))

    assert hands.text(PATH) == TOOL.replace("Use", "What for")
    assert hands.history(PATH) == ["edited", "created"]
    assert hands.wiki.store.read("_forms/tool.yaml", hands.wiki.store.tip() or "") is not None


def test_a_form_is_shown_as_it_is_written(hands: Hands, station: Station) -> None:
    hands.write(PATH, TOOL.replace("Use", "'<b>[[Use]]</b>'"))

    html = station.door.view(ADMIN, PATH)[1].html
    assert "&lt;b&gt;[[Use]]&lt;/b&gt;" in html
    assert html.startswith("<pre")
    assert hands.wanted() == []


def test_the_title_of_a_form_is_no_name_for_links(hands: Hands) -> None:
    hands.write(PATH, TOOL)

    assert hands.means("Outil") is None


@pytest.mark.parametrize("text", ["title: [", "fields: []\n", f"---\n{TOOL}", "title: x\nfields:\n  - {name: id}\n"])
def test_a_form_that_cannot_be_read_is_not_saved(hands: Hands, text: str) -> None:
    hands.write(PATH, TOOL)

    with pytest.raises(Invalid):
        hands.write(PATH, text)
    assert hands.text(PATH) == TOOL


def test_a_deleted_form_comes_back_as_it_was(hands: Hands) -> None:
    hands.write(PATH, TOOL)
    delete(hands.wiki, PATH, NADIA)
    undelete(hands.wiki, PATH, NADIA)

    assert hands.text(PATH) == TOOL
    assert hands.history(PATH) == ["restored", "deleted", "created"]


def test_a_form_may_have_another_name_as_long_as_no_record_follows_it(hands: Hands) -> None:
    hands.write(PATH, TOOL)
    rename(hands.wiki, Rename(PATH, "_forms/outil", NADIA))

    assert hands.text("_forms/outil") == TOOL
    hands.write("outils/a", "---\nform: outil\n---\n")
    with pytest.raises(Invalid, match="records"):
        rename(hands.wiki, Rename("_forms/outil", PATH, NADIA))


@pytest.mark.parametrize(("path", "to"), [(PATH, "tool"), ("page", "_forms/page")])
def test_a_form_never_becomes_a_page_nor_a_page_a_form(hands: Hands, path: str, to: str) -> None:
    hands.write(PATH, TOOL)
    hands.write("page", "Words.\n")

    with pytest.raises(Invalid):
        rename(hands.wiki, Rename(path, to, NADIA))


@pytest.mark.parametrize("path", ["_forms/Tool", "_forms/a/b", "_forms/index", "_forms/" + "a" * 41, "_Forms/x"])
def test_other_names_are_no_forms_and_no_pages(hands: Hands, path: str) -> None:
    with pytest.raises(Invalid):
        hands.write(path, TOOL)


@pytest.mark.parametrize(
    ("viewer", "may"), [(ADMIN, True), (REFERENT, True), (MEMBER, False), (ANONYMOUS, False)], ids=lambda one: str(one)
)
def test_forms_are_written_by_those_who_look_after_pages(station: Station, hands: Hands, viewer, may: bool) -> None:
    hands.write(PATH, TOOL)

    assert station.door.may_write(viewer, PATH) is may
    if not may:
        with pytest.raises(Refused):
            station.door.delete(viewer, PATH, "m-bobobobo")


def test_a_form_stays_out_of_search_and_lists(hands: Hands, station: Station) -> None:
    hands.write(PATH, TOOL)

    assert [row.path for row in station.door.similar(ADMIN, "outil")] == []
    assert hands.orphans() == []


def test_a_form_that_was_pushed_is_a_page(hands: Hands) -> None:
    hands.push(Change(file_of(PATH), TOOL.encode()), Change("_forms/other.md", b"no page\n"))
    hands.wiki.catch_up()

    assert set(hands.pages()) == {PATH} == set(hands.pages_in_git())
