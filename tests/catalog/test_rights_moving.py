"""No page is open to more people for being moved, by whatever way."""

import pytest

from app.catalog.deleting import delete, undelete
from app.catalog.editing import Edit, save
from app.catalog.moving import Rename, rename
from app.errors import NotFound, Refused
from tests.catalog.hands import EVERYBODY, NADIA, Hands

MEMBERS = "---\naudience: members\n---\n"
MEMBER = ("public", "members")


def readers(hands: Hands, *paths: str) -> list[str]:
    found = [hands.find(path) for path in paths]
    return [page.audience if page else "nowhere" for page in found]


def move(hands: Hands, path: str, to: str, *, with_folder: bool = False, audiences: tuple[str, ...] = MEMBER) -> None:
    """Move as a member does."""
    rename(hands.wiki, Rename(path, to, NADIA, with_folder, audiences=audiences, may_administer=False))


def test_a_folder_that_becomes_a_plain_page_is_not_opened_by_a_member(hands: Hands) -> None:
    hands.write("bureau/index", MEMBERS)
    hands.write("bureau/compte", "SECRET\n")

    with pytest.raises(Refused, match="More people"):
        move(hands, "bureau/index", "comite", with_folder=True)


def test_a_folder_that_becomes_a_plain_page_stays_closed_when_an_administrator_moves_it(hands: Hands) -> None:
    hands.write("bureau/index", MEMBERS)
    hands.write("bureau/compte", "SECRET\n")
    hands.write("bureau/sous/fiche", "SECRET\n")
    hands.write("bureau/affiche", "---\naudience: public\n---\n")
    rename(hands.wiki, Rename("bureau/index", "comite", NADIA, with_folder=True))

    moved = ("comite", "comite/compte", "comite/sous/fiche", "comite/affiche")
    assert readers(hands, *moved) == ["members", "members", "members", "public"]


def test_the_home_page_that_keeps_the_wiki_closed_stays(hands: Hands) -> None:
    hands.write("index", MEMBERS)
    hands.write("aide", "SECRET\n")

    for with_folder in (True, False):
        with pytest.raises(Refused, match="stays"):
            rename(hands.wiki, Rename("index", "accueil", NADIA, with_folder))
    assert readers(hands, "aide") == ["members"]


def test_a_page_that_leaves_its_closed_folder_keeps_its_readers(hands: Hands) -> None:
    hands.write("cave/index", MEMBERS)
    hands.write("cave/vin", "SECRET\n")

    with pytest.raises(Refused, match="More people"):
        move(hands, "cave/vin", "vin")
    rename(hands.wiki, Rename("cave/vin", "vin", NADIA))
    assert readers(hands, "vin") == ["members"] and "audience: members" in hands.text("vin")


def test_a_page_moves_freely_where_nobody_else_may_read_it(hands: Hands) -> None:
    hands.write("cave/index", MEMBERS)
    hands.write("cave/vin", "SECRET\n")
    move(hands, "cave/vin", "cave/fond/vin")
    hands.write("grenier/index", MEMBERS)
    move(hands, "cave/fond/vin", "grenier/vin")
    move(hands, "grenier/index", "mansarde/index", with_folder=True)

    assert readers(hands, "mansarde/vin") == ["members"] and "audience" not in hands.text("mansarde/vin")


def test_an_open_page_that_becomes_an_index_does_not_open_what_is_below(hands: Hands) -> None:
    hands.write("index", MEMBERS)
    hands.write("cave/vin", "SECRET\n")
    hands.write("affiche", "---\naudience: public\n---\n")

    with pytest.raises(Refused, match="Ask an administrator"):
        move(hands, "affiche", "cave/index")
    rename(hands.wiki, Rename("affiche", "cave/index", NADIA))
    assert readers(hands, "cave/index", "cave/vin") == ["public", "members"]


def test_a_page_does_not_move_into_a_folder_that_the_mover_may_not_read(hands: Hands) -> None:
    hands.write("cave/index", MEMBERS)
    hands.write("info", "---\naudience: public\n---\n")

    with pytest.raises(Refused, match="place"):
        move(hands, "info", "cave/info", audiences=EVERYBODY)
    assert readers(hands, "info", "cave/info") == ["public", "nowhere"]


def test_a_page_below_does_not_move_into_such_a_folder_either(hands: Hands) -> None:
    hands.write("b/cave/index", MEMBERS)
    hands.write("a", "un\n")
    hands.write("a/cave/info", "deux\n")

    with pytest.raises(Refused, match="place"):
        move(hands, "a", "b", with_folder=True, audiences=EVERYBODY)


def test_a_page_does_not_move_to_where_a_closed_one_was_deleted(hands: Hands) -> None:
    hands.write("tresor", MEMBERS)
    hands.write("info", "un\n")
    hands.push_pages(tresor=None)

    with pytest.raises(Refused, match="place"):
        move(hands, "info", "tresor", audiences=EVERYBODY)


def test_what_the_mover_may_not_read_does_not_move(hands: Hands) -> None:
    hands.write("jardins/index", "un\n")
    hands.write("jardins/caisse", MEMBERS)

    with pytest.raises(Refused, match="below"):
        move(hands, "jardins/index", "potagers/index", with_folder=True, audiences=EVERYBODY)
    with pytest.raises(NotFound):
        move(hands, "jardins/caisse", "caisse", audiences=EVERYBODY)


def test_a_page_that_leaves_a_folder_of_few_writers_is_not_moved_by_a_member(hands: Hands) -> None:
    hands.write("bureau/index", "---\neditors: members\n---\n")
    hands.write("bureau/statuts", "words\n")

    with pytest.raises(Refused, match="More people could change it"):
        move(hands, "bureau/statuts", "statuts")
    rename(hands.wiki, Rename("bureau/statuts", "statuts", NADIA))
    assert hands.find("statuts")


def test_a_folder_that_takes_its_word_along_may_be_moved_by_a_member(hands: Hands) -> None:
    hands.write("bureau/index", "---\neditors: members\n---\n")
    hands.write("bureau/statuts", "words\n")
    move(hands, "bureau/index", "comite/index", with_folder=True)

    assert hands.find("comite/statuts")


def test_a_member_does_not_close_an_open_page_by_moving_it(hands: Hands) -> None:
    hands.write("charte", "mots\n")
    hands.write("cave/index", MEMBERS)
    hands.write("bureau/index", "---\neditors: members\n---\n")

    with pytest.raises(Refused, match="Fewer people could read it"):
        move(hands, "charte", "cave/charte")
    with pytest.raises(Refused, match="Fewer people could change it"):
        move(hands, "charte", "bureau/charte")
    rename(hands.wiki, Rename("charte", "cave/charte", NADIA))
    assert readers(hands, "cave/charte") == ["members"]


@pytest.mark.parametrize("head", ["editors: all", "audience: group:eau", "audience: public"])
def test_a_page_does_not_become_the_index_of_pages_that_its_mover_does_not_look_after(hands: Hands, head: str) -> None:
    hands.write("bac", f"---\n{head}\n---\n")
    hands.write("jardins/plan", "mots\n")

    with pytest.raises(Refused, match="Ask an administrator"):
        move(hands, "bac", "jardins/index", audiences=(*MEMBER, "group:eau"))


@pytest.mark.parametrize("head", ["editors: all", "audience: public"])
def test_an_index_that_an_administrator_took_away_is_not_brought_back_by_others(hands: Hands, head: str) -> None:
    old = f"---\n{head}\n---\nmots\n"
    hands.write("jardins/index", old)
    page = hands.find("jardins/index")
    delete(hands.wiki, "jardins/index", NADIA)
    hands.write("jardins/secret", "mots\n")

    with pytest.raises(Refused, match="Ask an administrator"):
        undelete(hands.wiki, "jardins/index", NADIA, MEMBER, may_administer=False)
    with pytest.raises(Refused, match="Ask an administrator"):
        save(hands.wiki, Edit("jardins/index", old, page.revision, NADIA, audiences=MEMBER, may_administer=False))
    undelete(hands.wiki, "jardins/index", NADIA)
    assert hands.find("jardins/index")
