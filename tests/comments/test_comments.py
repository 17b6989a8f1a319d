"""What becomes of comments: who sees which, what is counted, what is erased when."""

import time

import pytest
from sqlalchemy import Connection, event

from app.comments import counts, reading, writing
from app.comments.comment import UNCONFIRMED, WAITING, Comment
from app.comments.reading import Talk
from app.errors import Invalid, NotFound
from app.people import visitors
from app.station import Station

NADIA, IDRIS = "m-nadiabcd", "m-idrisabc"
PAGE = "k7q2m9x4"
DAY = 86_400


def add(truth: Connection, text: str, **more: object) -> Comment:
    return writing.add(truth, PAGE, text, IDRIS, **more)  # type: ignore[arg-type]


def seen(truth: Connection, pseudonym: str = "", *, is_moderator: bool = False) -> list[str]:
    found, _ = reading.list_page(truth, Talk(PAGE, pseudonym, is_moderator))
    return [one.text for one in found]


def test_the_newest_comes_first_and_answers_in_their_order(truth: Connection) -> None:
    first = add(truth, "un")
    add(truth, "deux")
    for word in ("a", "b"):
        add(truth, word, parent=first.id)

    assert seen(truth) == ["deux", "un", "a", "b"]


def test_an_answer_to_an_answer_stands_beside_it(truth: Connection) -> None:
    first = add(truth, "un")
    second = add(truth, "deux", parent=first.id)

    assert add(truth, "trois", parent=second.id).parent_id == first.id


def test_nothing_is_added_below_what_is_not_shown_or_stands_elsewhere(truth: Connection) -> None:
    gone, other = add(truth, "un"), writing.add(truth, "autre", "x", IDRIS)
    writing.withdraw(truth, gone)

    for number in (gone.id, other.id, 12345):
        with pytest.raises(NotFound):
            add(truth, "réponse", parent=number)


def test_hidden_words_are_seen_by_moderators_and_their_writer(truth: Connection) -> None:
    writing.hide(truth, add(truth, "un"), NADIA, "non")

    assert seen(truth) == seen(truth, NADIA) == []
    assert seen(truth, IDRIS) == seen(truth, is_moderator=True) == ["un"]


def test_what_waits_is_in_no_list_of_its_page(truth: Connection) -> None:
    for state in (WAITING, UNCONFIRMED):
        add(truth, state, state=state)

    assert seen(truth, IDRIS, is_moderator=True) == []
    assert [one.text for one in reading.list_waiting(truth, [PAGE])[0]] == [WAITING]
    assert reading.pages_waiting(truth) == [PAGE]


def test_a_deed_is_done_once(truth: Connection) -> None:
    comment = add(truth, "un", state=WAITING)

    assert writing.show(truth, comment, NADIA) and not writing.show(truth, comment, NADIA)
    assert not writing.refuse(truth, comment, NADIA, "trop tard")
    assert writing.delete(truth, comment, NADIA, "non") and not writing.withdraw(truth, comment)


def test_a_moderator_gives_a_reason(truth: Connection) -> None:
    shown, waiting = add(truth, "un"), add(truth, "deux", state=WAITING)

    for deed, comment in ((writing.hide, shown), (writing.delete, shown), (writing.refuse, waiting)):
        with pytest.raises(Invalid):
            deed(truth, comment, NADIA, "  ")


def texts_of(truth: Connection, comment: Comment) -> str:
    found = reading.find(truth, comment.id)
    return found.text if found else "gone"


def test_words_that_were_taken_back_are_erased_after_a_day_and_refused_ones_after_a_month(
    truth: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, bad, kept = add(truth, "un"), add(truth, "deux"), add(truth, "trois")
    refused = add(truth, "quatre", state=WAITING)
    writing.withdraw(truth, mine)
    writing.delete(truth, bad, NADIA, "non")
    writing.refuse(truth, refused, NADIA, "non")
    now = time.time()
    erased = []
    for days in (0.5, 2, 31):
        monkeypatch.setattr("time.time", lambda days=days: now + days * DAY)
        erased.append(writing.erase_ended(truth))

    assert erased == [0, 2, 1]
    assert [texts_of(truth, one) for one in (mine, bad, kept, refused)] == ["", "", "trois", ""]
    assert not writing.put_back(truth, reading.find(truth, mine.id) or mine)
    assert not writing.show(truth, reading.find(truth, bad.id) or bad, NADIA)
    assert kept.text == "trois"


def test_what_somebody_else_hid_is_taken_back_but_not_brought_back_by_its_writer(truth: Connection) -> None:
    comment = add(truth, "un")
    writing.hide(truth, comment, NADIA, "non")

    assert not writing.put_back(truth, comment)
    assert writing.withdraw(truth, comment) and not writing.put_back(truth, comment)


def test_hidden_words_are_erased_after_three_months(truth: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    comment, now = add(truth, "un"), time.time()
    writing.hide(truth, comment, NADIA, "non")
    left = []
    for days in (89, 91):
        monkeypatch.setattr("time.time", lambda days=days: now + days * DAY)
        writing.erase_ended(truth)
        left.append(texts_of(truth, comment))

    assert left == ["un", ""]
    assert not writing.show(truth, reading.find(truth, comment.id) or comment, NADIA)


def test_what_was_never_confirmed_is_not_put_back_into_the_queue(truth: Connection) -> None:
    comment = add(truth, "un", state=UNCONFIRMED)
    writing.withdraw(truth, comment)

    assert not writing.put_back(truth, comment) and not writing.confirm(truth, comment)


def test_what_was_shown_since_a_moment_is_listed_for_mails(truth: Connection) -> None:
    add(truth, "un")
    late = add(truth, "deux", state=WAITING)
    now = int(time.time())

    assert [one.text for one in reading.list_since(truth, now - 5)] == ["un"]
    writing.show(truth, late, NADIA)
    assert [one.text for one in reading.list_since(truth, now - 5)] == ["un", "deux"]
    assert reading.list_since(truth, now + 5) == []


def test_erasing_an_address_takes_its_comments_and_leaves_the_answers_of_others(truth: Connection) -> None:
    visitor, _ = visitors.add(truth, "Zoé", "zoe@example.org")
    asked = writing.add(truth, PAGE, "question", visitor.pseudonym, visitor_id=visitor.id)
    add(truth, "réponse", parent=asked.id)
    visitors.forget_address(truth, "ZOE@example.org")

    assert seen(truth) == ["réponse"]


def test_a_long_thread_is_cut_and_each_comment_knows_its_place(truth: Connection) -> None:
    first = add(truth, "un")
    answers = [add(truth, f"réponse {count}", parent=first.id) for count in range(60)]
    talk = Talk(PAGE, "", is_moderator=False)

    assert [len(reading.list_page(truth, talk, number)[0]) for number in (1, 2, 3)] == [50, 11, 0]
    assert [reading.number_of(truth, talk, one) for one in (first, answers[48], answers[49])] == [1, 1, 2]


def test_counts_are_read_once_until_something_changes(station: Station) -> None:
    asked: list[str] = []
    event.listen(station.truth, "before_cursor_execute", lambda *given: asked.append(given[2]))
    kept = counts.kept(station.truth, station.stamp)
    before = [kept.get() for _ in range(5)]
    with station.truth.begin() as connection:
        add(connection, "un")
        add(connection, "deux", state=WAITING)
    station.stamp.touch()
    after = kept.get()

    assert sum("GROUP BY" in one for one in asked) == 2
    assert (before[0].of(PAGE), after.of(PAGE), after.of(None)) == ((0, 0), (1, 1), (0, 0))
    assert before[0].mark != after.mark
