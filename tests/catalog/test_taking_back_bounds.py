"""Hundreds of changes: in one commit as far as nobody waits long for it, the rest is counted and goes on."""

import pytest

from app.catalog.deleting import delete
from app.catalog.finding import find_grave
from app.catalog.moving import Rename, rename
from app.catalog.readers import EVERYTHING
from app.catalog.rebuild import rebuild
from app.hooks import Deleted, Saved
from tests.catalog.hands import IDRIS, NADIA, Hands
from tests.catalog.taking import LINES, VERA, commits, left, take


def test_everything_is_one_commit_by_whoever_takes_it_back(hands: Hands) -> None:
    for number in range(120):
        hands.push_pages(**{f"p{number}": f"---\nid: aaaaa{number:03}\n---\nun\n"})
    hands.wiki.catch_up()
    changed = {f"p{number}": f"---\nid: aaaaa{number:03}\n---\npub\n" for number in range(120)}
    for path, text in changed.items():
        hands.write(path, text, VERA)
    count = commits(hands)
    outcome = take(hands)

    assert (outcome.pages, outcome.left, outcome.waiting, commits(hands)) == (120, (), 0, count + 1)
    assert {hands.text(path).rpartition("\n---\n")[2] for path in changed} == {"un\n"}


def test_more_pages_than_fit_wait_and_are_counted(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.catalog.taking_back.MAX_PAGES", 10)
    for number in range(25):
        hands.write(f"p{number}", "pub\n", VERA)
    first = take(hands)
    second = take(hands, before=first.before)
    third = take(hands, before=second.before)

    assert [(one.pages, one.waiting) for one in (first, second, third)] == [(10, 15), (10, 5), (5, 0)]
    assert third.before is None and hands.pages() == {}


def test_long_texts_are_taken_back_a_few_at_a_time(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.catalog.taking_back.MAX_BYTES", 500)
    for number in range(4):
        hands.write(f"p{number}", "mot " * 100, VERA)

    assert (outcome := take(hands)).pages == 2 and outcome.waiting == 2


def test_judging_stops_when_its_time_is_up_and_the_rest_waits(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        hands.write(f"p{number}", LINES.replace("abcdefgh", f"aaaaaaa{number}"))
        hands.write(f"p{number}", hands.text(f"p{number}") + "pub\n", VERA)
    monkeypatch.setattr("app.catalog.taking_back.SECONDS", 0)
    first = take(hands)
    second = take(hands, before=first.before)
    third = take(hands, before=second.before)

    assert [(one.pages, one.waiting) for one in (first, second, third)] == [(1, 2), (1, 1), (1, 0)]
    assert third.before is None and not any("pub" in hands.text(path) for path in hands.pages())


def test_texts_of_pages_that_came_back_wait_too_when_the_time_is_up(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        hands.write(f"p{number}", LINES.replace("abcdefgh", f"aaaaaaa{number}"))
        hands.write(f"p{number}", hands.text(f"p{number}") + "pub\n", VERA)
        delete(hands.wiki, f"p{number}", VERA)
    hands.wiki.hooks.saved.append(lambda _: monkeypatch.setattr("app.catalog.taking_back.SECONDS", 0))
    first = take(hands)
    second = take(hands, before=first.before)
    third = take(hands, before=second.before)

    assert len(hands.pages()) == 3 and [one.waiting for one in (first, second, third)] == [2, 1, 0]
    assert not any("pub" in hands.text(path) for path in hands.pages())


def test_a_history_without_end_is_left_and_named(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.catalog.verdicts.MAX_STRETCHES", 2)
    hands.write("a", LINES)
    for number in range(3):
        hands.write("a", LINES + f"pub {number}\n", VERA)
        hands.write("a", LINES + f"{number}\n", IDRIS)

    assert "too long" in left(take(hands))["a"]


def test_those_who_hear_of_changes_hear_of_these(hands: Hands) -> None:
    heard: list[object] = []
    hands.wiki.hooks.saved.append(heard.append)
    hands.wiki.hooks.deleted.append(heard.append)
    hands.write("a", LINES)
    hands.write("a", "pub\n", VERA)
    hands.write("b", "pub\n", VERA)
    hands.write("c", "un\n")
    text = hands.text("c")
    delete(hands.wiki, "c", VERA)
    heard.clear()
    take(hands)

    assert {(type(one), one.path, one.author) for one in heard} == {  # type: ignore[attr-defined]
        (Saved, "a", NADIA), (Deleted, "b", NADIA), (Saved, "c", NADIA),
    }  # fmt: skip
    assert [(one.text, one.old_text) for one in heard if one.path == "c"] == [(text, None)]  # type: ignore[attr-defined]


def test_a_rebuild_finds_the_same(hands: Hands) -> None:
    hands.write("a", LINES)
    hands.write("b", LINES.replace("abcdefgh", "abcdefgj"))
    delete(hands.wiki, "b", VERA)
    hands.write("b", "pub\n", VERA)
    rename(hands.wiki, Rename("a", "c", VERA))
    take(hands)
    before = hands.tables()
    rebuild(hands.wiki)

    assert hands.tables() == before
    with hands.wiki.catalog.reading() as connection:
        assert find_grave(connection, "b", EVERYTHING) is None
