"""Write down what stands on a sheet of paper: who signed up on it and, once it has begun, who was there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from app.answers import attendance, reading, sheets, writing
from app.answers.answer import NO, PAPER, PERHAPS, WAITING, YES, About, Answer, Who, Wish
from app.answers.attendance import AWAY, THERE
from app.answers.quick import Line
from app.answers.writing import Given
from app.errors import N_, GareError, Invalid, NotFound
from app.forms.signup import Signup
from app.wiki.page import fold

_NOBODY = N_("Nobody is named here. Begin with a name or a code.")
_NO_CODE = N_("Nobody on this list has this code.")
_NOT_LISTED = N_("Nobody of this name is on the list.")
_TWO = N_("Two people on the list have this name. Use their codes.")
_NOW = N_("It has begun. Say yes or no.")
_ROW_TAKEN = N_("This row was typed before, with another name.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where lines belong: a date, how one takes part, whether it has begun, who types."""

    about: About
    settings: Signup
    has_begun: bool
    typist: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a line: who it is about, whether they are new on the list; `error` where it was not understood."""

    line: Line
    name: str = ""
    is_new: bool = False
    is_no: bool = False
    is_perhaps: bool = False
    is_waiting: bool = False
    moved_up: tuple[int, ...] = field(default=())
    error: GareError | None = None


def enter(connection: Connection, place: Place, lines: Sequence[Line]) -> list[Entered]:
    """Write the lines down; what is typed twice counts once."""
    done = []
    for line in lines:
        try:
            with connection.begin_nested():
                done.append(_enter(connection, place, line))
        except GareError as error:
            done.append(Entered(line, error=error))
    return done


def _enter(connection: Connection, place: Place, line: Line) -> Entered:
    if line.is_empty:
        raise Invalid(_NOBODY)
    if line.is_perhaps and place.has_begun:
        raise Invalid(_NOW)
    answer = _find(reading.list_at(connection, place.about), line)
    if answer is None:
        return _add(connection, place, line)
    given = _stays(answer) if place.has_begun else _say(connection, place, answer, line)
    if place.has_begun:
        if line.people is not None and not line.is_no:
            attendance.set_people(connection, answer.id, line.people)
        attendance.note(connection, place.about, [answer.id], AWAY if line.is_no else THERE)
    is_waiting = given.state == WAITING
    return Entered(line, answer.name, False, line.is_no, line.is_perhaps, is_waiting, given.moved_up)


def _find(listed: Sequence[Answer], line: Line) -> Answer | None:
    """Find who a line is about on the list; None where it is somebody new. Raises Invalid, NotFound."""
    if line.code:
        called = [one for one in listed if fold(one.name) == line.code]  # names may read like codes, too
        found = [one for one in listed if one.code == line.code] or called
        if not found:
            raise NotFound(_NO_CODE)
        return found[0]
    of_row = next((one for one in listed if line.row and one.code == line.row), None)
    if of_row:
        if fold(of_row.name) != fold(line.name):
            raise Invalid(_ROW_TAKEN)
        return of_row
    named = [one for one in listed if fold(one.name) == fold(line.name)]
    if len(named) > 1:
        raise Invalid(_TWO)
    if not named and line.is_no:
        raise NotFound(_NOT_LISTED)
    return named[0] if named else None


def _add(connection: Connection, place: Place, line: Line) -> Entered:
    who = Who(name=line.name, channel=PAPER, entered_by=place.typist)
    given = writing.take(connection, place.about, place.settings, who, Wish(_value(line), line.people or 1))
    if line.row:
        sheets.keep_row(connection, given.id, line.row)
    if place.has_begun:
        attendance.note(connection, place.about, [given.id], THERE)
    return Entered(line, line.name, True, False, line.is_perhaps, given.state == WAITING, given.moved_up)


def _value(line: Line) -> str:
    return NO if line.is_no else PERHAPS if line.is_perhaps else YES


def _stays(answer: Answer) -> Given:
    return Given(answer.id, answer.state)


def _say(connection: Connection, place: Place, answer: Answer, line: Line) -> Given:
    """Change what somebody on the list said, before it begins; nothing where it says the same."""
    wish = replace(answer.wish, value=_value(line), people=answer.wish.people if line.people is None else line.people)
    if wish == answer.wish:
        return _stays(answer)
    return writing.change(connection, answer, place.settings, wish)
