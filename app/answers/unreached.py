"""People without an e-mail address: who organises hears what changes for them, and tells them by telephone."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from app.answers import change_letters, letters, notices, organising, reading, recipients
from app.answers.answer import NO, About
from app.answers.change_letters import Difference
from app.answers.letters import Letterhead
from app.station import Station

MOST = 100  # names in one mail


def tell(connection: Connection, station: Station, page_id: str, changes: Mapping[str, Difference]) -> int:
    """Ask those who organise to tell them; gives how many mails were queued. Of a page that is gone nobody is known."""
    names = _names(connection, page_id, changes)
    row = next((one.row for one in changes.values() if one.row.path), None)
    if not names or row is None:
        return 0
    head = Letterhead.of(station)
    draft = change_letters.draft(head, [changes[date] for date in sorted(changes)], "")
    asked = head.words.gettext("These people have no e-mail address. Please tell them:")
    draft = replace(draft, paragraphs=[asked, "\n".join(names[:MOST]), *draft.paragraphs], calendar="")
    to = organising.list_addresses(connection, station, row)
    heard = [one for one in to if not recipients.is_quiet(connection, page_id, one[0])]
    return sum(notices.send_to(connection, head, one, page_id, draft) for one in heard)


def _names(connection: Connection, page_id: str, dates: Mapping[str, Difference]) -> list[str]:
    """List the names that somebody wrote down for others, each once."""
    said = [one for date in sorted(dates) for one in reading.list_at(connection, About(page_id, date))]
    noted = [one for one in said if one.who.account_id is None and one.who.visitor_id is None]
    return list(dict.fromkeys(letters.one_line(one.name) for one in noted if one.wish.value != NO and one.name))
