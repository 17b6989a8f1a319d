"""Pages of groups: read by whoever is in one of them, by administrators, by nobody else; also after every change."""

from dataclasses import replace

import pytest

from app.catalog import audience, searching
from app.catalog.attaching import attach
from app.catalog.deleting import delete, undelete
from app.catalog.fallback import read_page
from app.catalog.moving import Rename, rename
from app.catalog.readers import EVERYTHING, meet, opens
from app.catalog.rebuild import rebuild
from app.errors import Invalid, NotFound, Refused
from app.people.door import Door
from app.people.search import SearchQuery
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.wiki.uploads import Prepared
from tests.catalog.hands import NADIA, Hands

GARDEN = "---\naudience: group:jardin\n---\n"
KITCHEN = "---\naudience: group:cuisine\n---\n"
BOTH = "---\naudience: group:jardin, group:cuisine\n---\n"
OF_GARDEN = ("public", "members", "group:jardin", "group:cuisine, group:jardin")


def of(*groups: str) -> Viewer:
    return signed_in("Idris", "m-idrisabc", is_admin=False, groups=groups)


ADMIN = signed_in("Nadia", NADIA, is_admin=True)


@pytest.fixture
def door(hands: Hands) -> Door:
    return Door(hands.wiki, None, None)  # type: ignore[arg-type] - no names are asked for


def readers(hands: Hands, path: str) -> str:
    page = hands.find(path)
    assert page, path
    return page.audience


def can_read(door: Door, viewer: Viewer, path: str) -> bool:
    try:
        door.find(viewer, path)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize(
    "said", ["group:b, group:a", "[group:b, group:a]", "\n  - group:b\n  - group:a", '" group:b,group:a "']
)
def test_an_audience_of_groups_has_one_form(hands: Hands, said: str) -> None:
    hands.write("a", f"---\naudience: {said}\n---\n")

    assert readers(hands, "a") == "group:a, group:b"


@pytest.mark.parametrize("said", ["group:A", "group:", "group:a b", "group:a, members", "[group:a, public]", "group: a",
                                  "group:a,", "[]", "group:-a", f"group:{'a' * 61}"])  # fmt: skip
def test_what_names_no_group_closes_the_page(hands: Hands, said: str) -> None:
    hands.write("b", "un\n")
    hands.push_pages(a=f"---\naudience: {said}\n---\n")
    hands.wiki.catch_up()

    assert readers(hands, "a") == "admins"


def test_a_page_of_a_group_is_read_by_those_who_are_in_it(hands: Hands, door: Door) -> None:
    hands.write("jardin/index", GARDEN)
    hands.write("jardin/plan", "un\n")
    hands.write("fete", BOTH)

    readers_of = {
        path: [can_read(door, who, path) for who in (ANONYMOUS, of(), of("cuisine"), of("jardin"), ADMIN)]
        for path in ("jardin/plan", "fete")
    }
    assert readers_of == {"jardin/plan": [False, False, False, True, True], "fete": [False, False, True, True, True]}


def test_a_page_of_a_group_that_nobody_made_is_for_administrators(hands: Hands, door: Door) -> None:
    hands.write("a", "---\naudience: group:inconnu\n---\n")

    assert [can_read(door, who, "a") for who in (ANONYMOUS, of("jardin"), ADMIN)] == [False, False, True]


def test_a_rebuild_finds_the_same_audiences(hands: Hands) -> None:
    hands.write("jardin/index", GARDEN)
    hands.write("jardin/plan", "un\n")
    hands.write("jardin/fete", BOTH)
    hands.write("jardin/parti", "deux\n")
    delete(hands.wiki, "jardin/parti", NADIA)
    hands.write("jardin/index", KITCHEN)
    before = hands.tables()
    rebuild(hands.wiki)

    assert hands.tables() == before
    with hands.wiki.catalog.reading() as connection:
        assert audience.list_of_groups(connection) == ["group:cuisine", "group:cuisine, group:jardin"]


def test_the_search_finds_what_the_groups_of_the_reader_may_read(hands: Hands, door: Door) -> None:
    for path, head in (("a", GARDEN), ("b", KITCHEN), ("c", BOTH)):
        hands.write(path, f"{head}zanzibar\n")
    searching.follow(hands.wiki)

    def found(viewer: Viewer) -> list[str]:
        founds, results = door.search(viewer, SearchQuery("zanzibar"))
        assert results.total == len(founds)
        return sorted(one.row.path for one in founds)

    assert [found(who) for who in (ANONYMOUS, of(), of("jardin"), of("cuisine"), ADMIN)] == [
        [], [], ["a", "c"], ["b", "c"], ["a", "b", "c"],
    ]  # fmt: skip


def test_a_page_that_passes_to_another_group_is_hidden_from_the_search_at_once(hands: Hands, door: Door) -> None:
    hands.write("a", f"{GARDEN}zanzibar\n")
    searching.follow(hands.wiki)
    hands.write("a", f"{KITCHEN}zanzibar\n")

    assert door.search(of("jardin"), SearchQuery("zanzibar"))[1].total == 0


def test_a_page_read_without_the_catalog_is_as_closed(hands: Hands) -> None:
    hands.write("jardin/index", GARDEN)
    hands.write("jardin/plan", "un\n")
    hands.write("fete", BOTH)

    for path in ("jardin/plan", "fete"):
        assert read_page(hands.wiki, path, of("jardin").tokens)
        assert read_page(hands.wiki, path, EVERYTHING)
        assert read_page(hands.wiki, path, of("autre").tokens) is None


def test_files_are_read_as_their_page(hands: Hands, door: Door) -> None:
    hands.write("jardin/index", GARDEN)
    attach(hands.wiki, "jardin/index", [Prepared("plan.txt", b"secret", "text")], NADIA)

    assert door.file(of("jardin"), "jardin/index", "plan.txt")
    with pytest.raises(NotFound):
        door.file(of("cuisine"), "jardin/index", "plan.txt")


def test_a_page_does_not_move_from_one_group_to_another(hands: Hands) -> None:
    hands.write("jardin/index", GARDEN)
    hands.write("jardin/plan", "un\n")
    hands.write("cuisine/index", KITCHEN)
    in_both = (*OF_GARDEN, "group:cuisine")

    with pytest.raises(Refused, match="place"):
        rename(hands.wiki, Rename("jardin/plan", "cuisine/plan", NADIA, audiences=OF_GARDEN, may_administer=False))
    with pytest.raises(Refused, match="More people"):
        rename(hands.wiki, Rename("jardin/plan", "cuisine/plan", NADIA, audiences=in_both, may_administer=False))
    rename(hands.wiki, Rename("jardin/plan", "cuisine/plan", NADIA))
    assert readers(hands, "cuisine/plan") == "group:jardin"


def test_who_looks_after_a_page_alone_moves_it_to_where_fewer_groups_read(hands: Hands) -> None:
    hands.write("fete/index", BOTH)
    hands.write("fete/plan", "un\n")
    hands.write("jardin/index", GARDEN)
    request = Rename("fete/plan", "jardin/plan", NADIA, audiences=OF_GARDEN, may_administer=False)

    with pytest.raises(Refused, match="Fewer people could read it"):
        rename(hands.wiki, request)
    rename(hands.wiki, replace(request, spaces=("fete/",)))
    assert readers(hands, "jardin/plan") == "group:jardin"


def test_what_was_deleted_in_a_group_stays_with_it(hands: Hands, door: Door) -> None:
    hands.write("jardin/index", GARDEN)
    hands.write("jardin/plan", "un\n")
    delete(hands.wiki, "jardin/plan", NADIA)

    with pytest.raises(NotFound):
        door.grave(of("cuisine"), "jardin/plan")
    assert door.grave(of("jardin"), "jardin/plan")
    hands.write("jardin/index", KITCHEN)
    for who in (of("jardin"), of("cuisine"), of("jardin", "cuisine")):
        with pytest.raises(NotFound):
            door.grave(who, "jardin/plan")
    with pytest.raises(Invalid, match="Close its folder"):
        undelete(hands.wiki, "jardin/plan", NADIA)
    hands.write("jardin/index", GARDEN)
    undelete(hands.wiki, "jardin/plan", NADIA)
    assert readers(hands, "jardin/plan") == "group:jardin"


WORDS = ("public", "members", "group:a", "group:b", "group:a, group:b", "admins")
PEOPLE = {"anonymous": {"public"}, "member": {"public", "members"}, "a": {"public", "members", "group:a"},
          "b": {"public", "members", "group:b"}}  # fmt: skip


def belong(word: str) -> set[str]:
    return {name for name, tokens in PEOPLE.items() if any(one in tokens for one in word.split(", "))}


@pytest.mark.parametrize("one", WORDS)
@pytest.mark.parametrize("other", WORDS)
def test_words_are_compared_as_the_people_behind_them(one: str, other: str) -> None:
    assert opens(one, other) == bool(belong(one) - belong(other))
    assert belong(meet(one, other)) == belong(one) & belong(other)
