"""Lists and lines of lists, ready for the templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from app.plugin import is_web, url
from plugins.archive import words
from plugins.archive.file_shown import ShownFile, one_of
from plugins.archive.shown import address_of, is_masked
from plugins.archive.text_shown import Span, spans

if TYPE_CHECKING:
    from plugins.archive.lists import MailList
    from plugins.archive.reading import Reading


@dataclass(frozen=True, slots=True)
class Line:
    """A thread or a message in a list."""

    subject: str
    address: str
    at: datetime
    author: str = ""
    messages: int = 0
    people: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A list among others."""

    title: str
    address: str
    about: tuple[Span, ...]
    messages: int
    last: datetime | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a list says of itself. `join` is where one subscribes: a link, or words."""

    about: tuple[Span, ...]
    rules: tuple[Span, ...]
    join: str
    join_words: str
    write: str


def trail(list_: "MailList | None" = None, last: str = "") -> list[tuple[str, str | None]]:
    """Give the way to a page of a list."""
    found: list[tuple[str, str | None]] = [(gettext("Home"), url("pages.home"))]
    found.append((gettext("Lists"), url("archive.show_all") if list_ else None))
    if list_:
        found.append((list_.title, url("archive.show", name=list_.name) if last else None))
    return [*found, (last, None)] if last else found


def summary(reading: "Reading") -> Summary:
    """Say of a list how much is in it."""
    list_, latest = reading.list_, reading.threads(1, 1)
    return Summary(
        list_.title, url("archive.show", name=list_.name), spans(list_.words),
        sum(one.messages for one in reading.months()), words.moment(latest[0].last_at) if latest else None,
        list_.is_shown,
    )  # fmt: skip


def about(list_: "MailList") -> About:
    """Say what a list is, how one joins it and what holds there."""
    said = list_.joining.strip()
    is_address = "@" in said and " " not in said and not is_web(said)
    join = said if is_web(said) else f"mailto:{said}" if is_address else ""
    return About(spans(list_.words), spans(list_.rules), join, said, list_.address)


def threads(list_: "MailList", rows: Iterable[Any]) -> list[Line]:
    """Prepare threads."""
    return [_line_of(list_, row) for row in rows]


def _line_of(list_: "MailList", row: Any) -> Line:
    place = url("archive_thread.show", name=list_.name, code=row.code)
    last = words.moment(getattr(row, "until", row.last_at))
    subject = words.subject(row.subject, is_masked=is_masked())
    return Line(subject, place, last, messages=row.messages, people=row.people, files=row.files)


def written(list_: "MailList", rows: Iterable[Any]) -> list[Line]:
    """Prepare messages."""
    return [
        Line(
            words.subject(row.subject, is_masked=is_masked()), address_of(list_, row.code), words.moment(row.at),
            words.who(row.author, is_masked=is_masked()), files=row.files,
        )
        for row in rows
    ]  # fmt: skip


def years(reading: "Reading") -> list[tuple[int, int, list[tuple[str, str, int]]]]:
    """Give each year with how much was written in it, and its months: name, address, how much."""
    found = []
    for year, rows in groupby(reading.months(), key=lambda row: row.month // 100):
        months = [(words.month_name(row.month), month_address(reading.list_, row.month), row.messages) for row in rows]
        found.append((year, sum(count for _, _, count in months), months[::-1]))
    return found


def month_address(list_: "MailList", month: int) -> str:
    """Give the address of a month."""
    return url("archive.month", name=list_.name, year=month // 100, number=month % 100)


def beside(reading: "Reading", month: int) -> list[tuple[str, str]]:
    """Lead to the months before and after in which something was written: address and words, either may be empty."""
    known = [row.month for row in reading.months()]
    before = next((one for one in known if one < month), 0)
    after = next((one for one in reversed(known) if one > month), 0)
    return [(month_address(reading.list_, one), words.month_words(one)) if one else ("", "") for one in (before, after)]


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attachment, and the message that brought it."""

    file: ShownFile
    line: Line


def files_by_month(list_: "MailList", rows: Sequence[Any]) -> list[tuple[str, list[FileLine]]]:
    """Prepare attachments under the months in which they came."""
    found = []
    for month, group in groupby(rows, key=lambda row: row.month):
        lines = [
            FileLine(one_of(list_, row.code, row), line)
            for row, line in ((one, _bringing(list_, one)) for one in group)
        ]
        found.append((words.month_words(month), lines))
    return found


def _bringing(list_: "MailList", row: Any) -> Line:
    subject, author = (words.subject(row.subject, is_masked=is_masked()), words.who(row.author, is_masked=is_masked()))
    return Line(subject, address_of(list_, row.code), words.moment(row.at), author)
