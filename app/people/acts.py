"""The log of what administrators do to people and to the site: who, when, what, to whom."""

import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.catalog.rows import moment
from app.errors import N_
from app.people.tables import acts

# What is kept, and how it is said. The object of an act on a person is a pseudonym: erasing the name erases it here.
WORDS = {
    "invited": N_("invited somebody by e-mail"),
    "invited-link": N_("made a link to invite several people"),
    "withdrew": N_("withdrew an invitation"),
    "signed-in-beside": N_("signed somebody in beside them"),
    "blocked": N_("shut somebody out"),
    "made-group": N_("made a group"),
    "changed-group": N_("changed a group"),
    "let-in": N_("let somebody into a group"),
    "took-out": N_("took somebody out of a group"),
    "named-referent": N_("let somebody look after a group"),
    "unnamed-referent": N_("let somebody look after a group no more"),
    "dropped-mail": N_("threw a mail away that waited"),
    "showed-comment": N_("let a comment be shown"),
    "refused-comment": N_("refused a comment"),
    "hid-comment": N_("hid a comment"),
    "deleted-comment": N_("deleted a comment"),
    "cleared-sender": N_("let somebody write to people again"),
    "accepted-proposal": N_("accepted a proposal"),
    "refused-proposal": N_("refused a proposal"),
    "asked-proposal": N_("asked something about a proposal"),
    "made-admin": N_("let somebody administer the site"),
    "unmade-admin": N_("let somebody administer the site no more"),
    "unblocked": N_("let somebody in again"),
    "took-back": N_("took back all changes of somebody"),
    "set-up": N_("set up the site"),
    "plugins": N_("switched extensions on or off"),
    "mail-server": N_("chose the mail server"),
    "erased": N_("erased somebody"),
    "left": N_("left the site and was erased"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act; `pseudonym` is who did it, `what` a key of WORDS or of another part, `object` what it was done to."""

    at: datetime
    pseudonym: str
    what: str
    object: str


def note(connection: Connection, pseudonym: str, what: str, to: str = "") -> None:
    """Write an act down."""
    row = {"at": int(time.time()), "pseudonym": pseudonym, "what": what, "object": to[:300]}
    connection.execute(insert(acts), row)


def list_acts(connection: Connection, limit: int = 100) -> list[Act]:
    """List the last acts, the newest first."""
    rows = connection.execute(select(acts).order_by(acts.c.id.desc()).limit(limit))
    return [Act(moment(row.at), row.pseudonym, row.what, row.object) for row in rows]
