"""Who may read what: a page's own word, its folder's, both taking effect at once, also for what was deleted."""

import pytest

from app.catalog import finding, linking
from app.catalog.attaching import attach
from app.catalog.deleting import delete
from app.catalog.fallback import read_page
from app.catalog.moving import Rename, rename
from app.catalog.rebuild import rebuild
from app.errors import NotFound
from app.people.door import Door
from app.people.viewer import ANONYMOUS, signed_in
from app.wiki.store import Change, Move
from app.wiki.uploads import Prepared
from tests.catalog.hands import EVERYBODY, NADIA, Hands

ADMINS = "---\naudience: admins\n---\n"


def readers(hands: Hands, path: str) -> str:
    page = hands.find(path)
    assert page
    return page.audience


def test_a_page_is_public_unless_something_else_is_said(hands: Hands) -> None:
    hands.write("a/b", "un\n")

    assert readers(hands, "a/b") == "public"


def test_a_folder_rules_what_is_below_at_any_depth(hands: Hands) -> None:
    hands.write("a/b/c", "un\n")
    hands.write("a/index", ADMINS)

    assert (readers(hands, "a/index"), readers(hands, "a/b/c")) == ("admins", "admins")


def test_the_nearest_folder_wins_and_the_page_itself_before_it(hands: Hands) -> None:
    hands.write("index", ADMINS)
    hands.write("a/index", "---\naudience: members\n---\n")
    hands.write("a/b", "un\n")
    hands.write("a/c", "---\naudience: public\n---\n")
    hands.write("d", "un\n")

    assert [readers(hands, path) for path in ("d", "a/b", "a/c")] == ["admins", "members", "public"]


def test_a_folder_opens_again(hands: Hands) -> None:
    hands.write("a/index", ADMINS)
    hands.write("a/b", "un\n")
    hands.write("a/index", "ouvert\n")

    assert readers(hands, "a/b") == "public"


def test_a_folder_that_differs_by_case_is_another_one(hands: Hands) -> None:
    hands.write("prive/secret", "un\n")
    hands.write("prive/index", ADMINS)
    hands.write("Prive/autre", "deux\n")
    hands.push(Change("Prive/index.md", b"---\naudience: public\n---\n"))
    hands.wiki.catch_up()
    rebuild(hands.wiki)

    assert (readers(hands, "prive/secret"), readers(hands, "Prive/autre")) == ("admins", "public")


@pytest.mark.parametrize("word", ["[members, admins]", "{a: b}", "Public", "everybody", "'no one'", "|\n  public\n  x"])
def test_what_cannot_be_understood_closes_the_page(hands: Hands, word: str) -> None:
    hands.write("a", f"---\naudience: {word}\n---\n")

    assert readers(hands, "a") == "admins"


def test_a_page_moved_into_a_closed_folder_is_closed(hands: Hands) -> None:
    hands.write("prive/index", ADMINS)
    hands.write("a", "un\n")
    rename(hands.wiki, Rename("a", "prive/a", NADIA))

    assert readers(hands, "prive/a") == "admins"


def test_lists_links_and_changes_are_narrowed_at_once(hands: Hands) -> None:
    hands.write("a", "---\ntitle: Secret\n---\n[[rien]] [[b]]\n")
    hands.write("b", "[[Secret]]\n")
    hands.write("a", "---\ntitle: Secret\naudience: admins\n---\n[[rien]] [[b]]\n")

    assert hands.changes(EVERYBODY) == [("created", "b")]
    with hands.wiki.catalog.reading() as connection:
        assert linking.resolve(connection, ["secret", "a"], EVERYBODY) == {}
        assert linking.backlinks(connection, "b", EVERYBODY, 10) == []
        assert linking.list_wanted(connection, EVERYBODY, 10) == []
        assert [row.path for row in finding.list_pages(connection, finding.PageQuery(), EVERYBODY)] == ["b"]
        assert [row.path for row in finding.list_orphans(connection, EVERYBODY, 10)] == []
        assert finding.search_titles(connection, "a", EVERYBODY, 10) == []


def test_a_deleted_page_stays_closed(hands: Hands) -> None:
    hands.write("a", ADMINS)
    delete(hands.wiki, "a", NADIA)

    assert hands.changes(EVERYBODY) == []


def test_a_page_deleted_before_its_folder_was_closed_is_closed_too(hands: Hands) -> None:
    hands.write("a/b", "un\n")
    hands.write("a/index", "deux\n")
    delete(hands.wiki, "a/b", NADIA)
    assert ("deleted", "a/b") in hands.changes(EVERYBODY)
    hands.write("a/index", f"{ADMINS}deux\n")

    assert hands.changes(EVERYBODY) == []


def test_a_closed_folder_that_is_deleted_as_a_whole_stays_closed(hands: Hands) -> None:
    hands.write("prive/index", ADMINS)
    hands.write("prive/secret", "un\n")
    hands.push(Change("prive/index.md", None), Change("prive/secret.md", None))
    hands.wiki.catch_up()

    assert hands.changes(EVERYBODY) == []


def test_a_push_that_moves_pages_about_is_followed(hands: Hands) -> None:
    hands.write("prive/index", ADMINS)
    hands.write("prive/secret", "un " * 40 + "\n")
    hands.push(Move("prive/secret.md", "ouvert.md"))
    hands.wiki.catch_up()

    assert readers(hands, "ouvert") == "public"


def test_a_page_read_without_the_catalog_is_as_closed(hands: Hands) -> None:
    hands.write("prive/index", "---\naudience: [admins]\n---\n")
    hands.write("prive/secret", "un\n")
    hands.write("casse", "---\naudience: admins\nid: a\nid: b\n---\n")
    hands.write("ouvert", "deux\n")

    found = {
        path: read_page(hands.wiki, path, EVERYBODY) for path in ("prive/index", "prive/secret", "casse", "ouvert")
    }
    assert [path for path, page in found.items() if page] == ["ouvert"]


def test_files_of_a_page_that_a_push_deleted_alone_stay_closed(hands: Hands) -> None:
    hands.write("a", ADMINS)
    attach(hands.wiki, "a", [Prepared("plan.txt", b"secret", "text")], NADIA)
    hands.push_pages(a=None)
    hands.wiki.catch_up()
    door = Door(hands.wiki, None, None)  # type: ignore[arg-type] - no names are asked for

    with pytest.raises(NotFound):
        door.file(ANONYMOUS, "a", "plan.txt")
    assert door.file(signed_in("x", "m-x", is_admin=True), "a", "plan.txt")


def test_an_index_that_comes_again_with_the_same_word_closes_what_was_written_meanwhile(hands: Hands) -> None:
    closed = "---\naudience: admins\n---\n"
    hands.write("bureau/index", closed)
    delete(hands.wiki, "bureau/index", NADIA)
    hands.write("bureau/note", "SECRET\n")
    hands.write("bureau/index", closed)

    note = hands.find("bureau/note")
    assert note and note.audience == "admins"


def test_pages_below_an_open_index_that_is_deleted_are_as_closed_as_their_folder(hands: Hands) -> None:
    hands.write("cave/index", "---\naudience: members\n---\n")
    hands.write("cave/ouvert/index", "---\naudience: public\n---\n")
    hands.write("cave/ouvert/vin", "mots\n")
    delete(hands.wiki, "cave/ouvert/index", NADIA)

    vin = hands.find("cave/ouvert/vin")
    assert vin and vin.audience == "members"
