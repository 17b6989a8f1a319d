"""Write answers. Each of these holds the lock of its date: places are given one after the other."""

import time
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, update

from app.answers import reading, waiting
from app.answers.answer import (
    COMING,
    STANDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    YES,
    About,
    Answer,
    Who,
    Wish,
)  # fmt: skip
from app.answers.tables import answers
from app.errors import N_, Conflict, Invalid
from app.forms.signup import Signup
from app.people import visitors
from app.people.authors import clean_name
from app.people.visitor_tables import visitor_links
from app.wiki.page import fold

_NO_ROOM = N_("There is not enough room for this. Your answer stays as it was.")
_NAMELESS = N_("Type the name of this person.")
_SAME_NAME = N_("Somebody of this name is on the list. Add something to the name.")


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an answer: it stands, or waits as number `position`. `moved_up`: others who have a place now."""

    id: int
    state: str
    position: int = 0
    moved_up: tuple[int, ...] = ()


def take(connection: Connection, about: About, settings: Signup, who: Who, wish: Wish) -> Given:
    """Keep what somebody says, instead of what he said before; raises Invalid, Conflict.

    Who has a place or waits keeps it, unless he asks for more: then he asks anew, and keeps what he has where there is
    no room.
    """
    wish, who = wish.checked(settings), _checked(who)
    waiting.lock(connection, about)
    before = reading.find_own(connection, about, who)
    if before is None:
        return _settled(connection, _insert(connection, about, who, wish), about, settings)
    if who.name:
        return _again(connection, before, who, wish)
    if who.account_id not in {None, before.who.account_id}:
        _update(connection, before.id, account_id=who.account_id)  # said without signing in, and a member's from now on
    return _changed(connection, before, settings, wish)


def change(connection: Connection, answer: Answer, settings: Signup, wish: Wish) -> Given:
    """Change one answer, whoever gave it; raises Invalid."""
    waiting.lock(connection, answer.about)
    return _changed(connection, reading.find(connection, answer.id) or answer, settings, wish.checked(settings))


def withdraw(connection: Connection, answer: Answer, settings: Signup) -> tuple[int, ...]:
    """Take an answer back; gives those who move up."""
    waiting.lock(connection, answer.about)
    _update(connection, answer.id, state=WITHDRAWN)
    return tuple(waiting.settle(connection, answer.about, settings))


def keep_unconfirmed(connection: Connection, about: About, visitor_id: int, wish: Wish) -> int:
    """Keep what a visitor says until the address is confirmed: it takes no place yet."""
    return _insert(connection, about, Who(visitor_id=visitor_id), wish, state=UNCONFIRMED)


def confirm(connection: Connection, answer: Answer, settings: Signup) -> Given | None:
    """Let an answer count whose address is confirmed; what was said before with this address is replaced.

    None where somebody has confirmed it already. Raises Invalid.
    """
    waiting.lock(connection, answer.about)
    now = reading.find(connection, answer.id)
    if now is None or now.state != UNCONFIRMED:
        return None
    before = reading.find_own(connection, now.about, now.who)
    if before is None:
        _update(connection, now.id, state=_first_state(now.wish), asked_at=waiting.next_turn(connection, now.about))
        return _settled(connection, now.id, now.about, settings)
    _join(connection, before, now)
    return _changed(connection, before, settings, now.wish)


def _join(connection: Connection, before: Answer, now: Answer) -> None:
    join(connection, (before.id, before.who.visitor_id), (now.id, now.who.visitor_id))


def join(connection: Connection, before: tuple[int, int | None], now: tuple[int, int | None]) -> None:
    """Let the older answer be that of the newer visitor: all private links lead to it, the newest name is shown.

    Each is the number of an answer and that of its visitor.
    """
    connection.execute(delete(answers).where(answers.c.id == now[0]))
    old, new = before[1], now[1]
    _update(connection, before[0], visitor_id=new)
    if old is None:  # a member, who has answered without signing in this time
        return
    links = update(visitor_links).where(visitor_links.c.visitor_id == old)
    connection.execute(links.values(visitor_id=new))
    visitors.forget(connection, [old])


def _checked(who: Who) -> Who:
    if not (who.name or who.entered_by):
        return who
    if not fold(who.name).strip():
        raise Invalid(_NAMELESS)
    return replace(who, name=clean_name(who.name))


def _first_state(wish: Wish) -> str:
    """Give the state in which an answer begins: whoever wants a place waits for it, be it for a moment."""
    return WAITING if wish.value == YES else STANDING


def _insert(connection: Connection, about: About, who: Who, wish: Wish, *, state: str = "") -> int:
    now = int(time.time())
    asked_at = now if state else waiting.next_turn(connection, about)
    row = {"page_id": about.page_id, "date": about.date, "key": COMING, "state": state or _first_state(wish),
           "account_id": who.account_id, "visitor_id": who.visitor_id, "name": who.name, "channel": who.channel,
           "entered_by": who.entered_by, "asked_at": asked_at, "changed_at": now}  # fmt: skip
    made = connection.execute(insert(answers).returning(answers.c.id), row | _columns(wish))
    return int(made.scalar_one())


def _columns(wish: Wish) -> dict[str, object]:
    return {"value": wish.value, "role": wish.role, "people": wish.people, "details": wish.details,
            "comment": wish.comment}  # fmt: skip


def _update(connection: Connection, number: int, **values: object) -> None:
    values |= {"changed_at": int(time.time())}
    connection.execute(update(answers).where(answers.c.id == number).values(**values))


def _again(connection: Connection, before: Answer, who: Who, wish: Wish) -> Given:
    """Take what is written down twice as one, where the same person presses twice; two of one name are two people."""
    if before.who.entered_by != who.entered_by or before.wish != wish:
        raise Conflict(_SAME_NAME)
    return Given(before.id, before.state, reading.position_of(connection, before))


def _changed(connection: Connection, before: Answer, settings: Signup, wish: Wish) -> Given:
    had_turn = before.wish.value == YES and before.state in {STANDING, WAITING}
    asks_more = wish.people > before.wish.people or wish.role != before.wish.role
    if wish.value == YES and had_turn and not asks_more:
        _update(connection, before.id, **_columns(wish))
    else:
        turn = waiting.next_turn(connection, before.about)
        _update(connection, before.id, state=_first_state(wish), asked_at=turn, **_columns(wish))
    given = _settled(connection, before.id, before.about, settings)
    if before.takes_place and wish.value == YES and given.state == WAITING:
        raise Invalid(_NO_ROOM)  # and the transaction takes it all back
    return given


def _settled(connection: Connection, number: int, about: About, settings: Signup) -> Given:
    """Give the places, and say what became of one answer."""
    moved = waiting.settle(connection, about, settings)
    answer = reading.get(connection, number)
    others = tuple(one for one in moved if one != number)
    return Given(number, answer.state, reading.position_of(connection, answer), others)
