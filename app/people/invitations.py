"""Invitations: one for a person, sent by mail, or a link for many, with an end and a ceiling."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, select, true, update

from app.catalog.rows import moment
from app.errors import N_, Conflict, NotFound
from app.outbox import mails
from app.people import accounts as people
from app.people import groups
from app.people.accounts import Account, digest
from app.people.addresses import email_key
from app.people.authors import clean_name
from app.people.group_tables import memberships
from app.people.groups import Group
from app.people.tables import accounts, invitations

DAY = 86_400  # seconds
PERSONAL_DAYS = 14
MAX_CEILING = 500
MAIL_KIND = "invitation"  # of the mail that brings one
OVER = N_("This invitation no longer works. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that still opens; `email` is None for a link that is handed round."""

    id: int
    email: str | None
    made_by: int
    expires_at: datetime
    ceiling: int
    used: int
    group_id: int | None


def make(
    connection: Connection, made_by: int, *, email: str | None = None, days: int = PERSONAL_DAYS, ceiling: int = 1,
    group_id: int | None = None,
) -> str:  # fmt: skip
    """Make an invitation; gives its secret. One for an address makes those before it useless, but for their group."""
    if email and people.find_by_email(connection, email):
        raise Conflict(people.TAKEN)
    if email:
        group_id = group_id or _group_before(connection, email)
        _forget(connection, email)
    secret, now = secrets.token_urlsafe(16), int(time.time())
    row = {"digest": digest(secret), "email": email, "made_by": made_by, "created_at": now, "used": 0}
    bounds = {"expires_at": now + days * DAY, "ceiling": ceiling, "group_id": group_id}
    connection.execute(insert(invitations), row | bounds)
    return secret


def _group_before(connection: Connection, email: str) -> int | None:
    """Give the group that an address was last invited into, where that invitation still opens."""
    same = (one for one in list_open(connection) if one.email and email_key(one.email) == email_key(email))
    return next((one.group_id for one in same if one.group_id), None)


def _forget(connection: Connection, email: str) -> None:
    """Make the invitations of an address useless, however it was written."""
    rows = connection.execute(select(invitations.c.id, invitations.c.email).where(invitations.c.email.is_not(None)))
    old = [row.id for row in rows if email_key(row.email) == email_key(email)]
    _remove(connection, invitations.c.id.in_(old))


def _remove(connection: Connection, *which: ColumnElement[bool]) -> int:
    """Delete invitations, and their mails that have not gone out yet: nothing would open there; gives their number."""
    emails = connection.execute(select(invitations.c.email).where(*which, invitations.c.email.is_not(None))).scalars()
    for email in emails.all():
        mails.drop_kind(connection, email, MAIL_KIND)
    return connection.execute(delete(invitations).where(*which)).rowcount


def withdraw_all(connection: Connection, made_by: int) -> None:
    """Make all invitations of somebody useless: he is being erased, and nobody hears of him any more."""
    _remove(connection, invitations.c.made_by == made_by)


def withdraw_into(connection: Connection, group_id: int) -> None:
    """Make the invitations into a group useless: it is being taken away."""
    _remove(connection, invitations.c.group_id == group_id)


def _open() -> ColumnElement[bool]:
    """Tell which invitations open: not too old, not used up, and made by somebody who might still make them."""
    maker = (accounts.c.id == invitations.c.made_by, ~accounts.c.is_blocked)
    is_of_admin = exists().where(*maker, accounts.c.is_admin)
    is_of_referent = exists().where(
        *maker, memberships.c.account_id == accounts.c.id, memberships.c.group_id == invitations.c.group_id,
        memberships.c.is_referent,
    )  # fmt: skip
    return and_(
        invitations.c.expires_at > int(time.time()),
        invitations.c.used < invitations.c.ceiling,
        is_of_admin | is_of_referent,
    )


def find(connection: Connection, secret: str) -> Invitation | None:
    """Find an invitation that opens."""
    row = connection.execute(select(invitations).where(invitations.c.digest == digest(secret), _open())).first()
    return _invitation(row) if row else None


def _invitation(row) -> Invitation:  # type: ignore[no-untyped-def]
    return Invitation(row.id, row.email, row.made_by, moment(row.expires_at), row.ceiling, row.used, row.group_id)


def list_open(connection: Connection, made_by: int | None = None) -> list[Invitation]:
    """List the invitations that open, all or somebody's, the newest first."""
    whose = true() if made_by is None else invitations.c.made_by == made_by
    rows = connection.execute(select(invitations).where(_open(), whose).order_by(invitations.c.id.desc()))
    return [_invitation(row) for row in rows]


def accept(connection: Connection, secret: str, typed_name: str) -> Account:
    """Make the account of somebody who was invited, in its group; of two who come for the last place one gets it."""
    invitation = find(connection, secret)
    if invitation is None:
        raise NotFound(OVER)
    name = clean_name(typed_name)
    if people.is_named(connection, name):
        raise Conflict(N_("Somebody here has this name. Add something to it."))
    _use(connection, invitation)
    account = people.add(connection, name, is_admin=False, email=invitation.email)
    if invitation.group_id:
        groups.enter(connection, invitation.group_id, account.id)
    people.signed_in(connection, account)
    return account


def _use(connection: Connection, invitation: Invitation) -> None:
    """Use up one of its places; raises NotFound where somebody took the last one at this moment."""
    one_more = update(invitations).where(invitations.c.id == invitation.id, _open())
    if connection.execute(one_more.values(used=invitations.c.used + 1)).rowcount != 1:
        raise NotFound(OVER)


def find_group(connection: Connection, invitation: Invitation) -> Group | None:
    """Find the group that an invitation leads into, if any."""
    return next((one for one in groups.list_all(connection) if one.id == invitation.group_id), None)


def join(connection: Connection, secret: str, account_id: int) -> Group:
    """Let somebody who has an account into the group of an invitation; who is in it already takes no place."""
    invitation = find(connection, secret)
    group = find_group(connection, invitation) if invitation else None
    if invitation is None or group is None:
        raise NotFound(OVER)
    if not groups.is_member(connection, group.id, account_id):
        _use(connection, invitation)
        groups.enter(connection, group.id, account_id)
    return group


def withdraw(connection: Connection, invitation_id: int, made_by: int | None = None) -> bool:
    """Make an invitation useless, only one of somebody's where that is given; tells whether there was one."""
    whose = true() if made_by is None else invitations.c.made_by == made_by
    return _remove(connection, invitations.c.id == invitation_id, whose) == 1
