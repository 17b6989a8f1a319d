"""Proposals as they are kept: who wants a page to be what, what was said about it, and what becomes of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Row, Select, false, func, insert, or_, select, update

from app.catalog.rows import moment
from app.errors import N_, Conflict, Invalid, NotFound
from app.proposals.tables import proposal_notes, proposals

UNCONFIRMED, WAITING, ASKED = "unconfirmed", "waiting", "asked"
ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"
OPEN = (WAITING, ASKED)  # a moderator can decide on these
# What somebody does to a proposal: from which states, and to which. Its name is the kind of the note that is kept.
DEEDS = {
    "confirmed": ((UNCONFIRMED,), WAITING),
    "asked": ((WAITING, ASKED), ASKED),
    "answered": ((ASKED,), WAITING),
    "accepted": (OPEN, ACCEPTED),
    "refused": (OPEN, REFUSED),
    "withdrawn": ((UNCONFIRMED, *OPEN), WITHDRAWN),
}
NEED_WORDS = {
    "asked": N_("Type your question."),
    "answered": N_("Type your answer."),
    "refused": N_("Say why, so that the person understands."),
}
MAX_WORDS = 2000  # characters of a note
MISSING = N_("There is no such proposal.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants a page to be; `base` is the revision that the writer started from, None for a new page."""

    path: str
    base: str | None
    title: str
    text: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft and its state. It is of a visitor, or of an account; `pseudonym` signs the change when it is accepted."""

    id: int
    draft: Draft
    pseudonym: str
    visitor_id: int | None
    account_id: int | None
    state: str
    created_at: datetime
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Tell whether a moderator can decide on it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody said or did about a proposal; `kind` is a key of DEEDS."""

    at: datetime
    pseudonym: str
    kind: str
    text: str


def add(
    connection: Connection, draft: Draft, pseudonym: str, *, visitor_id: int | None = None,
    account_id: int | None = None, state: str = WAITING,
) -> int:  # fmt: skip
    """Keep a proposal; gives its number."""
    now = int(time.time())
    row = {"path": draft.path, "base": draft.base, "title": draft.title[:200], "text": draft.text}
    row |= {"summary": " ".join(draft.summary.split())[:300], "pseudonym": pseudonym, "state": state}
    owner = {"visitor_id": visitor_id, "account_id": account_id}
    added = insert(proposals).returning(proposals.c.id)
    return int(connection.execute(added, row | owner | {"created_at": now, "changed_at": now}).scalar_one())


def _proposal(row: Row[tuple[object, ...]]) -> Proposal:
    draft = Draft(row.path, row.base, row.title, row.text, row.summary)
    times = moment(row.created_at), moment(row.changed_at)
    return Proposal(row.id, draft, row.pseudonym, row.visitor_id, row.account_id, row.state, *times)


def get(connection: Connection, number: int) -> Proposal:
    """Find a proposal; raises NotFound."""
    row = connection.execute(select(proposals).where(proposals.c.id == number)).first()
    if row is None:
        raise NotFound(MISSING)
    return _proposal(row)


def get_of_visitor(connection: Connection, visitor_id: int) -> Proposal:
    """Find what a visitor proposes; raises NotFound."""
    row = connection.execute(select(proposals).where(proposals.c.visitor_id == visitor_id)).first()
    if row is None:
        raise NotFound(MISSING)
    return _proposal(row)


def list_of_account(connection: Connection, account_id: int, limit: int = 50) -> list[Proposal]:
    """List what a member proposed, the newest first."""
    query = select(proposals).where(proposals.c.account_id == account_id)
    return [_proposal(row) for row in connection.execute(query.order_by(proposals.c.id.desc()).limit(limit))]


def list_open(
    connection: Connection, *, after: int = 0, limit: int = 50, below: Sequence[str] | None = None
) -> list[Proposal]:
    """List what waits, the oldest first, from a number on; with `below` only what is for these folders (`jardins/`)."""
    query = select(proposals).where(proposals.c.state.in_(OPEN), proposals.c.id > after)
    return [_proposal(row) for row in connection.execute(_among(query, below).order_by(proposals.c.id).limit(limit))]


def _among(query: Select[tuple[object, ...]], below: Sequence[str] | None) -> Select[tuple[object, ...]]:
    if below is None:
        return query
    return query.where(or_(false(), *(proposals.c.path.startswith(folder, autoescape=True) for folder in below)))


def count_open_at(connection: Connection, path: str) -> int:
    """Count the proposals that wait for a page."""
    query = select(func.count()).select_from(proposals)
    return connection.execute(query.where(proposals.c.path == path, proposals.c.state.in_(OPEN))).scalar_one()


def list_notes(connection: Connection, number: int) -> list[Note]:
    """List what was said about a proposal, in the order of time."""
    query = select(proposal_notes).where(proposal_notes.c.proposal_id == number).order_by(proposal_notes.c.id)
    return [Note(moment(row.at), row.pseudonym, row.kind, row.text) for row in connection.execute(query)]


def act(connection: Connection, proposal: Proposal, deed: str, by: str, words: str = "") -> Proposal:
    """Do something of DEEDS to a proposal and note it; `by` is a pseudonym.

    Raises Invalid where words are missing, Conflict where somebody else was faster.
    """
    said = clean_words(words)
    if deed in NEED_WORDS and not said:
        raise Invalid(NEED_WORDS[deed])
    since, state = DEEDS[deed]
    now = int(time.time())
    same = (proposals.c.id == proposal.id, proposals.c.state == proposal.state, proposals.c.state.in_(since))
    changed = update(proposals).where(*same).values(state=state, changed_at=now)
    if connection.execute(changed).rowcount != 1:
        raise Conflict(N_("Something has happened to this proposal meanwhile. Look at it again."))
    note = {"proposal_id": proposal.id, "at": now, "pseudonym": by, "kind": deed, "text": said}
    connection.execute(insert(proposal_notes), note)
    return replace(proposal, state=state, changed_at=moment(now))


def clean_words(typed: str) -> str:
    """Bring what was typed about a proposal into lines without signs that no page may hold; raises Invalid."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    said = "".join(char for char in lines if char == "\n" or char.isprintable()).strip()
    if len(said) > MAX_WORDS:
        raise Invalid(N_("This is too long. Type at most %(cap)s letters."), cap=MAX_WORDS)
    return said
