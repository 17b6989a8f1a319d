"""Groups: who belongs to them, who looks after them, which folder is theirs. `name` is what pages say: `group:NAME`."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.catalog.readers import is_group_name
from app.errors import N_, Conflict, GareError, Invalid, NotFound
from app.people.accounts import Account, end_beside
from app.people.group_tables import groups, memberships
from app.people.tables import accounts, authors
from app.people.viewer import Viewer, signed_in
from app.wiki.page import parse_path

MEMBER, ASKED = "member", "asked"
MAX_TITLE = 120
MAX_CONTACT = 200
MISSING = N_("There is no such group.")
TAKEN = N_("There is a group of this name already.")


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `space` is its folder without a slash at the end, or empty; whoever asks joins at once if `is_open`.

    `contact` names whom to talk to where nobody of those who look after it has an account.
    """

    id: int
    name: str
    title: str
    space: str
    is_open: bool
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a group, or who asks to be (`is_asking`)."""

    pseudonym: str
    name: str
    is_asking: bool
    is_referent: bool


def faults(connection: Connection, group: Group) -> dict[str, GareError]:
    """Say at which field a group cannot be as it was typed; the name of one that is stays."""
    checks = {"title": _clean_title, "space": _clean_space, "contact": _clean_contact} | (
        {} if group.id else {"name": _check_name}
    )
    found = {}
    for field, check in checks.items():
        try:
            check(connection, group)
        except GareError as error:
            found[field] = error
    return found


def add(connection: Connection, group: Group) -> int:
    """Make a group; gives its number. Raises Conflict, Invalid."""
    _check_name(connection, group)
    row = _checked(connection, group) | {"name": group.name, "created_at": int(time.time())}
    try:
        with connection.begin_nested():
            return int(connection.execute(insert(groups).returning(groups.c.id), row).scalar_one())
    except IntegrityError as error:  # somebody made it at the same moment
        raise Conflict(TAKEN) from error


def change(connection: Connection, group: Group) -> None:
    """Keep what else was typed; the name stays, because pages say it. Raises Conflict, Invalid."""
    connection.execute(update(groups).where(groups.c.id == group.id).values(_checked(connection, group)))


def _checked(connection: Connection, group: Group) -> dict[str, object]:
    title, space = _clean_title(connection, group), _clean_space(connection, group)
    contact = _clean_contact(connection, group)
    return {"title": title, "space": space, "is_open": group.is_open, "contact": contact}


def _check_name(connection: Connection, group: Group) -> None:
    if not is_group_name(group.name):
        raise Invalid(N_("Give a short name of small letters, digits and hyphens."))
    if find(connection, group.name):
        raise Conflict(TAKEN)


def _clean_title(_connection: Connection, group: Group) -> str:
    title = _one_line(group.title)
    if not title or len(title) > MAX_TITLE:
        raise Invalid(N_("Type a title of at most %(cap)s letters."), cap=MAX_TITLE)
    return title


def _clean_contact(_connection: Connection, group: Group) -> str:
    contact = _one_line(group.contact)
    if len(contact) > MAX_CONTACT:
        raise Invalid(N_("Type at most %(cap)s letters."), cap=MAX_CONTACT)
    return contact


def _one_line(typed: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in typed).split())


def _clean_space(connection: Connection, group: Group) -> str:
    space = parse_path(group.space.strip("/ ")) if group.space.strip("/ ") else ""
    taken = select(groups.c.id).where(groups.c.space == space, groups.c.id != group.id)
    if space and connection.execute(taken).first():
        raise Conflict(N_("Another group has this folder already."))
    return space


def _group(row: Row[tuple[object, ...]]) -> Group:
    return Group(row.id, row.name, row.title, row.space, row.is_open, row.contact)


def list_all(connection: Connection) -> list[Group]:
    """List the groups."""
    return [_group(row) for row in connection.execute(select(groups).order_by(func.lower(groups.c.title)))]


def titles(connection: Connection) -> dict[int, str]:
    """Give the titles of the groups by number."""
    return {group.id: group.title for group in list_all(connection)}


def remove(connection: Connection, group_id: int) -> None:
    """Take a group away, with who is in it. `invitations.withdraw_into` comes first: its number may be given again."""
    connection.execute(delete(groups).where(groups.c.id == group_id))


def find(connection: Connection, name: str) -> Group | None:
    """Find a group."""
    if not is_group_name(name):  # PostgreSQL takes no NUL
        return None
    row = connection.execute(select(groups).where(groups.c.name == name)).first()
    return _group(row) if row else None


def get(connection: Connection, name: str) -> Group:
    """Find a group that must be there."""
    group = find(connection, name)
    if group is None:
        raise NotFound(MISSING)
    return group


def moved_along(connection: Connection, old: str, new: str) -> list[Group]:
    """Give the groups whose folder is the one that moves or lies in it, with the folder that they will have.

    Both end with a slash. Raises Conflict where another group has that one already.
    """
    own = [one for one in list_all(connection) if one.space and f"{one.space}/".startswith(old)]
    moved = [replace(one, space=(new + f"{one.space}/".removeprefix(old)).rstrip("/")) for one in own]
    for one in moved:
        _checked(connection, one)
    return moved


_MEMBERS = (
    select(memberships, accounts.c.pseudonym, authors.c.name)
    .join(accounts, accounts.c.id == memberships.c.account_id)
    .join(authors, authors.c.pseudonym == accounts.c.pseudonym)
    .order_by(memberships.c.is_referent.desc(), authors.c.name_key)
)


def is_referent(connection: Connection, group_id: int, account_id: int) -> bool:
    """Tell whether somebody looks after a group."""
    query = select(memberships.c.is_referent).where(*_place(group_id, account_id))
    return bool(connection.execute(query).scalar())


def is_member(connection: Connection, group_id: int, account_id: int) -> bool:
    """Tell whether somebody is in a group, not only asks to be."""
    query = select(memberships.c.state).where(*_place(group_id, account_id))
    return connection.execute(query).scalar() == MEMBER


def list_members(connection: Connection, group_id: int) -> list[Member]:
    """List who is in a group or asks to be, the referents first."""
    rows = connection.execute(_MEMBERS.where(memberships.c.group_id == group_id))
    return [Member(row.pseudonym, row.name, row.state == ASKED, row.is_referent) for row in rows]


def list_referents(connection: Connection) -> dict[int, list[str]]:
    """Give the names of those who look after groups, by the group's number; who has no account stands last."""
    found: dict[int, list[str]] = {}
    for row in connection.execute(_MEMBERS.where(memberships.c.is_referent, memberships.c.state == MEMBER)):
        found.setdefault(row.group_id, []).append(row.name)
    for row in connection.execute(select(groups.c.id, groups.c.contact).where(groups.c.contact != "")):
        found.setdefault(row.id, []).append(row.contact)
    return found


def join(connection: Connection, group: Group, account_id: int) -> bool:
    """Join a group, or ask to; tells whether one is in it now. Whoever is or asks already stays as he is."""
    place = select(memberships.c.state).where(*_place(group.id, account_id))
    if connection.execute(place).scalar() is None:
        with suppress(IntegrityError), connection.begin_nested():  # who presses twice asks twice at the same moment
            _put(connection, group.id, account_id, MEMBER if group.is_open else ASKED)
    return connection.execute(place).scalar() == MEMBER


def _place(group_id: int, account_id: int):  # type: ignore[no-untyped-def]
    return memberships.c.group_id == group_id, memberships.c.account_id == account_id


def _put(connection: Connection, group_id: int, account_id: int, state: str) -> None:
    row = {"group_id": group_id, "account_id": account_id, "state": state, "is_referent": False}
    connection.execute(insert(memberships), {**row, "since": int(time.time())})


def enter(connection: Connection, group_id: int, account_id: int) -> None:
    """Take somebody in, whether he asked or not; a group that is gone is not entered."""
    if not connection.execute(select(groups.c.id).where(groups.c.id == group_id)).first():
        return
    with suppress(NotFound):
        accept(connection, group_id, account_id)
    with suppress(IntegrityError), connection.begin_nested():
        _put(connection, group_id, account_id, MEMBER)
        end_beside(connection, account_id)


def accept(connection: Connection, group_id: int, account_id: int) -> None:
    """Let somebody in who asked; raises NotFound when he asks no more."""
    asked = (*_place(group_id, account_id), memberships.c.state == ASKED)
    taken = connection.execute(update(memberships).where(*asked).values(state=MEMBER, since=int(time.time())))
    if not taken.rowcount:
        raise NotFound(N_("This person does not ask any more."))
    end_beside(connection, account_id)


def leave(connection: Connection, group_id: int, account_id: int) -> None:
    """Leave a group, take a question back, refuse one."""
    connection.execute(delete(memberships).where(*_place(group_id, account_id)))


def set_referent(connection: Connection, group_id: int, account_id: int, *, is_referent: bool) -> None:
    """Let a member look after the group, or no more; raises NotFound where he is not in it.

    Whoever has let him in until now would see more than he does himself from now on: so that ends.
    """
    place = (*_place(group_id, account_id), memberships.c.state == MEMBER)
    if not connection.execute(update(memberships).where(*place).values(is_referent=is_referent)).rowcount:
        raise NotFound(N_("This person is not in the group."))
    if is_referent:
        end_beside(connection, account_id)


_OWN = (
    select(groups.c.name, groups.c.space, memberships.c.is_referent)
    .join(memberships, memberships.c.group_id == groups.c.id)
    .where(memberships.c.state == MEMBER)
    .order_by(groups.c.name)
)


def names_by_account(connection: Connection) -> dict[int, tuple[str, ...]]:
    """Give the names of the groups that each account is in."""
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(_OWN.add_columns(memberships.c.account_id)):
        found[row.account_id] = (*found.get(row.account_id, ()), row.name)
    return found


def count_asking(connection: Connection) -> dict[str, int]:
    """Count who waits for an answer, by the group's name."""
    query = select(groups.c.name, func.count()).join(memberships, memberships.c.group_id == groups.c.id)
    return dict(connection.execute(query.where(memberships.c.state == ASKED).group_by(groups.c.name)).all())


def has_others_without_care(connection: Connection, group_id: int, account_id: int) -> bool:
    """Tell whether a group would be left with members of whom nobody looks after it, were somebody to stop."""
    others = (memberships.c.group_id == group_id, memberships.c.account_id != account_id, memberships.c.state == MEMBER)
    caring = connection.execute(select(memberships.c.is_referent).where(*others)).scalars().all()
    return bool(caring) and not any(caring) and is_referent(connection, group_id, account_id)


def viewer_of(connection: Connection, account: Account, *, may_write: bool = True) -> Viewer:
    """Make the viewer of an account, with the groups that it is in at this moment."""
    rows = connection.execute(_OWN.where(memberships.c.account_id == account.id)).all()
    return signed_in(
        account.name, account.pseudonym, is_admin=account.is_admin, may_write=may_write,
        groups=tuple(row.name for row in rows),
        referent_of=tuple(row.name for row in rows if row.is_referent),
        spaces=tuple(f"{row.space}/" for row in rows if row.is_referent and row.space),
    )  # fmt: skip
