"""Decide on proposals: what waits for whom, what a page would be with one, taking one over.

Whoever administers a page, reads it and may write it decides on what is proposed for it; others never see it.
"""

import time
from dataclasses import dataclass

from sqlalchemy import Connection

from app.catalog.editing import Edit, Joined, Outcome
from app.errors import N_, Conflict, Invalid, NotFound
from app.people import rights
from app.people.door import Door
from app.people.viewer import Viewer
from app.proposals import proposals
from app.proposals.proposals import MISSING, Draft, Proposal
from app.wiki import frontmatter
from app.wiki.page import fold

BATCH = 50
ROUNDS = 10  # batches that are looked through for somebody who looks after few pages
DECIDED_SECONDS = 30 * 86_400  # how long a decision is shown
LEAST_LETTERS = 4  # of titles that are compared
MOVED_ON = N_("The page has just changed. Look at it again first.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that somebody may decide on, and where its page stands now, or would stand."""

    proposal: Proposal
    path: str


def moderates(viewer: Viewer) -> bool:
    """Tell whether somebody may decide on proposals at all."""
    return rights.may_moderate(viewer)


def edit_of(draft: Draft, author: str = "") -> Edit:
    """Make the edit that a draft is."""
    return Edit(draft.path, draft.text, draft.base, author, draft.summary)


def place_for(door: Door, viewer: Viewer, draft: Draft) -> str | None:
    """Give the place of a draft to somebody who may decide on it."""
    path = door.place_of_edit(viewer, edit_of(draft))
    if path is None or not door.may_administer(viewer, path) or not door.may_write(viewer, path):
        return None
    return path


def list_waiting(connection: Connection, door: Door, viewer: Viewer, after: int = 0) -> tuple[list[Waiting], int]:
    """List what waits for somebody, the oldest first; gives the number to go on after, too, or 0 at the end."""
    if not moderates(viewer):
        return [], 0
    found: list[Waiting] = []
    for _ in range(ROUNDS):
        rows = proposals.list_open(connection, after=after, limit=BATCH)
        found += [Waiting(row, path) for row in rows if (path := place_for(door, viewer, row.draft)) is not None]
        after = rows[-1].id if len(rows) == BATCH else 0
        if not after or len(found) >= BATCH:
            break
    return found, after


def list_decided(connection: Connection, door: Door, viewer: Viewer) -> list[tuple[Proposal, str]]:
    """List what was decided lately, the newest first, to those who might decide on it; each with who did."""
    if not moderates(viewer):
        return []
    rows = proposals.list_decided(connection, int(time.time()) - DECIDED_SECONDS)
    return [(row, by) for row, by in rows if place_for(door, viewer, row.draft) is not None]


def count_like(connection: Connection, door: Door, viewer: Viewer, title: str) -> int:
    """Count the new pages with a title like this one that wait, where the viewer may read; their words are not told."""
    wanted = fold(title)
    if len(wanted) < LEAST_LETTERS:
        return 0
    return sum(
        len(key) >= LEAST_LETTERS and (key in wanted or wanted in key) and door.may_see(viewer, one.draft.path)
        for one in proposals.list_new(connection)
        if (key := fold(one.draft.title))
    )


def get(connection: Connection, door: Door, viewer: Viewer, number: int) -> Waiting:
    """Find a proposal for somebody who may decide on it; raises NotFound for all others."""
    proposal = proposals.get(connection, number)
    path = place_for(door, viewer, proposal.draft)
    is_forgotten = not proposal.draft.text
    if path is None or proposal.state in proposals.HIDDEN or is_forgotten:
        raise NotFound(MISSING)
    return Waiting(proposal, path)


def joined(door: Door, viewer: Viewer, proposal: Proposal) -> Joined:
    """Say what the page would be with a proposal; `merged` is None where both changed the same lines.

    A new record is never joined with a page that stands in its place: it will stand beside it.
    """
    if proposal.draft.base is None and frontmatter.parse(proposal.draft.text).text("form"):
        return Joined(None, "", proposal.draft.text)
    return door.join(viewer, edit_of(proposal.draft))


def check_seen(now: Joined, base: str) -> None:
    """Raise Conflict where the page is not any more as the moderator saw it; `base` is the revision seen, or empty."""
    if (now.page.revision if now.page else "") != base:
        raise Conflict(MOVED_ON)


def accept(door: Door, viewer: Viewer, proposal: Proposal, edit: Edit) -> Outcome:
    """Save a proposal in the name of who proposed it; who reads and writes the page stays as it is.

    Raises EditConflict, and what a save raises.
    """
    if not proposal.is_open:
        raise Invalid(N_("This is decided already."))
    return door.save(viewer, edit, keeps_rights=True)
