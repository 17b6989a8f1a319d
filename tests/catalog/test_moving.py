"""Renaming, moving folders, deleting and bringing back: history, links and names go along."""

import pytest

from app.catalog.attaching import attach
from app.catalog.deleting import delete, undelete
from app.catalog.finding import find_attachment, list_attachments
from app.catalog.history import ChangeQuery, list_changes
from app.catalog.moving import Rename, rename
from app.errors import Conflict, Invalid, NotFound
from app.hooks import Deleted, Renamed, Saved
from app.wiki.uploads import Prepared
from tests.catalog.hands import IDRIS, NADIA, Hands


def move(hands: Hands, path: str, to: str, *, with_folder: bool = False) -> None:
    rename(hands.wiki, Rename(path, to, NADIA, with_folder))


def test_history_goes_through_renames(hands: Hands) -> None:
    hands.write("a", "un\n")
    hands.write("a", "deux\n")
    move(hands, "a", "b/c")

    assert hands.history("b/c") == ["renamed", "edited", "created"]
    assert hands.find("a") is None


def test_links_of_other_pages_are_repaired_in_the_same_commit(hands: Hands) -> None:
    hands.write("jardins/compost", "---\ntitle: Compost\n---\nmots\n")
    hands.write("index", "[[jardins/compost]], [[Compost]], [x](jardins/compost.md#quand), `[[jardins/compost]]`\n")
    move(hands, "jardins/compost", "jardins/terreau")

    expected = "[[jardins/terreau]], [[Compost]], [x](jardins/terreau.md#quand), `[[jardins/compost]]`"
    assert expected in hands.text("index")
    one, other = hands.find("index"), hands.find("jardins/terreau")
    assert one and other and one.revision == other.revision


def test_the_old_name_leads_to_the_page(hands: Hands) -> None:
    hands.write("a", "un\n")
    move(hands, "a", "b")

    assert hands.means("a") == "b"


def test_a_page_that_takes_the_old_name_wins_it(hands: Hands) -> None:
    hands.write("a", "un\n")
    move(hands, "a", "b")
    hands.write("a", "neuf\n")

    assert (hands.means("a"), hands.history("a"), hands.history("b")) == ("a", ["created"], ["renamed", "created"])


def test_a_page_that_comes_back_to_its_name_is_not_its_own_alias(hands: Hands) -> None:
    hands.write("a", "un\n")
    move(hands, "a", "b")
    move(hands, "b", "a")

    assert "aliases: [b]" in hands.text("a")


def test_a_folder_moves_with_its_pages_and_their_links(hands: Hands) -> None:
    hands.write("jardins/index", "[x](compost.md) [[jardins/outils/beche]]\n")
    hands.write("jardins/compost", "[[jardins/index]]\n")
    hands.write("jardins/outils/beche", "[y](../compost.md)\n")
    hands.write("index", "[[jardins/compost]]\n")
    move(hands, "jardins/index", "potagers/index", with_folder=True)

    assert [hands.find(path) is None for path in ("jardins/index", "jardins/compost", "jardins/outils/beche")] == [
        True
    ] * 3
    assert "[x](compost.md) [[potagers/outils/beche]]" in hands.text("potagers/index")
    assert "[[potagers/index]]" in hands.text("potagers/compost")
    assert "[y](../compost.md)" in hands.text("potagers/outils/beche")
    assert "[[potagers/compost]]" in hands.text("index")
    assert hands.history("potagers/outils/beche") == ["renamed", "created"]
    assert hands.wanted() == []


def test_a_folder_that_differs_by_case_stays_where_it_is(hands: Hands) -> None:
    hands.write("jardins/index", "un\n")
    hands.write("jardins/a", "deux\n")
    hands.write("Jardins/b", "trois\n")
    move(hands, "jardins/index", "potagers/index", with_folder=True)

    assert hands.find("Jardins/b") and hands.find("potagers/a")
    assert hands.history("Jardins/b") == ["created"]


def test_without_its_folder_a_page_leaves_the_others_behind(hands: Hands) -> None:
    hands.write("jardins", "un\n")
    hands.write("jardins/compost", "deux\n")
    move(hands, "jardins", "potagers")

    assert hands.find("potagers") and hands.find("jardins/compost")


def test_a_page_takes_the_pages_below_along(hands: Hands) -> None:
    hands.write("jardins", "un\n")
    hands.write("jardins/compost", "[[jardins]]\n")
    move(hands, "jardins", "potagers", with_folder=True)

    assert "[[potagers|jardins]]" in hands.text("potagers/compost")


def test_files_move_with_their_page(hands: Hands) -> None:
    hands.write("a", "![x](a.files/plan.pdf)\n")
    attach(hands.wiki, "a", [Prepared("plan.pdf", b"%PDF", "document")], NADIA)
    move(hands, "a", "b/c")

    with hands.wiki.catalog.reading() as connection:
        assert [file.name for file in list_attachments(connection, "b/c")] == ["plan.pdf"]
        assert list_attachments(connection, "a") == []
    assert "![x](c.files/plan.pdf)" in hands.text("b/c")


def test_a_name_can_change_its_case_only(hands: Hands) -> None:
    hands.write("compost", "un\n")
    move(hands, "compost", "Compost")

    assert hands.find("Compost") and hands.find("compost") is None


@pytest.mark.parametrize("to", ["B", "b/index", "b"])
def test_a_taken_name_is_refused(hands: Hands, to: str) -> None:
    hands.write("a", "un\n")
    hands.write("b", "deux\n")

    with pytest.raises(Conflict, match="already"):
        move(hands, "a", to)
    assert hands.history("a") == ["created"]


@pytest.mark.parametrize("to", ["a", "-/x", "a/../b", ".a", "a b", "", "x" * 300])
def test_an_impossible_name_is_refused(hands: Hands, to: str) -> None:
    hands.write("a", "un\n")

    with pytest.raises(Invalid):
        move(hands, "a", to)


def test_a_folder_cannot_move_into_itself(hands: Hands) -> None:
    hands.write("a/index", "un\n")
    hands.write("a/b", "deux\n")

    with pytest.raises(Invalid, match="below itself"):
        move(hands, "a/index", "a/c/index", with_folder=True)


def test_what_does_not_exist_cannot_be_moved(hands: Hands) -> None:
    with pytest.raises(NotFound):
        move(hands, "nulle-part", "ailleurs")


def test_a_folder_is_not_opened_by_moving_only_the_page_that_closes_it(hands: Hands) -> None:
    hands.write("bureau/index", "---\naudience: admins\n---\n")
    hands.write("bureau/paie", "secret\n")

    with pytest.raises(Invalid, match="closed"):
        move(hands, "bureau/index", "archives/index")
    move(hands, "bureau/index", "archives/index", with_folder=True)
    page = hands.find("archives/paie")
    assert page and page.audience == "admins"


def test_a_folder_is_not_opened_by_deleting_the_page_that_closes_it(hands: Hands) -> None:
    hands.write("bureau/index", "---\naudience: admins\n---\n")
    hands.write("bureau/paie", "secret\n")

    with pytest.raises(Invalid, match="closed"):
        delete(hands.wiki, "bureau/index", NADIA)
    delete(hands.wiki, "bureau/paie", NADIA)
    delete(hands.wiki, "bureau/index", NADIA)
    assert hands.changes(("public",)) == []


def test_a_deleted_page_leaves_lists_and_links(hands: Hands) -> None:
    hands.write("b", "[[c]]\n")
    hands.write("c", "un\n")
    hands.write("a", "[[b]]\n")
    delete(hands.wiki, "b", NADIA)

    assert hands.find("b") is None
    assert (hands.wanted(), hands.backlinks("c")) == (["b"], [])
    assert set(hands.orphans()) == {"a", "c"}
    assert hands.changes()[0] == ("deleted", "b")


def test_a_page_that_changed_since_it_was_read_is_not_deleted(hands: Hands) -> None:
    stale = hands.write("a", "un\n").revision
    base = hands.write("a", "deux\n").revision

    with pytest.raises(Conflict, match="changed since"):
        delete(hands.wiki, "a", NADIA, base=stale)
    assert hands.text("a").endswith("deux\n")
    delete(hands.wiki, "a", NADIA, base=base)
    assert hands.find("a") is None


def test_a_deleted_page_comes_back_with_its_history_and_files(hands: Hands) -> None:
    hands.write("a", "un\n")
    attach(hands.wiki, "a", [Prepared("plan.pdf", b"%PDF", "document")], NADIA)
    text = hands.text("a")
    delete(hands.wiki, "a", NADIA)
    undelete(hands.wiki, "a", IDRIS)

    assert hands.text("a") == text
    assert hands.history("a") == ["restored", "deleted", "attached", "created"]
    with hands.wiki.catalog.reading() as connection:
        assert find_attachment(connection, "a", "plan.pdf")


def test_a_deleted_page_keeps_its_title_in_the_list_of_changes(hands: Hands) -> None:
    hands.write("a", "# Fête du pain\n")
    delete(hands.wiki, "a", NADIA)

    with hands.wiki.catalog.reading() as connection:
        assert {row.title for row in list_changes(connection, ChangeQuery(), ("public",))} == {"Fête du pain"}


def test_a_page_cannot_come_back_where_another_stands(hands: Hands) -> None:
    hands.write("a", "un\n")
    delete(hands.wiki, "a", NADIA)
    hands.write("A", "deux\n")

    with pytest.raises(Conflict, match="already"):
        undelete(hands.wiki, "a", NADIA)


def test_only_what_was_deleted_comes_back(hands: Hands) -> None:
    hands.write("a", "un\n")

    for path in ("a", "b"):
        with pytest.raises(NotFound):
            undelete(hands.wiki, path, NADIA)


def test_the_hooks_hear_of_renames_and_deletions(hands: Hands) -> None:
    heard: list[object] = []
    hands.wiki.hooks.renamed.append(heard.append)
    hands.wiki.hooks.deleted.append(heard.append)
    hands.write("a", "un\n")
    move(hands, "a", "b")
    renamed = hands.find("b")
    delete(hands.wiki, "b", NADIA)

    assert renamed
    assert heard == [Renamed("b", "a", NADIA, renamed.revision), Deleted("b", NADIA, hands.wiki.store.tip() or "")]


def test_the_hooks_hear_of_a_page_that_comes_back(hands: Hands) -> None:
    heard: list[object] = []
    hands.write("a", "un\n")
    text = hands.text("a")
    delete(hands.wiki, "a", NADIA)
    hands.wiki.hooks.saved.append(heard.append)
    undelete(hands.wiki, "a", NADIA)

    assert heard == [Saved("a", text, None, NADIA, hands.wiki.store.tip() or "")]
