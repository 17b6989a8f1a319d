"""The mails about sign-ups, in the language of the site. What people typed stands on one line: none looks like ours."""

import gettext
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

from app.answers import recipients
from app.answers.answer import Wish
from app.calendar import ics_writing
from app.calendar.sentences import say_date
from app.catalog.date_events import event_of
from app.catalog.occurrence_rows import OccurrenceRow
from app.forms.signup import Signup
from app.outbox.mails import Mail
from app.station import Station
from app.wiki.page import address_of, fold

KIND = "answer"
TITLE, LONGEST = 100, 300  # characters of a title in a subject, and of another line that people typed
MOST_FILED = 40  # dates in one calendar that goes with a mail
_CATALOGUES = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What these mails have in common: name, public address (no slash at its end), language, zone, key of links."""

    site: str
    address: str
    language: str
    timezone: str
    key: str = field(repr=False)

    @classmethod
    def of(cls, station: Station, address: str = "") -> "Letterhead":
        """Read it from the settings; `address` is where the site was asked, for want of a public address."""
        settings, config = station.settings.get(), station.config
        return cls(" ".join(settings.title.split()), station.address or address, settings.language, config.timezone,
                   config.secret_key)  # fmt: skip

    @property
    def words(self) -> gettext.NullTranslations:
        """Give the sentences in the language of the site."""
        return _words(self.language)


@dataclass(frozen=True, slots=True)
class Draft:
    """What one mail says, apart from greeting and end. `subject` has the title in it; `own` is where one changes it."""

    subject: str
    paragraphs: Sequence[str]
    own: str = ""
    calendar: str = ""


def write(head: Letterhead, to: str, name: str, page_id: str, draft: Draft) -> Mail:
    """Write a mail, with the link that ends such mails."""
    words = head.words
    stop = f"{head.address}/-/answer/stop/{recipients.make_stop(head.key, page_id, to)}"
    greeting = words.gettext("Hello %(name)s,") % {"name": one_line(name)} if name else words.gettext("Hello,")
    own = [words.gettext("To change it, or to cancel:") + f"\n{head.address}{draft.own}"] if draft.own else []
    end = words.gettext("To get no more mails about this:") + f"\n{stop}"
    text = "\n\n".join([greeting, *draft.paragraphs, *own, end, head.site]) + "\n"
    return Mail(to, draft.subject, text, kind=KIND, unsubscribe=stop, calendar=draft.calendar)


def subject(template: str, title: str) -> str:
    """Fill a title into a subject."""
    return template % {"title": one_line(title, TITLE)}


def block(head: Letterhead, row: OccurrenceRow) -> str:
    """Say what it is, when and where, and under which address it stands, if it does."""
    typed = [one_line(text) for text in (row.place, row.note) if text]
    address = [page_address(head, row.path)] if row.path else []
    return "\n".join([one_line(row.title), when(head, row), *typed, *address])


def page_address(head: Letterhead, path: str) -> str:
    """Give the complete address of a page."""
    return f"{head.address}{quote(address_of(path))}"


def when(head: Letterhead, row: OccurrenceRow) -> str:
    """Say when it is, with the zone where it is not that of the site."""
    return say_when(head, row.start, row.end, row.timezone, is_all_day=row.is_all_day)


def say_when(head: Letterhead, start: datetime, end: datetime, timezone: str, *, is_all_day: bool) -> str:
    """Do as `when`."""
    said = say_date(start, end, is_all_day, head.language, with_year=True)
    return said if is_all_day or timezone == head.timezone else f"{said} ({timezone})"


def details(head: Letterhead, wish: Wish, signup: Signup | None) -> list[str]:
    """Give a paragraph that says for how many somebody answered, in which role, and what he brings."""
    words, lines = head.words, []
    if wish.people > 1:
        said = words.ngettext("%(num)s person", "%(num)s people", wish.people)
        lines.append(said % {"num": wish.people})
    role = signup.find_role(wish.role) if signup else None
    if role:
        lines.append(words.gettext("Role: %(role)s") % {"role": one_line(role.name)})
    tools = [one_line(tool) for tool in signup.tools if fold(tool) in wish.bring] if signup else []
    if tools:
        lines.append(words.gettext("You bring: %(tools)s") % {"tools": ", ".join(tools)})
    return ["\n".join(lines)] if lines else []


def filed(head: Letterhead, rows: Iterable[OccurrenceRow]) -> str:
    """Write dates as a calendar; its sequence grows, so that who takes a later file over has the later state."""
    given = list(rows)[:MOST_FILED]
    now = datetime.now(UTC)
    sequence = int(now.timestamp()) // 60
    texts = [ics_writing.event_lines(event_of(row, row.status, now, sequence), now) for row in given]
    zones = {row.timezone for row in given if not row.is_all_day}
    title = one_line(given[0].title, TITLE) if given else ""
    return ics_writing.calendar(texts, zones, base=f"{head.address}/", name=title).decode()


def one_line(text: str, most: int = LONGEST) -> str:
    """Bring what people typed into one line that is not too long for a mail."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= most else f"{line[:most]}…"


@cache
def _words(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(_CATALOGUES), [language], fallback=True)
