"""Who may change pages: the page's word, its folder's, the site's; and a site whose own word for readers changes."""

from dataclasses import replace

import pytest

from app.catalog import searching
from app.catalog.editing import Edit
from app.catalog.moving import Rename
from app.catalog.rebuild import rebuild
from app.errors import NotFound, Refused
from app.people.search import SearchQuery
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station
from app.wiki.uploads import Prepared
from tests.catalog.hands import EVERYBODY, IDRIS, NADIA, Hands

MEMBER = signed_in("Idris", IDRIS, is_admin=False)
GARDENER = signed_in("Ana", "m-anaabcde", is_admin=False, groups=("jardin",))
REFERENT = replace(GARDENER, referent_of=("jardin",), spaces=("jardin/",))
ADMIN = signed_in("Nadia", NADIA, is_admin=True)
EVERYONE = (ANONYMOUS, MEMBER, GARDENER, ADMIN)
OF_GARDEN = "---\neditors: group:jardin\n---\n"


@pytest.fixture
def garden(hands: Hands) -> Hands:
    hands.write("jardin/index", OF_GARDEN)
    hands.write("jardin/plan", "un\n")
    hands.write("jardin/affiche", "---\neditors: all\n---\nun\n")
    hands.write("ailleurs", "un\n")
    return hands


def edit(station: Station, viewer: Viewer, path: str, text: str, base: str | None = "") -> None:
    base = station.door.find(ADMIN, path).revision if base == "" else base
    station.door.save(viewer, Edit(path, text, base, viewer.pseudonym or NADIA))


def writers_of(station: Station, path: str) -> list[bool]:
    return [station.door.may_write(who, path) for who in EVERYONE]


def test_the_nearest_word_says_who_writes(garden: Hands, station: Station) -> None:
    assert writers_of(station, "jardin/plan") == [False, False, True, True]
    assert writers_of(station, "jardin/neuf") == [False, False, True, True]
    assert writers_of(station, "jardin/affiche") == [True, True, True, True]
    assert writers_of(station, "ailleurs") == [True, True, True, True]


@pytest.mark.parametrize(
    ("word", "expected"), [("members", [False, True, True, True]), ("admins", [False, False, False, True])]
)
def test_the_site_says_who_writes_where_nothing_is_said(
    garden: Hands, station: Station, word: str, expected: list[bool]
) -> None:
    station.store_settings(writing=word)

    assert writers_of(station, "ailleurs") == expected
    assert writers_of(station, "jardin/plan") == [False, False, True, True]
    assert station.door.may_write_somewhere(ANONYMOUS)  # the poster


@pytest.mark.parametrize("said", ["personne", "[all, members]", "{a: b}", "public"])
def test_what_cannot_be_understood_lets_only_administrators_write(hands: Hands, station: Station, said: str) -> None:
    hands.write("a", f"---\neditors: {said}\n---\n")

    assert writers_of(station, "a") == [False, False, False, True]


def test_nothing_is_changed_by_who_may_not_write(garden: Hands, station: Station) -> None:
    door, plan = station.door, Prepared("plan.txt", b"un", "text")
    door.attach(ADMIN, "jardin/plan", [plan], NADIA)
    before = garden.wiki.store.tip()
    refused = [
        lambda: edit(station, MEMBER, "jardin/plan", "deux\n"),
        lambda: edit(station, MEMBER, "jardin/neuf", "deux\n", None),
        lambda: door.rename(MEMBER, Rename("jardin/plan", "plan", IDRIS)),
        lambda: door.rename(MEMBER, Rename("ailleurs", "jardin/ailleurs", IDRIS)),
        lambda: door.delete(MEMBER, "jardin/plan", IDRIS),
        lambda: door.attach(MEMBER, "jardin/plan", [plan], IDRIS),
        lambda: door.attach(MEMBER, "jardin/neuf", [plan], IDRIS),
        lambda: door.detach(MEMBER, "jardin/plan", "plan.txt", IDRIS),
    ]

    for change in refused:
        with pytest.raises(Refused):
            change()
    assert garden.wiki.store.tip() == before


def test_nothing_comes_back_by_who_may_not_write_it(garden: Hands, station: Station) -> None:
    garden.write("fiche", OF_GARDEN)
    for path in ("fiche", "jardin/plan"):
        station.door.delete(ADMIN, path, NADIA)

        with pytest.raises(Refused):
            station.door.undelete(MEMBER, path, IDRIS)
        station.door.undelete(GARDENER, path, IDRIS)


def test_an_edit_of_a_page_that_moved_is_judged_where_it_is_now(garden: Hands, station: Station) -> None:
    base = station.door.find(ADMIN, "ailleurs").revision
    station.door.rename(ADMIN, Rename("ailleurs", "jardin/ailleurs", NADIA))

    with pytest.raises(Refused):
        edit(station, MEMBER, "ailleurs", "deux\n", base)


def test_an_index_that_says_who_writes_is_not_taken_from_its_folder(garden: Hands, station: Station) -> None:
    with pytest.raises(Refused, match="folder"):
        station.door.delete(GARDENER, "jardin/index", IDRIS)
    with pytest.raises(Refused, match="folder"):
        station.door.rename(GARDENER, Rename("jardin/index", "jardin/accueil", IDRIS))
    station.door.delete(REFERENT, "jardin/index", IDRIS)


def test_a_referent_says_who_reads_and_writes_in_the_space_of_the_group_only(garden: Hands, station: Station) -> None:
    closed = "---\naudience: group:jardin\neditors: members\n---\nun\n"
    edit(station, REFERENT, "jardin/plan", closed)
    edit(station, REFERENT, "ailleurs", closed)
    edit(station, GARDENER, "jardin/affiche", closed)

    assert garden.find("jardin/plan", ("group:jardin",))
    assert "audience" not in garden.text("ailleurs") + garden.text("jardin/affiche")


def test_a_referent_does_not_open_what_comes_from_elsewhere(garden: Hands, station: Station) -> None:
    garden.write("cave/index", "---\naudience: members\n---\n")
    garden.write("cave/vin", "un\n")

    with pytest.raises(Refused, match="not open to everybody"):
        station.door.rename(REFERENT, Rename("cave/vin", "jardin/vin", IDRIS))


def test_a_site_that_closes_is_closed_at_once_and_opens_again(hands: Hands, station: Station) -> None:
    hands.write("a", "zanzibar\n")
    hands.write("b", "---\naudience: public\n---\nzanzibar\n")
    hands.write("c", "zanzibar\n")
    station.door.delete(ADMIN, "c", NADIA)
    searching.follow(hands.wiki)
    station.store_settings(reading="members")

    with pytest.raises(NotFound):
        station.door.find(ANONYMOUS, "a")
    assert station.door.find(MEMBER, "a") and station.door.find(ANONYMOUS, "b")
    founds, results = station.door.search(ANONYMOUS, SearchQuery("zanzibar"))
    assert ([found.row.path for found in founds], results.total) == (["b"], 1)
    assert hands.changes(EVERYBODY) == [("created", "b")]
    before = hands.tables()
    rebuild(hands.wiki)
    assert hands.tables() == before
    station.store_settings(reading="public")
    assert station.door.find(ANONYMOUS, "a")


def test_nobody_is_offered_to_write_on_a_site_that_he_may_not_read(hands: Hands, station: Station) -> None:
    station.store_settings(reading="members")
    hands.write("a", "un\n")

    assert [station.door.may_write_somewhere(who) for who in EVERYONE] == [False, True, True, True]
    assert [station.door.may_begin(who, "neuf") for who in EVERYONE] == [False, True, True, True]


def test_a_closed_site_that_was_empty_is_closed_from_its_first_page_on(hands: Hands, station: Station) -> None:
    station.store_settings(reading="members")
    hands.write("a", "un\n")

    assert hands.find("a", EVERYBODY) is None and hands.find("a", ("public", "members"))
