"""Write to those who look after a place, in the language of the site: for jobs, which do without the web."""

import gettext
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from app.hooks import Sentence
from app.outbox.mails import Mail, queue
from app.people.accounts import Account
from app.people.groups import list_caring

_CATALOGUES = Path(__file__).parents[1] / "translations"


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
