"""What somebody has written goes, what others have written stays; pages come back and go."""

from datetime import UTC, datetime, timedelta

from app.catalog.deleting import delete, undelete
from app.catalog.moving import Rename, rename
from app.catalog.taking_back import TakenBack
from app.wiki.store import Change
from tests.catalog.hands import IDRIS, NADIA, Hands
from tests.catalog.taking import LINES, VERA, commits, files, left, send, take


def test_pages_that_they_made_are_deleted_and_can_be_brought_back(hands: Hands) -> None:
    hands.write("a", "un\n", VERA)
    hands.write("a", "deux\n", VERA)
    send(hands, "a", "plan.txt", VERA)
    outcome = take(hands)

    assert (outcome.pages, outcome.left, hands.find("a")) == (1, (), None)
    undelete(hands.wiki, "a", NADIA)
    assert "deux" in hands.text("a") and files(hands, "a") == ["plan.txt"]


def test_a_page_where_theirs_is_last_is_as_before_letter_by_letter(hands: Hands) -> None:
    hands.write("a", LINES)
    for number in range(3):
        hands.write("a", LINES + f"{number}\n", VERA)
    outcome = take(hands)

    assert (outcome.pages, hands.text("a")) == (1, LINES)
    assert hands.find("a").author == NADIA  # type: ignore[union-attr]


def test_what_others_wrote_since_stays(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("a", LINES.replace("ligne 2\n", "pub\n"), VERA)
    hands.write("a", hands.text("a").replace("ligne 8\n", "lundi\n"), IDRIS)
    hands.write("a", hands.text("a").replace("ligne 5\n", "encore\n"), VERA)
    take(hands)

    assert hands.text("a") == LINES.replace("ligne 8\n", "lundi\n")


def test_a_place_that_others_changed_since_is_left_as_it_is_and_named(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("a", LINES.replace("ligne 2\n", "pub\n").replace("ligne 7\n", "pub\n"), VERA)
    hands.write("a", hands.text("a").replace("pub\n\nligne 3", "publicité\n\nligne 3"), IDRIS)
    before = hands.text("a")
    outcome = take(hands)

    assert (outcome.pages, hands.text("a")) == (0, before)
    assert "Somebody else" in left(outcome)["a"]


def test_a_page_that_they_made_and_others_wrote_in_is_left_and_named(hands: Hands) -> None:
    hands.write("a", LINES, VERA)
    hands.write("a", LINES + "suite\n", IDRIS)
    hands.write("b", "un\n", VERA)
    send(hands, "b", "plan.txt", IDRIS)
    outcome = take(hands)

    assert set(left(outcome)) == {"a", "b"} and outcome.pages == 0
    assert hands.text("a") == LINES + "suite\n"


def test_what_was_put_right_already_stays_so(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("a", LINES + "pub\n", VERA)
    hands.write("a", LINES, IDRIS)
    count = commits(hands)

    assert take(hands) == TakenBack() and commits(hands) == count


def test_taking_back_twice_does_nothing_more(hands: Hands) -> None:
    hands.push_pages(a="sans nom\n\nun\n", b=LINES)
    hands.wiki.catch_up()
    hands.write("a", "sans nom\n\ndeux\n", VERA)
    hands.write("neuf", "un\n", VERA)
    rename(hands.wiki, Rename("b", "c", VERA))
    assert take(hands).pages == 3
    count, tables = commits(hands), hands.tables()

    assert take(hands) == TakenBack() and commits(hands) == count and hands.tables() == tables


def test_a_page_that_they_deleted_comes_back_with_its_files_and_its_history(hands: Hands) -> None:
    hands.write("a", LINES)
    send(hands, "a", "plan.txt", IDRIS)
    delete(hands.wiki, "a", VERA)
    outcome = take(hands)

    assert (outcome.pages, hands.text("a"), files(hands, "a")) == (1, LINES, ["plan.txt"])
    assert hands.history("a") == ["restored", "deleted", "attached", "created"]


def test_a_page_that_they_changed_and_deleted_comes_back_as_it_was(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("a", "pub\n", VERA)
    delete(hands.wiki, "a", VERA)
    outcome = take(hands)

    assert (outcome.pages, outcome.left, hands.text("a")) == (1, (), LINES)


def test_a_page_that_they_deleted_and_wrote_anew_is_the_old_one_again(hands: Hands) -> None:
    hands.write("a", LINES)
    delete(hands.wiki, "a", VERA)
    hands.write("a", "pub\n", VERA)
    outcome = take(hands)

    assert (outcome.left, hands.text("a")) == ((), LINES)
    assert take(hands) == TakenBack()


def test_a_page_that_they_changed_deleted_and_wrote_anew_is_as_before_all_that(hands: Hands) -> None:
    hands.write("a", LINES)
    send(hands, "a", "plan.txt", IDRIS)
    hands.write("a", LINES + "encore\n", VERA)
    delete(hands.wiki, "a", VERA)
    hands.write("a", "pub\n", VERA)
    take(hands)

    assert hands.text("a") == LINES and files(hands, "a") == ["plan.txt"]


def test_a_page_that_they_deleted_stays_deleted_where_others_wrote_another_one(hands: Hands) -> None:
    hands.write("a", LINES)
    delete(hands.wiki, "a", VERA)
    hands.write("a", "tout autre chose\n", IDRIS)
    outcome = take(hands)

    assert "Another page" in left(outcome)["a"] and "tout autre" in hands.text("a")


def test_a_page_that_others_deleted_since_stays_deleted(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("a", "pub\n", VERA)
    hands.write("b", "pub\n", VERA)
    delete(hands.wiki, "a", IDRIS)
    delete(hands.wiki, "b", IDRIS)

    assert take(hands) == TakenBack() and hands.pages() == {}


def test_a_page_that_they_brought_back_is_deleted_again(hands: Hands) -> None:
    hands.write("a", LINES)
    delete(hands.wiki, "a", IDRIS)
    undelete(hands.wiki, "a", VERA)
    hands.write("a", LINES + "pub\n", VERA)

    assert take(hands).pages == 1 and hands.find("a") is None


def test_what_was_found_good_before_stays(hands: Hands) -> None:
    hands.write("a", LINES, VERA)
    good = int(hands.find("a").edited_at.timestamp())  # type: ignore[union-attr]
    with hands.wiki.store.writing() as writer:
        later = datetime.now(UTC) + timedelta(seconds=10)
        writer.commit([Change("a.md", (LINES + "pub\n").encode())], author=VERA, summary="", at=later)
    hands.wiki.catch_up()
    take(hands, after=good)

    assert hands.text("a") == LINES


def test_the_home_page_that_they_made_is_left_and_named(hands: Hands) -> None:
    hands.write("index", "pub\n", VERA)

    assert set(left(take(hands))) == {"index"} and hands.find("index")


def test_lines_beside_each_other_are_taken_back_and_stay_so(hands: Hands) -> None:
    text = "---\nid: zzzzzzzz\n---\n" + "".join(f"{letter}\n" for letter in "abcdefgh")
    hands.write("a", text)
    hands.write("a", text.replace("c\n", "pub\n"), VERA)
    hands.write("a", hands.text("a").replace("h\n", "H\n"), IDRIS)
    hands.write("a", hands.text("a").replace("d\n", "pub\n"), VERA)
    take(hands)

    assert hands.text("a") == text.replace("h\n", "H\n")
    assert take(hands) == TakenBack()
