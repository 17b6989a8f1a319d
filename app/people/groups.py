"""Groups: who belongs to them, who looks after them, which folder is theirs. `name` is what pages say: `group:NAME`."""

import time
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.catalog.readers import is_group_name
from app.errors import N_, Conflict, Invalid, NotFound
from app.people.accounts import Account
from app.people.group_tables import groups, memberships
from app.people.tables import accounts, authors
from app.people.viewer import Viewer, signed_in
from app.wiki.page import parse_path

MEMBER, ASKED = "member", "asked"
MAX_TITLE = 120
MISSING = N_("There is no such group.")


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `space` is its folder without a slash at the end, or empty; whoever asks joins at once if `is_open`."""

    id: int
    name: str
    title: str
    space: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a group, or who asks to be (`is_asking`)."""

    pseudonym: str
    name: str
    is_asking: bool
    is_referent: bool


def add(connection: Connection, group: Group) -> int:
    """Make a group; gives its number. Raises Conflict, Invalid."""
    if not is_group_name(group.name):
        raise Invalid(N_("Give a short name of small letters, digits and hyphens."))
    row = _checked(connection, group) | {"name": group.name, "created_at": int(time.time())}
    if find(connection, group.name):
        raise Conflict(N_("There is a group of this name already."))
    return int(connection.execute(insert(groups).returning(groups.c.id), row).scalar_one())


def change(connection: Connection, group: Group) -> None:
    """Keep another title, space or way to join; the name stays, because pages say it. Raises Conflict, Invalid."""
    connection.execute(update(groups).where(groups.c.id == group.id).values(_checked(connection, group)))


def _checked(connection: Connection, group: Group) -> dict[str, object]:
    title = " ".join("".join(char if char.isprintable() else " " for char in group.title).split())
    if not title or len(title) > MAX_TITLE:
        raise Invalid(N_("Type a title of at most %(cap)s letters."), cap=MAX_TITLE)
    space = parse_path(group.space.strip("/ ")) if group.space.strip("/ ") else ""
    taken = select(groups.c.id).where(groups.c.space == space, groups.c.id != group.id)
    if space and connection.execute(taken).first():
        raise Conflict(N_("Another group has this folder already."))
    return {"title": title, "space": space, "is_open": group.is_open}


def _group(row: Row[tuple[object, ...]]) -> Group:
    return Group(row.id, row.name, row.title, row.space, row.is_open)


def list_all(connection: Connection) -> list[Group]:
    """List the groups."""
    return [_group(row) for row in connection.execute(select(groups).order_by(func.lower(groups.c.title)))]


def find(connection: Connection, name: str) -> Group | None:
    """Find a group."""
    row = connection.execute(select(groups).where(groups.c.name == name)).first()
    return _group(row) if row else None


def get(connection: Connection, name: str) -> Group:
    """Find a group that must be there."""
    group = find(connection, name)
    if group is None:
        raise NotFound(MISSING)
    return group


_MEMBERS = (
    select(memberships, accounts.c.pseudonym, authors.c.name)
    .join(accounts, accounts.c.id == memberships.c.account_id)
    .join(authors, authors.c.pseudonym == accounts.c.pseudonym)
    .order_by(memberships.c.is_referent.desc(), authors.c.name_key)
)


def list_members(connection: Connection, group_id: int) -> list[Member]:
    """List who is in a group or asks to be, the referents first."""
    rows = connection.execute(_MEMBERS.where(memberships.c.group_id == group_id))
    return [Member(row.pseudonym, row.name, row.state == ASKED, row.is_referent) for row in rows]


def list_referents(connection: Connection) -> dict[int, list[str]]:
    """Give the names of those who look after groups, by the group's number."""
    found: dict[int, list[str]] = {}
    for row in connection.execute(_MEMBERS.where(memberships.c.is_referent, memberships.c.state == MEMBER)):
        found.setdefault(row.group_id, []).append(row.name)
    return found


def find_account(connection: Connection, pseudonym: str) -> int:
    """Find the number of the account of a pseudonym."""
    number = connection.execute(select(accounts.c.id).where(accounts.c.pseudonym == pseudonym)).scalar()
    if number is None:
        raise NotFound(N_("There is no such account."))
    return int(number)


def join(connection: Connection, group: Group, account_id: int) -> bool:
    """Join a group, or ask to; tells whether one is in it now. Whoever is or asks already stays as he is."""
    place = _place(group.id, account_id)
    state = connection.execute(select(memberships.c.state).where(*place)).scalar()
    if state is None:
        state = MEMBER if group.is_open else ASKED
        _put(connection, group.id, account_id, state)
    return state == MEMBER


def _place(group_id: int, account_id: int):  # type: ignore[no-untyped-def]
    return memberships.c.group_id == group_id, memberships.c.account_id == account_id


def _put(connection: Connection, group_id: int, account_id: int, state: str) -> None:
    row = {"group_id": group_id, "account_id": account_id, "state": state, "is_referent": False}
    connection.execute(insert(memberships), {**row, "since": int(time.time())})


def enter(connection: Connection, group_id: int, account_id: int) -> None:
    """Take a newcomer in who was invited into a group; one that is gone is not entered."""
    if connection.execute(select(groups.c.id).where(groups.c.id == group_id)).first():
        _put(connection, group_id, account_id, MEMBER)


def accept(connection: Connection, group_id: int, account_id: int) -> None:
    """Let somebody in who asked; raises NotFound when he asks no more."""
    asked = (*_place(group_id, account_id), memberships.c.state == ASKED)
    taken = connection.execute(update(memberships).where(*asked).values(state=MEMBER, since=int(time.time())))
    if not taken.rowcount:
        raise NotFound(N_("This person does not ask any more."))


def leave(connection: Connection, group_id: int, account_id: int) -> None:
    """Leave a group, take a question back, refuse one."""
    connection.execute(delete(memberships).where(*_place(group_id, account_id)))


def set_referent(connection: Connection, group_id: int, account_id: int, *, is_referent: bool) -> None:
    """Let a member look after the group, or no more; raises NotFound where he is not in it."""
    place = (*_place(group_id, account_id), memberships.c.state == MEMBER)
    if not connection.execute(update(memberships).where(*place).values(is_referent=is_referent)).rowcount:
        raise NotFound(N_("This person is not in the group."))


_OWN = (
    select(groups.c.name, groups.c.space, memberships.c.is_referent)
    .join(memberships, memberships.c.group_id == groups.c.id)
    .where(memberships.c.state == MEMBER)
    .order_by(groups.c.name)
)


def viewer_of(connection: Connection, account: Account, *, may_write: bool = True) -> Viewer:
    """Make the viewer of an account, with the groups that it is in at this moment."""
    rows = connection.execute(_OWN.where(memberships.c.account_id == account.id)).all()
    return signed_in(
        account.name, account.pseudonym, is_admin=account.is_admin, may_write=may_write,
        groups=tuple(row.name for row in rows),
        referent_of=tuple(row.name for row in rows if row.is_referent),
        spaces=tuple(f"{row.space}/" for row in rows if row.is_referent and row.space),
    )  # fmt: skip
