"""Taking back goes nowhere around rights: nothing opens, nothing that decides rights goes back, nothing closed is told."""

from app.catalog.attaching import attach
from app.catalog.authored import Reach
from app.catalog.deleting import delete
from app.catalog.moving import Rename, rename
from app.catalog.taking_back import TakenBack
from app.wiki.store import Change
from app.wiki.uploads import Prepared
from tests.catalog.hands import IDRIS, Hands
from tests.catalog.taking import LINES, VERA, commits, files, left, take

CLOSED = "---\naudience: admins\n---\n"
OPEN = "---\naudience: public\n---\n"
MEMBERS = ("public", "members")


def audience(hands: Hands, path: str) -> str:
    page = hands.find(path)
    assert page, path
    return page.audience


def test_who_reads_and_writes_a_page_stays_as_they_set_it(hands: Hands) -> None:
    hands.write("a", "---\nid: abcdefgh\n---\nun\n")
    hands.write("a", "---\nid: abcdefgh\naudience: admins\neditors: admins\n---\npub\n", VERA)
    hands.write("b", "---\naudience: admins\n---\nun\n")
    hands.write("b", "---\naudience: public\n---\npub\n", VERA)
    take(hands)

    assert hands.text("a") == "---\nid: abcdefgh\naudience: admins\neditors: admins\n---\nun\n"
    assert audience(hands, "b") == "public" and "un" in hands.text("b")


def test_an_index_of_theirs_that_keeps_its_folder_closed_stays(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n", VERA)
    hands.write("bureau/paie", "un\n", IDRIS)
    outcome = take(hands)

    assert "its folder" in left(outcome)["bureau/index"] and audience(hands, "bureau/paie") == "admins"


def test_an_index_of_theirs_that_says_who_writes_stays(hands: Hands) -> None:
    hands.write("bureau/index", "---\neditors: admins\n---\nun\n", VERA)
    hands.write("bureau/paie", "un\n", IDRIS)

    assert set(left(take(hands))) == {"bureau/index"}


def test_a_closed_folder_that_is_all_theirs_goes_as_a_whole(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n", VERA)
    hands.write("bureau/paie", "un\n", VERA)
    outcome = take(hands)

    assert (outcome.left, hands.pages()) == ((), {})


def test_the_words_of_an_index_go_back_and_its_folder_stays_closed(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("bureau/paie", "un\n")
    hands.write("bureau/index", f"{OPEN}pub\n", VERA)
    hands.write("bureau/index", hands.text("bureau/index").replace("public", "admins"), IDRIS)
    take(hands)

    assert "pub" not in hands.text("bureau/index") and audience(hands, "bureau/paie") == "admins"


def test_a_page_that_they_closed_by_moving_it_does_not_open_again(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("a", LINES)
    rename(hands.wiki, Rename("a", "bureau/a", VERA))
    outcome = take(hands)

    assert "More people" in left(outcome)["bureau/a"] and audience(hands, "bureau/a") == "admins"


def test_a_page_that_they_took_out_of_a_closed_folder_goes_back_closed(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("bureau/a", LINES)
    rename(hands.wiki, Rename("bureau/a", "a", VERA))
    outcome = take(hands)

    assert outcome.left == () and audience(hands, "bureau/a") == "admins"


def test_a_closed_folder_that_they_moved_is_never_open_on_the_way(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("bureau/paie", "un\n")
    rename(hands.wiki, Rename("bureau/index", "pub/index", VERA, with_folder=True))
    outcome = take(hands)

    assert {audience(hands, path) for path in hands.pages()} == {"admins"} and outcome.left


def test_an_index_that_they_deleted_does_not_open_what_was_written_since(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("bureau/accueil/index", f"{OPEN}un\n")
    delete(hands.wiki, "bureau/accueil/index", VERA)
    hands.write("bureau/accueil/paie", "secret\n", IDRIS)
    outcome = take(hands)

    assert set(left(outcome)) == {"bureau/accueil/index"} and audience(hands, "bureau/accueil/paie") == "admins"


def test_a_page_of_a_closed_folder_that_they_deleted_comes_back_closed(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("bureau/paie", LINES)
    delete(hands.wiki, "bureau/paie", VERA)
    hands.write("bureau/paie", "pub\n", VERA)
    take(hands)

    assert hands.text("bureau/paie") == LINES and audience(hands, "bureau/paie") == "admins"


def test_a_page_that_was_deleted_under_a_closed_folder_does_not_come_back_open(hands: Hands) -> None:
    hands.write("bureau/index", f"{CLOSED}un\n")
    hands.write("bureau/paie", LINES)
    delete(hands.wiki, "bureau/paie", VERA)
    hands.write("bureau/paie", "pub\n", VERA)
    hands.write("bureau/index", f"{OPEN}un\n", IDRIS)
    outcome = take(hands)

    assert "More people" in left(outcome)["bureau/paie"] and "bureau/paie" not in hands.pages()


def test_what_may_not_be_read_is_neither_changed_nor_told(hands: Hands) -> None:
    hands.write("tresor", f"{CLOSED}un\n")
    hands.write("tresor", f"{CLOSED}pub\n", VERA)
    hands.write("cave", f"{CLOSED}un\n")
    delete(hands.wiki, "cave", VERA)
    count = commits(hands)

    assert take(hands, reach=Reach(MEMBERS)) == TakenBack() and commits(hands) == count


def test_who_looks_after_a_folder_reaches_nothing_else(hands: Hands) -> None:
    for path in ("jardins/eau", "jardins-du-haut", "ailleurs/a", "a"):
        hands.write(path, LINES)
        hands.write(path, LINES + "pub\n", VERA)
    hands.write("ailleurs/neuf", "pub\n", VERA)
    hands.write("venu", "un\n")
    rename(hands.wiki, Rename("venu", "jardins/venu", VERA))
    outcome = take(hands, reach=Reach(MEMBERS, ("jardins/",)))

    assert (outcome.pages, set(left(outcome)), outcome.waiting) == (1, {"jardins/venu"}, 0)
    assert [path for path in sorted(hands.pages()) if "pub" in hands.text(path)] == [
        "a", "ailleurs/a", "ailleurs/neuf", "jardins-du-haut",
    ]  # fmt: skip


def test_who_looks_after_a_folder_brings_back_what_was_written_anew_in_it_alone(hands: Hands) -> None:
    for path in ("jardins/eau", "ailleurs/eau"):
        hands.write(path, LINES)
        delete(hands.wiki, path, VERA)
        hands.write(path, "pub\n", VERA)
    outcome = take(hands, reach=Reach(MEMBERS, ("jardins/",)))

    assert (outcome.left, hands.text("jardins/eau")) == ((), LINES)
    assert "pub" in hands.text("ailleurs/eau")


def test_a_closed_page_that_was_written_anew_is_not_told_to_who_may_not_read_it(hands: Hands) -> None:
    hands.write("jardins/paie", CLOSED + "un\n")
    delete(hands.wiki, "jardins/paie", VERA)
    hands.write("jardins/paie", CLOSED + "pub\n", VERA)

    assert take(hands, reach=Reach(MEMBERS, ("jardins/",))) == TakenBack()


def test_a_page_that_may_not_be_written_is_left_and_named(hands: Hands) -> None:
    head = "---\nid: abcdefgh\neditors: admins\n---\n"
    hands.write("a", f"{head}un\n")
    hands.write("a", f"{head}pub\n", VERA)
    outcome = take(hands, may_write=lambda word: word != "admins")

    assert "not change it" in left(outcome)["a"] and "pub" in hands.text("a")


def test_a_page_whose_head_they_broke_is_not_opened(hands: Hands) -> None:
    hands.push_pages(a=f"{CLOSED}un\n")
    hands.wiki.catch_up()
    with hands.wiki.store.writing() as writer:
        writer.commit([Change("a.md", b"---\naudience: admins\nx: &z z\n---\npub\n")], author=VERA, summary="")
    hands.wiki.catch_up()
    outcome = take(hands)

    assert audience(hands, "a") == "admins" and set(left(outcome)) == {"a"}


def test_a_file_that_fewer_could_see_does_not_come_back(hands: Hands) -> None:
    hands.write("a", CLOSED + "un\n")
    attach(hands.wiki, "a", [Prepared("plan.txt", b"secret", "document")], IDRIS)
    with hands.wiki.store.writing() as writer:
        writer.commit([Change("a.files/plan.txt", None)], author=VERA, summary="")
    hands.wiki.catch_up()
    hands.write("a", hands.text("a").replace("admins", "public"), IDRIS)
    outcome = take(hands)

    assert files(hands, "a") == [] and set(left(outcome)) == {"a"}
