"""What people answer to a poll: kept beside those who come, one a person and round, changed as long as it is open.

The key of a round is `vote`, of the later rounds of a proposal `vote-2`, `vote-3` …: who answered the first text has
not answered the second. No vote is secret: who looks after the machine could look.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.answers import reading, waiting, writing
from app.answers.answer import STANDING, UNCONFIRMED, WITHDRAWN, About, Who, clean_comment
from app.answers.tables import answers
from app.errors import N_, Conflict, Invalid
from app.forms import poll as polls
from app.forms.poll import CONSENT, NO, OBJECTION, ONE, PERHAPS, YES, Count, Poll
from app.people import accounts
from app.people.authors import clean_name
from app.wiki.page import fold

NAMELESS = N_("Type the name of this person.")
SAME_NAME = N_("Somebody of this name has answered. Add something to the name.")
NOTHING = N_("Choose an answer first.")
NO_REASON = N_("Say why you object: then the proposal can be made better.")
OTHER_OPTIONS = N_("The options have changed meanwhile. Look at them again.")
_IS_VOTE = answers.c.key.like("vote%")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: `yes`, `perhaps` or `no` by the key of an option; of one choice and of consent, `yes` once."""

    choices: Mapping[str, str]
    comment: str = ""

    def checked(self, poll: Poll) -> "Said":
        """Give it as it is kept; raises Invalid."""
        if not set(self.choices) <= set(poll.keys):
            raise Invalid(OTHER_OPTIONS)
        known = (YES, PERHAPS, NO) if poll.kind == polls.DATES else (YES, NO)
        if not self.choices or any(said not in known for said in self.choices.values()):
            raise Invalid(NOTHING)
        chosen = [key for key, said in self.choices.items() if said == YES]
        if poll.kind in (ONE, CONSENT) and len(chosen) != 1:
            raise Invalid(NOTHING)
        comment = clean_comment(self.comment)
        if chosen == [OBJECTION] and poll.kind == CONSENT and not comment:
            raise Invalid(NO_REASON)
        kept = {key: said for key, said in self.choices.items() if poll.is_each or said == YES}
        return Said(kept, comment)


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer as it is kept."""

    id: int
    page_id: str
    key: str
    said: Said
    who: Who
    state: str
    name: str
    pseudonym: str
    writer: str
    names: str  # who was to see the name when it was given
    changed_at: int = 0  # seconds UTC


def key_of(poll: Poll) -> str:
    """Give the key under which the answers of a poll, in its round, are kept."""
    return "vote" if poll.round_ == 1 else f"vote-{poll.round_}"


def cast(connection: Connection, page_id: str, poll: Poll, who: Who, said: Said) -> int:
    """Keep what somebody answers, instead of what he answered before; raises Invalid, Conflict."""
    said, who = said.checked(poll), _named(who)
    waiting.lock(connection, About(page_id))
    before = find_own(connection, page_id, key_of(poll), who)
    if before is None:
        if who.name and any(fold(one.name) == fold(who.name) for one in list_votes(connection, page_id, poll)):
            raise Conflict(SAME_NAME)
        return _insert(connection, page_id, poll, who, said, STANDING)
    if who.name and (before.who.entered_by != who.entered_by or before.said != said):
        raise Conflict(SAME_NAME)
    if who.account_id not in {None, before.who.account_id}:
        _update(connection, before.id, account_id=who.account_id)
    _update(connection, before.id, state=STANDING, **_columns(poll.names, said))
    return before.id


def change(connection: Connection, vote: Vote, poll: Poll, said: Said) -> None:
    """Change one answer, whoever gave it; raises Invalid."""
    _update(connection, vote.id, state=STANDING, **_columns(poll.names, said.checked(poll)))


def withdraw(connection: Connection, vote: Vote) -> None:
    """Take an answer back."""
    _update(connection, vote.id, state=WITHDRAWN)


def keep_unconfirmed(connection: Connection, page_id: str, poll: Poll, visitor_id: int, said: Said) -> int:
    """Keep what a visitor answers until the address is confirmed: it does not count yet. Raises Invalid."""
    who = Who(visitor_id=visitor_id)
    return _insert(connection, page_id, poll, who, said.checked(poll), UNCONFIRMED)


def confirm(connection: Connection, vote: Vote) -> None:
    """Let an answer count whose address is confirmed, instead of what was answered before with this address."""
    waiting.lock(connection, About(vote.page_id))
    before = find_own(connection, vote.page_id, vote.key, vote.who)
    if before is None or before.id == vote.id:
        _update(connection, vote.id, state=STANDING)
        return
    writing.join(connection, (before.id, before.who.visitor_id), (vote.id, vote.who.visitor_id))
    _update(connection, before.id, state=STANDING, **_columns(vote.names, vote.said))


def find(connection: Connection, number: int) -> Vote | None:
    """Find an answer by its number."""
    row = connection.execute(reading.query_of(answers.c.id == number, _IS_VOTE)).first()
    return _vote_of(row) if row else None


def find_of_visitor(connection: Connection, visitor_id: int) -> Vote | None:
    """Find what a visitor answered, confirmed or not."""
    row = connection.execute(reading.query_of(answers.c.visitor_id == visitor_id, _IS_VOTE)).first()
    return _vote_of(row) if row else None


def find_own(connection: Connection, page_id: str, key: str, who: Who) -> Vote | None:
    """Find what somebody has answered in a round: an account, a confirmed address, a name that was written down."""
    mine = (answers.c.page_id == page_id, answers.c.key == key, answers.c.state != UNCONFIRMED)
    rows = connection.execute(reading.query_of(*mine, reading.same_person(who)).order_by(answers.c.id.desc()))
    found = [_vote_of(row) for row in rows]
    if who.name:
        return next((one for one in found if fold(one.name) == fold(who.name) and one.state == STANDING), None)
    return next(iter(sorted(found, key=lambda one: one.state != STANDING)), None)


def has_answered(connection: Connection, pseudonym: str, page_id: str, poll: Poll) -> bool:
    """Tell whether a member has answered in the round of a poll, whatever became of the answer."""
    account = accounts.find_by_pseudonym(connection, pseudonym)
    return bool(account and find_own(connection, page_id, key_of(poll), Who(account_id=account.id)))


def list_votes(connection: Connection, page_id: str, poll: Poll) -> list[Vote]:
    """List what was answered in the round of a poll, by when it was."""
    mine = (answers.c.page_id == page_id, answers.c.key == key_of(poll), answers.c.state == STANDING)
    rows = connection.execute(reading.query_of(*mine).order_by(answers.c.asked_at, answers.c.id))
    return [_vote_of(row) for row in rows]


def list_of_account(connection: Connection, account_id: int) -> list[Vote]:
    """List what a member has answered, the newest first."""
    mine = (answers.c.account_id == account_id, answers.c.state == STANDING, _IS_VOTE)
    rows = connection.execute(reading.query_of(*mine).order_by(answers.c.changed_at.desc(), answers.c.id.desc()))
    return [_vote_of(row) for row in rows]


def count(connection: Connection, page_id: str, poll: Poll) -> int:
    """Count them."""
    mine = (answers.c.page_id == page_id, answers.c.key == key_of(poll), answers.c.state == STANDING)
    return len(connection.execute(select(answers.c.id).where(*mine)).all())


def tally(poll: Poll, votes: list[Vote]) -> dict[str, Count]:
    """Count by option how many said yes, if need be and no."""
    found = {key: {YES: 0, PERHAPS: 0, NO: 0} for key in poll.keys}
    for vote in votes:
        for key, said in vote.said.choices.items():
            if key in found:
                found[key][said] += 1
    return {key: Count(numbers[YES], numbers[PERHAPS], numbers[NO]) for key, numbers in found.items()}


def best(counts: Mapping[str, Count]) -> str:
    """Give the option that most people can live with: first those who say yes or if need be, then those who say yes."""
    ranked = sorted(counts, key=lambda key: (counts[key].yes + counts[key].perhaps, counts[key].yes), reverse=True)
    return ranked[0] if ranked and counts[ranked[0]].yes + counts[ranked[0]].perhaps else ""


def _named(who: Who) -> Who:
    if not (who.name or who.entered_by):
        return who
    if not fold(who.name).strip():
        raise Invalid(NAMELESS)
    return replace(who, name=clean_name(who.name))


def _insert(connection: Connection, page_id: str, poll: Poll, who: Who, said: Said, state: str) -> int:
    now = int(time.time())
    row = {"page_id": page_id, "date": "", "key": key_of(poll), "state": state, "account_id": who.account_id,
           "visitor_id": who.visitor_id, "name": who.name, "channel": who.channel, "entered_by": who.entered_by,
           "asked_at": now, "changed_at": now}  # fmt: skip
    return int(
        connection.execute(insert(answers).returning(answers.c.id), row | _columns(poll.names, said)).scalar_one()
    )


def _columns(names: str, said: Said) -> dict[str, object]:
    details = json.dumps({"choices": dict(said.choices), "names": names}, ensure_ascii=False)
    return {"value": "said", "details": details, "comment": said.comment}


def _update(connection: Connection, number: int, **values: object) -> None:
    values |= {"changed_at": int(time.time())}
    connection.execute(update(answers).where(answers.c.id == number).values(**values))


def _vote_of(row: Row[Any]) -> Vote:
    details = json.loads(row.details or "{}")
    choices = details.get("choices", {})
    who = Who(row.account_id, row.visitor_id, row.name, row.channel, row.entered_by)
    return Vote(
        row.id, row.page_id, row.key, Said(choices, row.comment), who, row.state, row.name or row.shown or "",
        row.whose or "", row.writer or "", details.get("names", polls.NAMED), row.changed_at,
    )  # fmt: skip
