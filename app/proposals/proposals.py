"""Proposals as they are kept: who wants a page to be what, what was said about it, and what becomes of it."""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Row, case, func, insert, literal, select, update

from app.catalog.editing import one_line
from app.catalog.rows import moment
from app.errors import N_, Conflict, Invalid, NotFound
from app.people.addresses import email_key
from app.people.visitor_tables import visitors
from app.proposals.tables import proposal_notes, proposals

DRAFT = "draft"  # of a record, begun and kept for later: only who began it sees it
UNCONFIRMED, WAITING, ASKED = "unconfirmed", "waiting", "asked"
ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"
OPEN = (WAITING, ASKED)  # a moderator can decide on these
HIDDEN = (DRAFT, UNCONFIRMED)  # moderators do not see these
# What somebody does to a proposal: from which states, and to which. Its name is the kind of the note that is kept.
DEEDS = {
    "sent": ((DRAFT,), WAITING),
    "confirmed": ((UNCONFIRMED,), WAITING),
    "corrected": ((WAITING, ASKED), WAITING),
    "asked": ((WAITING, ASKED), ASKED),
    "answered": ((ASKED,), WAITING),
    "accepted": (OPEN, ACCEPTED),
    "refused": (OPEN, REFUSED),
    "withdrawn": ((DRAFT, UNCONFIRMED, *OPEN), WITHDRAWN),
}
NEED_WORDS = {
    "asked": N_("Type your question."),
    "answered": N_("Type your answer."),
    "refused": N_("Say why, so that the person understands."),
}
SAME_SECONDS = 600  # the same proposal again within this time is one: a button was pressed twice
MAX_WORDS = 2000  # characters of a note
MEANWHILE = N_("Something has happened to this proposal meanwhile. Look at it again.")
MISSING = N_("There is no such proposal.")
MAX_HEAD = 66_000  # characters; the lines at the top of a page, where its `id` stands, take less
# What lists read: of the text, of which there may be a thousand times as much, only these lines.
_head = case((proposals.c.text.startswith("---"), func.substr(proposals.c.text, 1, MAX_HEAD)), else_="")
_LISTED = [*(one for one in proposals.c if one.name != "text"), _head.label("text")]


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
    row |= {"summary": one_line(draft.summary), "pseudonym": pseudonym, "state": state}
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


def find_same(connection: Connection, draft: Draft, *, account_id: int | None = None, email: str = "") -> int | None:
    """Find what an account, or an address, has just proposed in the same words: a button was pressed twice."""
    of_address = select(visitors.c.id).where(visitors.c.email_key == email_key(email))
    owner = proposals.c.visitor_id.in_(of_address) if account_id is None else proposals.c.account_id == account_id
    same = (proposals.c.path == draft.path, proposals.c.text == draft.text, proposals.c.state.in_((UNCONFIRMED, *OPEN)))
    query = select(proposals.c.id).where(owner, *same, proposals.c.created_at > int(time.time()) - SAME_SECONDS)
    return connection.execute(query.order_by(proposals.c.id)).scalar()


def list_open(connection: Connection, *, after: int = 0, limit: int = 50) -> list[Proposal]:
    """List what waits, the oldest first, from a number on; as in all queues, without the whole text."""
    query = select(*_LISTED).where(proposals.c.state.in_(OPEN), proposals.c.id > after)
    return [_proposal(row) for row in connection.execute(query.order_by(proposals.c.id).limit(limit))]


def list_new(connection: Connection, limit: int = 200) -> list[Proposal]:
    """List the new pages that wait, the newest first."""
    query = select(*_LISTED).where(proposals.c.state.in_(OPEN), proposals.c.base.is_(None))
    return [_proposal(row) for row in connection.execute(query.order_by(proposals.c.id.desc()).limit(limit))]


def list_decided(connection: Connection, since: int, limit: int = 50) -> list[tuple[Proposal, str]]:
    """List what was decided since a moment (seconds since 1970), the newest first, each with who decided."""
    decided = proposal_notes.c.kind == proposals.c.state
    query = (
        select(*_LISTED)
        .add_columns(proposal_notes.c.pseudonym.label("decider"))
        .where(proposal_notes.c.proposal_id == proposals.c.id, decided, proposals.c.state.in_((ACCEPTED, REFUSED)))
    )
    newest = query.where(proposals.c.changed_at > since).order_by(proposals.c.changed_at.desc(), proposals.c.id.desc())
    return [(_proposal(row), row.decider) for row in connection.execute(newest.limit(limit))]


def follow_folder(connection: Connection, old: str, new: str) -> None:
    """Let new pages that are proposed for a folder that has moved go along (`jardins/` → `potagers/`).

    A page that is there is found by its history, wherever it moves.
    """
    moved = func.substr(proposals.c.path, 1, len(old)) == old
    which = (moved, proposals.c.base.is_(None), proposals.c.state.in_((UNCONFIRMED, *OPEN)))
    path = literal(new).concat(func.substr(proposals.c.path, len(old) + 1))
    connection.execute(update(proposals).where(*which).values(path=path))


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
        raise Conflict(MEANWHILE)
    note = {"proposal_id": proposal.id, "at": now, "pseudonym": by, "kind": deed, "text": said}
    connection.execute(insert(proposal_notes), note)
    return replace(proposal, state=state, changed_at=moment(now))


def settle(connection: Connection, number: int, by: str) -> Proposal:
    """Keep that a proposal is on the page now, whatever else was decided while it was saved."""
    now = int(time.time())
    which = (proposals.c.id == number, proposals.c.state != ACCEPTED)
    changed = connection.execute(update(proposals).where(*which).values(state=ACCEPTED, changed_at=now)).rowcount
    if changed:
        note = {"proposal_id": number, "at": now, "pseudonym": by, "kind": "accepted", "text": ""}
        connection.execute(insert(proposal_notes), note)
    return get(connection, number)


def rewrite(connection: Connection, proposal: Proposal, draft: Draft) -> Proposal:
    """Keep what somebody proposes in other words; raises Conflict where it was decided meanwhile."""
    same = (proposals.c.id == proposal.id, proposals.c.state == proposal.state)
    may_change = proposals.c.state.in_((*HIDDEN, *OPEN))
    values = {"path": draft.path, "title": draft.title[:200], "text": draft.text, "changed_at": int(time.time())}
    changed = update(proposals).where(*same, may_change).values(**values, summary=one_line(draft.summary))
    if connection.execute(changed).rowcount != 1:
        raise Conflict(MEANWHILE)
    return replace(proposal, draft=draft)


def list_own_texts(connection: Connection, *, account_id: int | None = None, email: str = "") -> list[Proposal]:
    """List the new pages that somebody has proposed and that wait or were accepted, each with the lines at its top."""
    of_address = select(visitors.c.id).where(visitors.c.email_key == email_key(email))
    owner = proposals.c.visitor_id.in_(of_address) if account_id is None else proposals.c.account_id == account_id
    states = proposals.c.state.in_((UNCONFIRMED, *OPEN, ACCEPTED))
    query = select(*_LISTED).where(owner, states, proposals.c.base.is_(None)).order_by(proposals.c.id.desc())
    return [_proposal(row) for row in connection.execute(query.limit(200))]


def clean_words(typed: str) -> str:
    """Bring what was typed about a proposal into lines without signs that no page may hold; raises Invalid."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    said = "".join(char for char in lines if char == "\n" or char.isprintable()).strip()
    if len(said) > MAX_WORDS:
        raise Invalid(N_("This is too long. Type at most %(cap)s letters."), cap=MAX_WORDS)
    return said
