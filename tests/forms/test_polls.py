"""What a record asks people to answer, as a form asks it and others read it."""

from datetime import UTC, date, datetime

import pytest

from app.errors import Invalid
from app.forms import poll
from app.forms.poll import Option
from app.forms.types import TYPES
from app.forms.types.polls import read_moment
from tests.forms.examples import field

POLL = TYPES["poll"]
IT = field("poll")
NEXT = datetime.now(UTC).year + 1
DATES = f"3 décembre {NEXT} à 18 h 30\n12/12/{NEXT}"


def test_dates_are_read_as_people_write_them_and_stand_in_their_order() -> None:
    value = POLL.read(IT, {"kind": ("dates",), "options": (f"12/12/{NEXT}\n3 décembre {NEXT} à 18 h 30",)})
    assert value is not None
    read = poll.read(value)

    assert read
    assert [one.text for one in read.options] == [f"{NEXT}-12-03T18:30", f"{NEXT}-12-12"]


@pytest.mark.parametrize(
    "typed",
    [
        f"{NEXT}-12-03T18:30", f"{NEXT}-12-03 18:30", f"03/12/{NEXT} 18h30", f"vendredi 3 décembre {NEXT} à 18 h 30",
        f"December 3, {NEXT} 6:30 pm",
    ],
)  # fmt: skip
def test_a_moment_is_read_whatever_its_form(typed: str) -> None:
    assert read_moment(typed) == f"{NEXT}-12-03T18:30"


def test_a_day_without_its_year_is_the_next_one() -> None:
    found = date.fromisoformat(read_moment("1er février"))

    assert (found.month, found.day) == (2, 1)
    assert found.year in (NEXT - 1, NEXT)
    assert (datetime.now(UTC).date() - found).days <= 31


@pytest.mark.parametrize("typed", ["le machin", "31 février", "30/02/2027 18h", "3 décembre 25 h", ""])
def test_what_is_no_date_is_named_with_the_cure(typed: str) -> None:
    with pytest.raises(Invalid, match="is no date"):
        read_moment(typed)


def test_options_of_a_choice_are_one_a_line() -> None:
    value = POLL.read(IT, {"kind": ("one",), "options": ("Soupe\n\n Tarte  aux oignons ",), "until": ("31/12/2026",)})
    assert value is not None
    read = poll.read(value)

    assert read
    assert read.options == (Option("soupe", "Soupe"), Option("tarte-aux-oignons", "Tarte aux oignons"))
    assert read.until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("", "Soupe\nTarte", "Choose what you ask"),
        ("one", "Soupe", "at least two"),
        ("several", "Soupe\nsoupe", "stands here twice"),
        ("one", "\n".join(f"Plat {n}" for n in range(31)), "at most"),
        ("dates", "Soupe\nTarte", "is no date"),
        ("one", "Soupe\n" + "a" * 201, "cannot be used"),
    ],
)
def test_what_cannot_be_asked_is_refused(kind: str, options: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        POLL.read(IT, {"kind": (kind,), "options": (options,)})

    assert said in str(caught.value.msgid)


def test_nothing_typed_asks_nothing() -> None:
    assert POLL.read(IT, {"kind": ("",), "options": ("",), "who": ("members",)}) is None


def test_a_closed_poll_goes_through_its_form_unchanged() -> None:
    value = POLL.check(
        IT,
        {
            "kind": "one", "options": ["Soupe", "Tarte"], "closed": "2026-11-16", "outcome": "chosen", "winner": "soupe",
            "words": "Soupe.", "counts": {"soupe": {"yes": "3", "perhaps": "0", "no": "0"}},
        },
    )  # fmt: skip
    assert value is not None

    assert POLL.kept(IT, value, POLL.read(IT, POLL.type_again(IT, value))) == value


def test_nobody_types_an_outcome() -> None:
    typed = {"kind": ("one",), "options": ("A\nB",), "state": ('{"closed": "2026-11-16", "words": "A."}',)}

    assert POLL.read(IT, typed) == {"kind": "one", "options": ["A", "B"]}


def test_a_proposal_keeps_its_stage_and_round() -> None:
    value = POLL.check(IT, {"kind": "consent", "stage": "objections", "round": "3"})
    assert value is not None
    read = poll.read(POLL.kept(IT, value, POLL.read(IT, POLL.type_again(IT, value))) or "")

    assert read
    assert (read.stage, read.round_, read.keys) == ("objections", 3, ("consent", "aside", "objection"))


@pytest.mark.parametrize(
    "stored",
    ["", "x", [], {"kind": "other"}, {"kind": ["one"]}, {"kind": "one", "options": {"a": "b"}, "until": ["x"]},
     {"kind": "dates", "options": ["2026-99-99", "x", ["y"]], "closed": "never", "counts": "x", "round": "-1"},
     {"kind": "one", "closed": "2026-11-16", "counts": {"a": "x", "b": {"yes": "many"}}, "outcome": "?"}],
)  # fmt: skip
def test_what_somebody_wrote_by_hand_never_fails(stored: object) -> None:
    read = poll.read(stored)  # type: ignore[arg-type]
    said = POLL.plain(IT, stored, "fr")  # type: ignore[arg-type]

    assert read is None or read.kind in poll.KINDS
    assert isinstance(said, str)
