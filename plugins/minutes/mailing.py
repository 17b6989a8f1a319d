"""The mail that says what a meeting decided: decisions and actions first, in few lines, then the link."""

import time
from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import delete, insert, select

from app.errors import N_, Invalid
from app.plugin import Mail, address, clean_address, in_mail, queue_mail, say_day, site_name, station
from plugins.minutes import meetings
from plugins.minutes.meetings import Meeting
from plugins.minutes.tables import mailed

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_LINES = 15  # of decisions and actions; the others are in the minutes
MOST_LETTERS = 200  # of one of them
KIND = "minutes"
NO_LINK = N_("No mail can be sent from here. Ask the person who looks after the site.")


def write(meeting: Meeting, to: str) -> Mail:
    """Write it, in the language of the site; raises Invalid where it cannot be sent."""
    link = in_mail(address(meeting.row.path))
    if link is None:
        raise Invalid(NO_LINK)
    with force_locale(_language()):
        subject = gettext("Minutes: %(title)s", title=_line(meeting.row.title))
        return Mail(clean_address(to), subject, f"{_text(meeting)}\n\n{link}\n\n{site_name()}\n", kind=KIND)


def queue(connection: "Connection", meeting: Meeting, mail: Mail) -> None:
    """Queue it, and keep the address for the next minutes of the space; raises Invalid where the address is none."""
    queue_mail(connection, mail)
    space = _space(meeting)
    connection.execute(delete(mailed).where(mailed.c.space == space))
    connection.execute(insert(mailed), {"space": space, "email": mail.to, "at": int(time.time())})


def preview(meeting: Meeting) -> str:
    """Give what it says, in the language of the site, whatever that of who looks at it."""
    with force_locale(_language()):
        return _text(meeting)


def _language() -> str:
    return station().settings.get().language


def usual_address(meeting: Meeting) -> str:
    """Give the address to which minutes of its space went last; empty where none did."""
    with station().truth.connect() as connection:
        kept = select(mailed.c.email).where(mailed.c.space == _space(meeting))
        return str(connection.execute(kept).scalar() or "")


def _space(meeting: Meeting) -> str:
    return next(iter(meeting.names("spaces")), "")[:100]


def _text(meeting: Meeting) -> str:
    day = say_day(meeting.day, _language(), "full") if meeting.day else ""
    decided = [f"- {_line(one.what)}" for one in meetings.decisions([meeting])]
    todo = [_action(one) for one in meetings.actions([meeting]) if one.done is None]
    room = MOST_LINES - min(len(decided), MOST_LINES)
    parts = [
        _part(gettext("What was decided"), decided, MOST_LINES), _part(gettext("Who does what"), todo, max(room, 1)),
    ]  # fmt: skip
    head = gettext("%(title)s, %(day)s", title=_line(meeting.row.title), day=day) if day else _line(meeting.row.title)
    return "\n\n".join([head, *(part for part in parts if part), gettext("All the minutes:")])


def _part(heading: str, lines: list[str], most: int) -> str:
    if not lines:
        return ""
    more = len(lines) - most
    rest = [ngettext("… and %(num)s more", "… and %(num)s more", more)] if more > 0 else []
    return "\n".join([heading, *lines[:most], *rest])


def _action(one: meetings.Action) -> str:
    what = gettext("%(who)s: %(what)s", who=_line(one.who), what=_line(one.what)) if one.who else _line(one.what)
    by = gettext(" (by %(day)s)", day=say_day(one.due, _language(), "d MMMM")) if one.due else ""
    return f"- {what}{by}"


def _line(text: str) -> str:
    return " ".join(text.split())[:MOST_LETTERS]
