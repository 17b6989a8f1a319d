"""What somebody says about one date of something: that he comes, with whom, to do what. How it is read and checked."""

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.catalog.rows import moment
from app.errors import N_, Invalid
from app.forms.signup import Signup
from app.wiki import nfc
from app.wiki.page import fold

COMING = "coming"  # the key of these answers
YES, PERHAPS, NO = "yes", "perhaps", "no"
VALUES = (YES, PERHAPS, NO)
UNCONFIRMED, STANDING, WAITING, WITHDRAWN = "unconfirmed", "standing", "waiting", "withdrawn"
ALIVE = (STANDING, WAITING)
WEB, MAIL, PAPER, PHONE, PERSON = "web", "mail", "paper", "phone", "person"
TOLD_ELSEWHERE = (PERSON, PHONE, PAPER)  # how somebody who writes an answer down has heard it
MOST_PEOPLE, MOST_COMMENT, MOST_NAME = 20, 500, 60
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class About:
    """What is answered: a page by its identity, and the day by which a series knows the date (`""`: once)."""

    page_id: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who answers: an account, a visitor (whose `email_key` is one person's), or a name that somebody writes down.

    `entered_by` is the pseudonym of whoever writes it down, `channel` how it came.
    """

    account_id: int | None = None
    visitor_id: int | None = None
    name: str = ""
    channel: str = WEB
    entered_by: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is answered. `people` counts who answers, too; `seats` are offered, `lift` looked for; tools are keys."""

    value: str
    people: int = 1
    role: str = ""
    meal: int = 0
    seats: int = 0
    lift: int = 0
    bring: tuple[str, ...] = ()
    borrow: tuple[str, ...] = ()
    comment: str = ""
    is_hidden: bool = False  # the name is shown to organisers only

    def checked(self, settings: Signup) -> "Wish":
        """Give it as it is kept: without what nobody asked for. Raises Invalid."""
        if self.value not in VALUES:
            raise Invalid(N_("Choose whether you come."))
        comment = clean_comment(self.comment)
        if self.value == NO:
            return Wish(NO, comment=comment, is_hidden=self.is_hidden)
        if not 1 <= self.people <= MOST_PEOPLE:
            raise Invalid(N_("Say between 1 and %(cap)s people. Larger groups ask the organisers."), cap=MOST_PEOPLE)
        if self.role and settings.find_role(self.role) is None:
            raise Invalid(N_("This task is not there any more. Choose another one."))
        tools = {fold(name) for name in settings.tools}
        bring = tuple(key for key in dict.fromkeys(self.bring) if key in tools)
        borrow = tuple(key for key in dict.fromkeys(self.borrow) if key in tools and key not in bring)
        meal, seats, lift = _numbers(self, settings)
        return replace(self, comment=comment, bring=bring, borrow=borrow, meal=meal, seats=seats, lift=lift)

    @property
    def details(self) -> str:
        """Give as JSON what the row has no column for."""
        said = {"meal": self.meal, "seats": self.seats, "lift": self.lift, "bring": list(self.bring),
                "borrow": list(self.borrow), "hidden": self.is_hidden}  # fmt: skip
        return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)


def _numbers(wish: Wish, settings: Signup) -> tuple[int, int, int]:
    """Give meals, seats offered and looked for, as far as they are asked for; raises Invalid where they cannot be."""
    meal = wish.meal if settings.asks_meal else 0
    seats, lift = (wish.seats, wish.lift) if settings.asks_seats else (0, 0)
    if max(meal, lift) > wish.people:
        raise Invalid(N_("Meals and seats looked for are at most as many as people."))
    if min(meal, seats, lift) < 0 or seats > MOST_PEOPLE:
        raise Invalid(N_("Say between 0 and %(cap)s seats."), cap=MOST_PEOPLE)
    return meal, seats, lift


def clean_comment(typed: str) -> str:
    """Bring a comment into one line; raises Invalid."""
    if len(typed) > MOST_COMMENT * 4:
        raise Invalid(N_("This text is too long. Use at most %(cap)s letters."), cap=MOST_COMMENT)
    nfc.check_marks(typed)
    fit = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in nfc.normalize(typed))
    comment = " ".join(fit.split())
    if len(comment) > MOST_COMMENT:
        raise Invalid(N_("This text is too long. Use at most %(cap)s letters."), cap=MOST_COMMENT)
    return comment


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is kept. `name` is empty where nobody has it any more; `writer` entered it for somebody."""

    id: int
    about: About
    wish: Wish
    who: Who
    state: str
    name: str
    pseudonym: str
    writer: str
    code: str
    attended: str
    asked_at: int
    changed_at: datetime

    @property
    def takes_place(self) -> bool:
        """Tell whether it counts among the places taken."""
        return self.state == STANDING and self.wish.value == YES


def answer_of(row: Row[Any]) -> Answer:
    """Make an answer of a row that holds its columns, the names `shown`, `writer` and the pseudonym `whose`."""
    who = Who(row.account_id, row.visitor_id, row.name, row.channel, row.entered_by)
    return Answer(
        row.id, About(row.page_id, row.date), _wish_of(row), who, row.state, row.name or row.shown or "",
        row.whose or "", row.writer or "", row.code, row.attended, row.asked_at, moment(row.changed_at),
    )  # fmt: skip


def _wish_of(row: Row[Any]) -> Wish:
    said = json.loads(row.details or "{}")
    return Wish(
        row.value, row.people, row.role, said.get("meal", 0), said.get("seats", 0), said.get("lift", 0),
        tuple(said.get("bring", ())), tuple(said.get("borrow", ())), row.comment, bool(said.get("hidden")),
    )  # fmt: skip


def clean_date(typed: str) -> str:
    """Give the day of an address, or nothing of what is none."""
    return typed if _DAY.fullmatch(typed) else ""
