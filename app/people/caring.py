"""Who looks after pages and groups, and writing to them in the language of the site: for jobs, without the web."""

import gettext
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, or_, select

from app.hooks import Sentence
from app.outbox.mails import Mail, queue
from app.people.accounts import Account, account_of
from app.people.group_tables import groups, memberships
from app.people.groups import MEMBER
from app.people.tables import accounts, authors
from app.wiki.page import folders_above

_CATALOGUES = Path(__file__).parents[1] / "translations"


def list_caring(connection: Connection, path: str) -> list[Account]:
    """List who decides on what comes for a page and can be written to: administrators, referents of its folder."""
    cares = (
        select(memberships.c.account_id)
        .join(groups, groups.c.id == memberships.c.group_id)
        .where(memberships.c.is_referent, memberships.c.state == MEMBER, groups.c.space.in_(folders_above(path)))
    )
    query = select(accounts, authors.c.name).join(authors, authors.c.pseudonym == accounts.c.pseudonym)
    may_be_told = (or_(accounts.c.is_admin, accounts.c.id.in_(cares)), ~accounts.c.is_blocked)
    found = connection.execute(query.where(*may_be_told, accounts.c.email.is_not(None)).order_by(accounts.c.id))
    return [account_of(row) for row in found]


def list_looking_after(connection: Connection, group_id: int) -> list[Account]:
    """List who lets people into a group and can be written to: its referents, administrators where it has none."""
    query = select(accounts, authors.c.name).join(authors, authors.c.pseudonym == accounts.c.pseudonym)
    query = query.where(~accounts.c.is_blocked, accounts.c.email.is_not(None)).order_by(accounts.c.id)
    cares = select(memberships.c.account_id).where(memberships.c.group_id == group_id, memberships.c.is_referent)
    found = connection.execute(query.where(accounts.c.id.in_(cares))).all()
    return [account_of(row) for row in found or connection.execute(query.where(accounts.c.is_admin))]


def tell_caring(
    connection: Connection, path: str, language: str, kind: str, subject: Sentence, said: Sequence[Sentence]
) -> int:
    """Queue a mail to administrators and to the referents of the group whose folder holds `path`; gives how many.

    `kind` names what the mail is for, as that of `Mail`; `said` are its paragraphs.
    """
    caring = [one for one in list_caring(connection, path) if one.email]
    for account in caring:
        tell(connection, account, language, kind, subject, said)
    return len(caring)


def tell(
    connection: Connection, account: Account, language: str, kind: str, subject: Sentence, said: Sequence[Sentence]
) -> None:
    """Queue a mail to somebody who has an address; nothing to others."""
    if not account.email:
        return
    words = gettext.translation("messages", str(_CATALOGUES), [language], fallback=True).gettext
    lines = [words("Hello %(name)s,") % {"name": account.name}, *(words(msgid) % values for msgid, values in said)]
    queue(connection, Mail(account.email, words(subject[0]) % subject[1], "\n\n".join(lines) + "\n", kind=kind))
