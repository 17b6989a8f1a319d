"""What was deleted stays with those who could read it: a new page in its place does not inherit its past."""

from app.catalog import history
from app.catalog.deleting import delete, undelete
from app.catalog.rebuild import rebuild
from app.wiki.store import Change
from tests.catalog.hands import EVERYBODY, NADIA, Hands

ADMINS = "---\naudience: admins\n---\n"
MEMBERS = "---\naudience: members\n---\n"


def texts_in_history(hands: Hands, path: str) -> str:
    """Read all that the history of a page leads to."""
    page = hands.find(path)
    assert page
    with hands.wiki.catalog.reading() as connection:
        rows = history.list_texts(connection, page.lineage, 100)
    return "".join(hands.wiki.store.read_blob(row.blob).decode() for row in rows if row.blob)


def test_a_new_page_has_nothing_of_the_history_of_the_deleted_one(hands: Hands) -> None:
    hands.write("finances", f"{ADMINS}SECRET\n")
    delete(hands.wiki, "finances", NADIA)
    hands.write("finances", "neuf\n")

    assert "SECRET" not in texts_in_history(hands, "finances")
    assert hands.history("finances") == ["created"]


def test_a_pushed_page_has_nothing_of_it_either_nor_after_a_rebuild(hands: Hands) -> None:
    hands.write("finances", f"{ADMINS}SECRET\n")
    hands.push_pages(finances=None)
    hands.push_pages(finances="neuf\n")
    hands.wiki.catch_up()
    before = hands.tables()
    rebuild(hands.wiki)

    assert hands.tables() == before
    assert hands.history("finances") == ["created"]


def test_the_changes_of_the_deleted_page_are_shown_to_nobody_any_more(hands: Hands) -> None:
    hands.write("finances", f"{ADMINS}SECRET\n")
    delete(hands.wiki, "finances", NADIA)
    hands.write("finances", "neuf\n")

    assert hands.changes(EVERYBODY) == [("created", "finances")]
    assert hands.changes() == [("created", "finances")]


def test_the_same_text_brings_the_history_back_by_a_push_too(hands: Hands) -> None:
    hands.write("a", "un\n")
    text = hands.text("a")
    delete(hands.wiki, "a", NADIA)
    undelete(hands.wiki, "a", NADIA)
    hands.push_pages(a=None)
    hands.push_pages(a=text)
    hands.wiki.catch_up()

    assert hands.history("a") == ["restored", "deleted", "restored", "deleted", "created"]


def test_a_page_deleted_again_after_its_place_was_taken_returns_as_the_later_one(hands: Hands) -> None:
    hands.write("a", f"{ADMINS}SECRET\n")
    delete(hands.wiki, "a", NADIA)
    hands.write("a", "neuf\n")
    delete(hands.wiki, "a", NADIA)
    undelete(hands.wiki, "a", NADIA)

    assert hands.history("a") == ["restored", "deleted", "created"]
    assert "SECRET" not in texts_in_history(hands, "a")


def test_a_new_index_does_not_open_what_was_deleted_below_the_old_one(hands: Hands) -> None:
    hands.write("bureau/index", ADMINS)
    hands.write("bureau/pv", "SECRET\n")
    delete(hands.wiki, "bureau/pv", NADIA)
    delete(hands.wiki, "bureau/index", NADIA)
    hands.write("bureau/index", "neuf\n")

    assert hands.changes(EVERYBODY) == [("created", "bureau/index")]
    rebuild(hands.wiki)
    assert hands.changes(EVERYBODY) == [("created", "bureau/index")]


def test_a_folder_that_is_opened_does_not_open_what_was_deleted_in_it(hands: Hands) -> None:
    hands.write("bureau/index", MEMBERS)
    hands.write("bureau/pv", "SECRET\n")
    delete(hands.wiki, "bureau/pv", NADIA)
    hands.write("bureau/index", "---\naudience: public\n---\n")

    assert ("deleted", "bureau/pv") not in hands.changes(EVERYBODY)
    assert ("deleted", "bureau/pv") in hands.changes(("public", "members"))
    hands.write("bureau/index", ADMINS)
    assert ("deleted", "bureau/pv") not in hands.changes(("public", "members"))


def test_a_page_that_said_itself_who_reads_it_keeps_them_when_deleted(hands: Hands) -> None:
    hands.write("bureau/index", ADMINS)
    hands.push(Change("bureau/affiche.md", b"---\naudience: public\n---\n"))
    hands.push_pages(bureau__affiche=None)
    hands.wiki.catch_up()

    assert hands.changes(EVERYBODY) == [("deleted", "bureau/affiche"), ("created", "bureau/affiche")]
