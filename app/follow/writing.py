"""Write the mails that tell what happened, in the language of the site."""

import gettext
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.calendar.days import say_day
from app.errors import N_
from app.follow import rhythm
from app.follow.choosing import Entry
from app.hooks import Line, Section
from app.outbox.mails import Mail
from app.people.accounts import Account
from app.wiki.page import address_of

KIND = "digest"
MOST_LINES = 40  # of one part of a mail
MOST_NAMES = 3
TITLE, LONGEST = 120, 200  # characters of a title, and of a line without its address
STATES = {"new": N_("new page"), "changed": N_("changed"), "deleted": N_("deleted")}
_CATALOGUES = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all mails have in common: name, public address (without a slash at the end), language, zone of the site."""

    site: str
    address: str
    language: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class News:
    """What one person is told, and the names behind pseudonyms."""

    entries: Sequence[Entry]
    sections: Sequence[Section]
    names: Mapping[str, str]

    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not self.entries and not any(section.lines for section in self.sections)


def write(head: Letterhead, account: Account, how_often: str, news: News, secret: str, now: float) -> Mail:
    """Write the mail; `secret` is that of the link by which its reader chooses another rhythm."""
    words = _words(head.language)
    leave = f"{head.address}/-/unsubscribe/{secret}"
    paragraphs = [
        words.gettext("Hello %(name)s,") % {"name": account.name},
        *_followed(head, news),
        *(text for section in news.sections for text in _section(head, news, section)),
        _why(words, how_often),
        words.gettext("To choose how often, or to stop these mails:") + f"\n{leave}",
        head.site,
    ]
    subject = _subject(head, how_often, news.entries, now)
    return Mail(account.email or "", subject, "\n\n".join(paragraphs) + "\n", kind=KIND, unsubscribe=leave)


def _why(words: gettext.NullTranslations, how_often: str) -> str:
    said = {
        rhythm.NOW: words.gettext("You get this mail because you follow pages, at once."),
        rhythm.DAILY: words.gettext("You get this mail because you follow pages, once a day."),
    }
    return said.get(how_often) or words.gettext("You get this mail because you follow pages, once a week.")


def _subject(head: Letterhead, how_often: str, entries: Sequence[Entry], now: float) -> str:
    words = _words(head.language)
    if how_often != rhythm.NOW:
        day = say_day(datetime.fromtimestamp(now, head.zone).date(), head.language, "d MMMM")
        return words.gettext("News of %(site)s, %(day)s") % {"site": head.site, "day": day}
    if len(entries) == 1:
        return f"{_head_line(words, entries[0])} · {head.site}"
    many = words.ngettext("%(num)s page with news", "%(num)s pages with news", len(entries))
    return f"{many % {'num': len(entries)}} · {head.site}"


def _followed(head: Letterhead, news: News) -> list[str]:
    words = _words(head.language)
    lines = [
        Line(_head_line(words, entry), "" if entry.state == "deleted" else entry.path, entry.by)
        for entry in news.entries
    ]
    return _part(head, news, words.gettext("What you follow"), lines)


def _head_line(words: gettext.NullTranslations, entry: Entry) -> str:
    return f"{one_line(entry.title, TITLE)} · {_what(words, entry)}"


def _what(words: gettext.NullTranslations, entry: Entry) -> str:
    said = [words.gettext(STATES[entry.state])] if entry.state else []
    if entry.comments:
        said.append(words.ngettext("%(num)s comment", "%(num)s comments", entry.comments) % {"num": entry.comments})
    return ", ".join(said)


def _section(head: Letterhead, news: News, section: Section) -> list[str]:
    return _part(head, news, _words(head.language).gettext(section.title), section.lines)


def _part(head: Letterhead, news: News, title: str, lines: Sequence[Line]) -> list[str]:
    """Give a title and a paragraph a line; nothing where there are no lines."""
    more = len(lines) - MOST_LINES
    shown = [_line(head, line, _names(head, news, line)) for line in lines[:MOST_LINES]]
    if more > 0:
        said = _words(head.language).ngettext("And %(num)s more:", "And %(num)s more:", more) % {"num": more}
        shown.append(f"{said}\n{head.address}/-/changes")
    return [f"— {title} —", *shown] if shown else []


def _line(head: Letterhead, line: Line, names: str) -> str:
    said = one_line(line.words, LONGEST) + (f" · {names}" if names else "")
    return f"{said}\n{head.address}{quote(address_of(line.path))}" if line.path else said


def one_line(text: str, most: int) -> str:
    """Bring what people typed into one line that is not too long for a mail."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= most else f"{line[:most]}…"


def _names(head: Letterhead, news: News, line: Line) -> str:
    if not line.path and line.by and news.names.get(line.by[0]) == line.words:  # a line that is about a person
        return ""
    former = _words(head.language).gettext("former member")
    names = list(dict.fromkeys(news.names.get(one) or former for one in line.by))
    return ", ".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")


def pseudonyms(entries: Iterable[Entry], sections: Iterable[Section]) -> set[str]:
    """List whose names a mail needs."""
    of_entries = {one for entry in entries for one in entry.by}
    return of_entries | {one for section in sections for line in section.lines for one in line.by}


@cache
def _words(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(_CATALOGUES), [language], fallback=True)
