"""A sheet of paper is typed: codes and names, before it begins and after."""

import pytest
from sqlalchemy import Connection

from app.answers import entering, quick, reading, sheets
from app.answers.answer import NO, PERHAPS, WAITING, Answer
from app.answers.entering import Entered, Place
from tests.answers.hands import ABOUT, THREE, say

TYPIST = "m-aaaaaaaa"


def _enter(truth: Connection, text: str, *, has_begun: bool = True) -> list[Entered]:
    return entering.enter(truth, Place(ABOUT, THREE, has_begun, TYPIST), quick.read(text))


def _all(truth: Connection) -> list[Answer]:
    return reading.list_at(truth, ABOUT)


def _noted(truth: Connection) -> dict[str, tuple[str, int]]:
    return {one.name: (one.attended, one.wish.people) for one in _all(truth)}


def _codes(truth: Connection) -> dict[str, str]:
    return {one.name: one.code for one in sheets.coded(truth, ABOUT, _all(truth))}


def test_a_code_stays_whose_it_is(truth: Connection) -> None:
    say(truth, "Nadia")
    first = _codes(truth)
    say(truth, "Karim")
    second = _codes(truth)

    assert second["Nadia"] == first["Nadia"]
    assert len(set(second.values())) == 2


def test_codes_and_names_tick_who_was_there_and_a_new_name_is_added(truth: Connection) -> None:
    say(truth, "Nadia")
    say(truth, "Karim")
    code = _codes(truth)["Nadia"]
    done = _enter(truth, f"{code} yes\nkarim non\nZoé 2")

    assert _noted(truth) == {"Nadia": ("yes", 1), "Karim": ("no", 1), "Zoé": ("yes", 2)}
    assert [one.is_new for one in done] == [False, False, True]
    added = next(one for one in _all(truth) if one.name == "Zoé")
    assert (added.who.channel, added.who.entered_by) == ("paper", TYPIST)


def test_more_came_than_there_were_places_and_all_are_noted(truth: Connection) -> None:
    _enter(truth, "Ana 3\nBen 2")

    assert _noted(truth) == {"Ana": ("yes", 3), "Ben": ("yes", 2)}


def test_how_many_came_may_be_another_number_than_was_said(truth: Connection) -> None:
    say(truth, "Nadia")
    _enter(truth, "Nadia 5")

    assert _noted(truth) == {"Nadia": ("yes", 5)}


def test_before_it_begins_names_sign_up_and_nobody_was_there(truth: Connection) -> None:
    say(truth, "Nadia")
    code = _codes(truth)["Nadia"]
    done = _enter(truth, f"{code} no\nAna 2\nBen 2", has_begun=False)
    said = {one.name: (one.wish.value, one.state, one.attended) for one in _all(truth)}

    assert said == {"Nadia": (NO, "standing", ""), "Ana": ("yes", "standing", ""), "Ben": ("yes", WAITING, "")}
    assert [one.is_waiting for one in done] == [False, False, True]


def test_perhaps_is_an_answer_before_it_begins(truth: Connection) -> None:
    say(truth, "Nadia")
    _enter(truth, "Nadia peut-être\nAna maybe", has_begun=False)

    assert {one.name: one.wish.value for one in _all(truth)} == {"Nadia": PERHAPS, "Ana": PERHAPS}


def test_a_name_that_reads_like_a_code_is_a_name_on_the_list(truth: Connection) -> None:
    say(truth, "Al2")

    assert [one.name for one in _enter(truth, "al2 oui")] == ["Al2"]


def test_a_no_before_it_begins_lets_who_waits_move_up(truth: Connection) -> None:
    say(truth, "Nadia", 3)
    waits = say(truth, "Karim")
    done = _enter(truth, "Nadia no", has_begun=False)

    assert done[0].moved_up == (waits.id,)


def test_typing_the_same_sheet_twice_changes_nothing(truth: Connection) -> None:
    _enter(truth, "1 Ana 2\nBen")
    before = _all(truth)
    _enter(truth, "1 Ana 2\nBen")

    assert [(one.id, one.name, one.wish) for one in _all(truth)] == [(one.id, one.name, one.wish) for one in before]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("z9 yes", "Nobody on this list has this code."),
        ("zz9 oui", "Nobody on this list has this code."),
        ("Ana peut-être", "It has begun. Say yes or no."),
        ("5", "Nobody is named here. Begin with a name or a code."),
        ("Personne non", "Nobody of this name is on the list."),
        ("1 Ben", "This row was typed before, with another name."),
    ],
)
def test_a_line_that_is_not_understood_says_why_and_the_others_count(truth: Connection, line: str, said: str) -> None:
    done = _enter(truth, f"1 Ana\n{line}\nCleo")

    assert [str(one.error) if one.error else "" for one in done] == ["", said, ""]
    assert set(_noted(truth)) == {"Ana", "Cleo"}
