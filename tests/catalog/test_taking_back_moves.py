"""Pages and files that somebody has moved, added or taken away are where they were before."""

from app.catalog.attaching import detach
from app.catalog.moving import Rename, rename
from tests.catalog.hands import IDRIS, Hands
from tests.catalog.taking import LINES, VERA, commits, files, left, send, take


def test_their_words_go_where_the_page_stands_now(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("a", LINES + "pub\n", VERA)
    rename(hands.wiki, Rename("a", "jardins/b", IDRIS))
    outcome = take(hands)

    assert outcome.left == () and "pub" not in hands.text("jardins/b") and hands.find("a") is None
    assert hands.means("a") == "jardins/b"


def test_a_page_that_they_moved_goes_back_with_its_files_and_the_links_to_it(hands: Hands) -> None:
    hands.write("jardins/eau", "---\nid: abcdefgh\n---\n[[jardins/terre]]\n")
    hands.write("jardins/terre", LINES.replace("abcdefgh", "abcdefgj") + "[l’eau](eau)\n")
    send(hands, "jardins/terre", "plan.txt", IDRIS)
    texts = {path: hands.text(path) for path in ("jardins/eau", "jardins/terre")}
    rename(hands.wiki, Rename("jardins/terre", "pub/pub", VERA))
    rename(hands.wiki, Rename("pub/pub", "pub", VERA))
    hands.write("jardins/air", "[[pub]]\n", IDRIS)
    outcome = take(hands)

    assert outcome.left == () and files(hands, "jardins/terre") == ["plan.txt"]
    assert hands.text("jardins/eau") == texts["jardins/eau"]
    assert hands.text("jardins/terre").partition("---\nligne")[2] == texts["jardins/terre"].partition("---\nligne")[2]
    assert hands.means("pub") == "jardins/terre" and hands.means("jardins/terre") == "jardins/terre"


def test_a_folder_that_they_moved_goes_back_as_a_whole_in_one_commit(hands: Hands) -> None:
    for name in ("index", "eau", "terre"):
        hands.write(f"jardins/{name}", f"# {name}\n")
    rename(hands.wiki, Rename("jardins/index", "pub/index", VERA, with_folder=True))
    count = commits(hands)
    outcome = take(hands)

    assert (outcome.left, set(hands.pages())) == ((), {"jardins/index", "jardins/eau", "jardins/terre"})
    assert commits(hands) == count + 1


def test_a_page_that_others_moved_since_stays_where_it_is(hands: Hands) -> None:
    hands.write("a", LINES)
    rename(hands.wiki, Rename("a", "b", VERA))
    rename(hands.wiki, Rename("b", "c", IDRIS))
    take(hands)

    assert set(hands.pages()) == {"c"} and hands.means("a") == "c"


def test_a_new_page_of_theirs_makes_room_for_the_one_that_they_moved_away(hands: Hands) -> None:
    hands.write("a", LINES)
    rename(hands.wiki, Rename("a", "b", VERA))
    hands.write("a", "pub\n", VERA)
    outcome = take(hands)

    assert outcome.left == () and set(hands.pages()) == {"a"} and "ligne 9" in hands.text("a")


def test_two_pages_that_would_meet_at_one_place_do_not(hands: Hands) -> None:
    hands.write("a", LINES)
    rename(hands.wiki, Rename("a", "b", VERA))
    hands.write("a", "un autre\n", IDRIS)
    rename(hands.wiki, Rename("a", "c", VERA))
    outcome = take(hands)

    assert len(outcome.left) == 1 and len(hands.pages()) == 2 and "a" in hands.pages()


def test_files_of_theirs_go_and_those_that_they_took_come_back(hands: Hands) -> None:
    hands.write("a", LINES)
    send(hands, "a", "plan.txt", IDRIS)
    send(hands, "a", "pub.txt", VERA)
    send(hands, "a", "encore.txt", VERA)
    detach(hands.wiki, "a", "encore.txt", VERA)
    detach(hands.wiki, "a", "plan.txt", VERA)
    outcome = take(hands)

    assert (outcome.left, files(hands, "a")) == ((), ["plan.txt"])


def test_a_file_of_theirs_that_others_show_stays_and_the_page_is_named(hands: Hands) -> None:
    hands.write("a", LINES)
    send(hands, "a", "plan.txt", VERA)
    hands.write("a", LINES + "![](a.files/plan.txt)\n", IDRIS)
    outcome = take(hands)

    assert files(hands, "a") == ["plan.txt"] and set(left(outcome)) == {"a"}
