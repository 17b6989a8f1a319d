"""What may be said in an answer, and how it is kept."""

import pytest
from sqlalchemy import Connection

from app.answers import writing
from app.answers.answer import Wish
from app.answers.reading import get
from app.errors import Invalid
from app.forms.signup import Signup
from tests.answers.hands import ABOUT, EVERYTHING, member

FULL = Wish(
    "yes", 3, "cuisine", meal=2, seats=4, lift=1, bring=("beche",), borrow=("gants",), comment="À vélo", is_hidden=True
)


def test_everything_that_is_asked_is_kept(truth: Connection) -> None:
    given = writing.take(truth, ABOUT, EVERYTHING, member(truth, "Ana"), FULL)

    assert get(truth, given.id).wish == FULL


def test_what_nobody_asked_for_is_not_kept(truth: Connection) -> None:
    given = writing.take(
        truth, ABOUT, Signup(), member(truth, "Ana"), Wish("yes", 3, meal=2, seats=4, bring=("beche",))
    )

    assert get(truth, given.id).wish == Wish("yes", 3)


def test_who_says_no_needs_neither_meal_nor_task() -> None:
    assert Wish("no", 3, "cuisine", meal=2, comment="Malade").checked(EVERYTHING) == Wish("no", comment="Malade")


def test_a_tool_is_brought_or_borrowed_not_both() -> None:
    wish = Wish("yes", bring=("beche", "beche", "tronconneuse"), borrow=("beche", "gants")).checked(EVERYTHING)

    assert (wish.bring, wish.borrow) == (("beche",), ("gants",))


@pytest.mark.parametrize(
    "wish",
    [
        Wish(""), Wish("oui"), Wish("yes", 0), Wish("yes", 21), Wish("yes", role="vaisselle"), Wish("yes", 1, meal=2),
        Wish("yes", 1, lift=2), Wish("yes", seats=-1), Wish("yes", seats=99), Wish("yes", comment="a" * 501),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(wish: Wish) -> None:
    with pytest.raises(Invalid):
        wish.checked(EVERYTHING)


def test_a_comment_is_one_line_without_marks_of_control() -> None:
    assert Wish("yes", comment=" à\r\nBcc: x\0 \u202eb ").checked(Signup()).comment == "à Bcc: x b"
