"""How often something may be tried, counted in the database: every process of every machine must see it."""

import hashlib
import time
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from app.errors import N_, TooMany
from app.people.tables import attempts

DAY = 86_400  # seconds
_ENOUGH = N_("This was tried too often. Wait an hour, then try again.")


@dataclass(frozen=True, slots=True)
class Rule:
    """So many times within so many seconds; a day at most, older attempts are forgotten."""

    name: str
    ceiling: int
    seconds: int = 3600


def spend(connection: Connection, rule: Rule, who: str, sentence: str = _ENOUGH) -> None:
    """Count an attempt; raises TooMany over the ceiling, and then the transaction takes this attempt back.

    So what is refused does not count, and whoever waits gets in again. On PostgreSQL those who try at the very same
    moment do not see one another: as many more may come through as there are processes.
    """
    note(connection, rule, who)
    if _count(connection, rule, who) > rule.ceiling:
        raise TooMany(sentence)


def note(connection: Connection, rule: Rule, who: str) -> None:
    """Count an attempt."""
    connection.execute(insert(attempts), {"key": _key(rule, who), "at": int(time.time())})


def is_spent(connection: Connection, rule: Rule, who: str) -> bool:
    """Tell whether no attempt is left."""
    return _count(connection, rule, who) >= rule.ceiling


def forget(connection: Connection) -> None:
    """Forget attempts that no rule looks at any more."""
    connection.execute(delete(attempts).where(attempts.c.at < int(time.time()) - DAY))


def _count(connection: Connection, rule: Rule, who: str) -> int:
    recent = (attempts.c.key == _key(rule, who), attempts.c.at > int(time.time()) - rule.seconds)
    return connection.execute(select(func.count()).select_from(attempts).where(*recent)).scalar_one()


def _key(rule: Rule, who: str) -> str:
    """Name who tries by a digest: addresses are not kept where they are not needed."""
    return f"{rule.name}:{hashlib.sha256(who.encode()).hexdigest()[:40]}"
