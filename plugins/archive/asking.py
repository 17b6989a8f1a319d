"""Authors who ask that what they wrote be erased: proven by their address, decided by who looks after the list."""

import hashlib
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from app.errors import N_, Conflict
from app.plugin import tell_caring
from plugins.archive import forgetting, lists
from plugins.archive.rows import messages, people
from plugins.archive.tables import requests

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.forgetting import Forgotten
    from plugins.archive.lists import MailList

UNPROVEN, OPEN = "unproven", "open"
BY_ACCOUNT, BY_MAIL, BY_NOBODY = "account", "mail", "nobody"  # what proves that the address is theirs
WAIT_SECONDS = 7 * 86_400  # for the link in the mail to be opened
MOST_LETTERS = 2000  # of what they say
SHARED = N_("Another person's message has the same mark. Erase it by hand, after looking at both.")
_SUBJECT = N_("Somebody asks that mails be erased from “%(list)s”")
_SAID = N_("Somebody who wrote to “%(list)s” asks that this be erased. Answer within a month: that is the law.")
_WHERE = N_("Open the settings of the list: the request stands there.")
_WAITING = N_("%(list)s: somebody asks that mails be erased; answer in its settings.")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks of a list; the words are those of `tables.requests`."""

    id: int
    list_id: int
    code: str
    address: str
    words: str
    proof: str
    state: str
    at: int


# -- asked -----------------------------------------------------------------------------------------------------------


def lists_of(archive: "Archive", address: str, code: str = "") -> list["MailList"]:
    """Find the lists to which an address wrote a message, or anything at all where no code is given."""
    known = lists.load(archive.truth)
    if address.strip().lower() in {one.address.lower() for one in known}:  # of everybody: a link to it is no proof
        return []
    own = select(people.c.list_id).where(people.c.address == address.strip().lower())
    if code:
        own = own.join(messages, messages.c.person_id == people.c.id).where(messages.c.code == code.upper())
    with archive.rows.connect() as connection:
        found = set(connection.execute(own.distinct()).scalars())
    return [one for one in known if one.id in found]


def ask(archive: "Archive", address: str, code: str, words: str, proof: str) -> str:
    """Keep what somebody asks of each list to which he wrote; gives what the link of the mail holds, for BY_MAIL."""
    concerned, token = lists_of(archive, address, code), secrets.token_urlsafe(32)
    row = {
        "address": address.strip().lower(), "code": code.upper(), "words": words[:MOST_LETTERS], "proof": proof,
        "state": UNPROVEN if proof == BY_MAIL else OPEN, "at": int(time.time()),
        "token_hash": _digest(token) if proof == BY_MAIL else "",
    }  # fmt: skip
    with archive.truth.begin() as connection:
        for list_ in concerned:
            connection.execute(insert(requests).values(**row, list_id=list_.id))
    if proof != BY_MAIL:
        _tell(archive, concerned)
    return token if concerned and proof == BY_MAIL else ""


def waiting(archive: "Archive", token: str) -> Request | None:
    """Give what a link of a mail proves, to be looked at first: somebody else may have typed the words."""
    columns = [requests.c[name] for name in Request.__dataclass_fields__]
    with archive.truth.connect() as connection:
        row = connection.execute(select(*columns).where(*_unproven(token))).first()
    return None if row is None else Request(**row._mapping)


def prove(archive: "Archive", token: str) -> bool:
    """Open what somebody asked, since the link of the mail was opened; tells whether there was anything."""
    with archive.truth.begin() as connection:
        found = set(connection.execute(select(requests.c.list_id).where(*_unproven(token))).scalars())
        connection.execute(update(requests).where(*_unproven(token)).values(state=OPEN, token_hash=""))
    _tell(archive, [one for one in lists.load(archive.truth) if one.id in found])
    return bool(found)


def _unproven(token: str) -> tuple[ColumnElement[bool], ...]:
    since = int(time.time()) - WAIT_SECONDS
    return requests.c.token_hash == _digest(token), requests.c.state == UNPROVEN, requests.c.at > since


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(archive: "Archive", concerned: Sequence["MailList"]) -> None:
    language = archive.station.settings.get().language
    with archive.truth.begin() as connection:
        for list_ in concerned:
            path, named = f"{list_.space}/index" if list_.space else "index", {"list": list_.title}
            said = [(_SAID, named), (_WHERE, named)]
            tell_caring(connection, path, language, "archive-request", (_SUBJECT, named), said)
    archive.station.stamp.touch()


def forget_unproven(archive: "Archive") -> None:
    """Forget those whose link nobody opened in time."""
    old = requests.c.state == UNPROVEN, requests.c.at <= int(time.time()) - WAIT_SECONDS
    with archive.truth.begin() as connection:
        connection.execute(delete(requests).where(*old))


# -- decided ---------------------------------------------------------------------------------------------------------


def of_list(archive: "Archive", list_: "MailList") -> list[Request]:
    """List what waits for a decision, the oldest first."""
    columns = [requests.c[name] for name in Request.__dataclass_fields__]
    own = select(*columns).where(requests.c.list_id == list_.id, requests.c.state == OPEN).order_by(requests.c.at)
    with archive.truth.connect() as connection:
        return [Request(**row._mapping) for row in connection.execute(own)]


def accept(archive: "Archive", list_: "MailList", asked: Request, by: str) -> "Forgotten":
    """Erase what somebody asked for; raises Conflict where another's message would go with it."""
    own = select(messages.c.id, messages.c.key, messages.c.person_id)
    own = own.join(people, people.c.id == messages.c.person_id)
    own = own.where(messages.c.list_id == list_.id, people.c.address == asked.address)
    if asked.code:
        own = own.where(messages.c.code == asked.code)
    with archive.rows.connect() as connection:
        found = connection.execute(own).all()
        _check_alone(connection, list_, found)
    if not found:  # it went meanwhile
        done = forgetting.Forgotten()
    elif asked.code:
        done = forgetting.erase(archive, list_, [row.id for row in found], by)
    else:
        done = forgetting.erase_person(archive, list_, found[0].person_id, by)
    close(archive, asked)
    return done


def _check_alone(connection: Connection, list_: "MailList", found: Sequence[Any]) -> None:
    """Refuse where somebody else's message came under the same Message-ID: whoever asks may have chosen it."""
    keys, persons = {row.key for row in found}, {row.person_id for row in found}
    for key in keys:
        same = select(messages.c.person_id).where(messages.c.list_id == list_.id, messages.c.key == key)
        if set(connection.execute(same).scalars()) - persons:
            raise Conflict(SHARED)


def refuse(archive: "Archive", list_: "MailList", asked: Request, by: str) -> None:
    """Leave things as they are; the log says that somebody asked."""
    close(archive, asked)
    with archive.truth.begin() as connection:
        forgetting.note(connection, list_, by, N_("A request to erase refused"), 0)


def close(archive: "Archive", asked: Request) -> None:
    """Forget a request that was decided, and with it the address."""
    with archive.truth.begin() as connection:
        connection.execute(delete(requests).where(requests.c.id == asked.id))
    archive.station.stamp.touch()


def checkup(archive: "Archive") -> Sequence[tuple[str, Mapping[str, str]]]:
    """Name the lists of which somebody waits for an answer."""
    own = select(requests.c.list_id, func.count()).where(requests.c.state == OPEN).group_by(requests.c.list_id)
    with archive.truth.connect() as connection:
        waiting = {row[0] for row in connection.execute(own)}
    return [(_WAITING, {"list": one.title}) for one in lists.load(archive.truth) if one.id in waiting]
