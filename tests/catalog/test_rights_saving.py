"""What is saved, attached or brought back does not enter a closed place, and does not open what was closed."""

import pytest

from app.catalog import searching
from app.catalog.attaching import attach, detach
from app.catalog.deleting import delete, undelete
from app.catalog.editing import Edit, save
from app.errors import Invalid, NotFound, Refused
from app.wiki.uploads import Prepared
from tests.catalog.hands import EVERYBODY, NADIA, Hands

ADMINS = "---\naudience: admins\n---\n"
MEMBERS = "---\naudience: members\n---\n"
MEMBER = ("public", "members")
PLAN = Prepared("plan.txt", b"notremotcommun", "text")


def readers(hands: Hands, path: str) -> str:
    page = hands.find(path)
    assert page, path
    return page.audience


def new(hands: Hands, path: str, audiences: tuple[str, ...], base: str | None = None, text: str = "un\n") -> None:
    save(hands.wiki, Edit(path, text, base, NADIA, audiences=audiences, may_administer=False))


def test_a_new_page_does_not_enter_a_folder_that_the_writer_may_not_read(hands: Hands) -> None:
    hands.write("bureau/index", MEMBERS)

    with pytest.raises(Refused):
        new(hands, "bureau/sous/intrus", EVERYBODY)
    new(hands, "bureau/note", MEMBER)
    assert hands.find("bureau/sous/intrus") is None and readers(hands, "bureau/note") == "members"


def test_a_new_page_does_not_enter_a_wiki_that_is_closed_as_a_whole(hands: Hands) -> None:
    hands.write("index", MEMBERS)

    with pytest.raises(Refused):
        new(hands, "spam", EVERYBODY)


def test_a_new_page_does_not_take_the_place_of_a_deleted_one_that_is_closed(hands: Hands) -> None:
    hands.write("finances", ADMINS)
    delete(hands.wiki, "finances", NADIA)

    with pytest.raises(Refused):
        new(hands, "finances", MEMBER)


def test_a_file_does_not_enter_a_closed_place(hands: Hands) -> None:
    hands.write("bureau/index", MEMBERS)
    hands.write("tresor", ADMINS)
    attach(hands.wiki, "tresor", [PLAN], NADIA)

    for path in ("bureau/nouveau", "tresor"):
        with pytest.raises(NotFound):
            attach(hands.wiki, path, [PLAN], NADIA, EVERYBODY)
    with pytest.raises(NotFound):
        detach(hands.wiki, "tresor", "plan.txt", NADIA, MEMBER)


def test_a_closed_page_is_neither_deleted_nor_brought_back_by_others(hands: Hands) -> None:
    hands.write("tresor", ADMINS)

    with pytest.raises(NotFound):
        delete(hands.wiki, "tresor", NADIA, MEMBER)
    delete(hands.wiki, "tresor", NADIA)
    with pytest.raises(NotFound):
        undelete(hands.wiki, "tresor", NADIA, MEMBER)


def test_a_closed_page_that_was_deleted_meanwhile_is_saved_closed(hands: Hands) -> None:
    base = hands.write("tresor", f"{MEMBERS}un\n").revision
    text = hands.text("tresor")
    delete(hands.wiki, "tresor", NADIA)
    new(hands, "tresor", MEMBER, base, text.replace("audience: members\n", "") + "plus\n")

    assert readers(hands, "tresor") == "members"


def test_what_its_folder_closed_is_saved_closed_after_both_were_deleted(hands: Hands) -> None:
    hands.write("cave/index", MEMBERS)
    base = hands.write("cave/vin", "un\n").revision
    text = hands.text("cave/vin")
    delete(hands.wiki, "cave/vin", NADIA)
    delete(hands.wiki, "cave/index", NADIA)
    new(hands, "cave/vin", MEMBER, base, text + "plus\n")

    assert readers(hands, "cave/vin") == "members"


def test_what_its_folder_closed_comes_back_with_its_folder_only(hands: Hands) -> None:
    hands.write("cave/index", MEMBERS)
    hands.write("cave/vin", "un\n")
    delete(hands.wiki, "cave/vin", NADIA)
    delete(hands.wiki, "cave/index", NADIA)

    with pytest.raises(Invalid, match="Close its folder"):
        undelete(hands.wiki, "cave/vin", NADIA)
    undelete(hands.wiki, "cave/index", NADIA)
    undelete(hands.wiki, "cave/vin", NADIA)
    assert readers(hands, "cave/vin") == "members"


@pytest.mark.parametrize(
    "head", ["---\naudience: admins\n", "---\r\ntitle: A\r\n\r\n  'Audience' : x\r\n", "\n--- \naudience: public\n"]
)
def test_a_head_that_was_never_closed_closes_the_page_if_it_speaks_of_readers(hands: Hands, head: str) -> None:
    hands.push_pages(a=f"{head}\nSECRET\n")
    hands.wiki.catch_up()

    assert readers(hands, "a") == "admins"
    with pytest.raises(Invalid, match="three hyphens"):
        hands.write("a", f"{head}\nencore\n")


def test_a_line_of_three_hyphens_alone_closes_nothing(hands: Hands) -> None:
    hands.write("a", "---\n\nLe bureau reçoit en audience publique.\n")
    hands.push_pages(b="---\n\nLe bureau reçoit en audience publique.\n")
    hands.wiki.catch_up()

    assert readers(hands, "a") == readers(hands, "b") == "public"


def test_files_whose_page_a_push_deleted_are_not_counted_for_others(hands: Hands) -> None:
    hands.write("cave/index", MEMBERS)
    hands.write("cave/vin", "un\n")
    attach(hands.wiki, "cave/vin", [PLAN], NADIA)
    hands.push_pages(cave__vin=None, cave__index=None)
    attach(hands.wiki, "jamais-ecrite", [PLAN], NADIA)
    searching.follow(hands.wiki)

    def count(audiences: tuple[str, ...]) -> int:
        return hands.wiki.search.search("notremotcommun", audiences=frozenset(audiences)).total

    assert (count(EVERYBODY), count(MEMBER), count(("admins",))) == (0, 1, 1)


def test_files_that_a_deleted_page_left_are_hidden_when_its_folder_is_closed(hands: Hands) -> None:
    hands.write("cave/index", "deux\n")
    hands.write("cave/vin", "un\n")
    attach(hands.wiki, "cave/vin", [PLAN], NADIA)
    hands.push_pages(cave__vin=None)
    hands.wiki.catch_up()
    searching.follow(hands.wiki)
    hands.write("cave/index", f"{ADMINS}deux\n")
    searching.follow(hands.wiki)

    assert hands.wiki.search.search("notremotcommun", audiences=frozenset(EVERYBODY)).total == 0
