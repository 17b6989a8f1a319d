"""The search in one list: words, and which messages at all: by whom, when, with files, of which thread."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Invalid
from app.plugin import render, say, search_own, station, uncached, url, viewer
from plugins.archive import list_shown, words
from plugins.archive.finding import HAS_FILE, Mails, author_mark, list_mark, thread_mark
from plugins.archive.keeping import own_door

if TYPE_CHECKING:
    from plugins.archive.reading import Reading

blueprint = Blueprint("archive_search", __name__)

MOST_TYPED = 300  # characters
SIZE, LAST_PAGE = 20, 50
FIRST, LAST = date(1970, 1, 1), date(9998, 12, 31)
BAD_DAY = N_("Write a day as 2026-03-12.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched. `author` and `thread` are codes as in addresses, or empty."""

    words: str = ""
    author: str = ""
    thread: str = ""
    since: date | None = None
    until: date | None = None
    has_file: bool = False
    page: int = 1

    def address(self, name: str, page: int) -> str:
        """Give the address of one page of what is found."""
        days = {"from": self.since, "until": self.until}
        said = {"q": self.words, "author": self.author, "thread": self.thread, "files": "1" if self.has_file else ""}
        said |= {key: day.isoformat() for key, day in days.items() if day}
        number = {"page": str(page)} if page > 1 else {}
        return url("archive_search.show", name=name, **{k: v for k, v in said.items() if v}, **number)


@blueprint.get("/<name>/search")
def show(name: str) -> Response:
    """Show the form, and what was found."""
    reading = own_door().open(viewer(), name)
    errors: dict[str, str] = {}
    asked = _read(errors)
    is_asking = not errors and asked != Asked()
    found, total, is_late = _found(reading, asked) if is_asking else ([], 0, False)
    return uncached(render(
        "archive/search.html", 200 if not errors else Invalid.status, list=reading.list_, asked=asked, errors=errors,
        typed=request.args, hits=found, total=total, is_asking=is_asking, is_late=is_late,
        who=_author(reading, asked), thread=_thread(reading, asked), pager=_pager(name, asked, total),
        breadcrumbs=list_shown.trail(reading.list_, gettext("Search")),
    ))  # fmt: skip


def _read(errors: dict[str, str]) -> Asked:
    said = request.args
    words = said.get("q", "")[:MOST_TYPED].replace("\0", "").strip()
    page = said.get("page", "1")
    return Asked(
        words if any(map(str.isalnum, words)) else "",
        said.get("author", "")[:40] if viewer().is_signed_in else "",
        said.get("thread", "")[:40],
        _day("from", errors),
        _day("until", errors),
        said.get("files") == "1",
        max(1, min(int(page), LAST_PAGE)) if page.isascii() and page.isdecimal() and len(page) < 4 else 1,
    )


def _day(name: str, errors: dict[str, str]) -> date | None:
    said = request.args.get(name, "").strip()
    try:
        found = date.fromisoformat(said) if said else None
    except ValueError:
        found = FIRST - timedelta(1)
    if found is not None and not FIRST <= found <= LAST:
        errors[name] = say(Invalid(BAD_DAY))
        return None
    return found


def _found(reading: "Reading", asked: Asked) -> tuple[list[Any], int, bool]:
    zone = ZoneInfo(station().config.timezone)
    marks = [list_mark(reading.list_.id)]
    if asked.author:
        marks += [author_mark(one.id) for one in [reading.person(asked.author)]]
    if asked.thread:
        marks.append(thread_mark(reading.thread(asked.thread.upper()).id))
    if asked.has_file:
        marks.append(HAS_FILE)
    found, results = search_own(
        station(), viewer(), asked.words, kind=Mails.kind, marks=marks, page=asked.page, size=SIZE,
        since=_second(asked.since, zone), until=_second(asked.until + timedelta(1), zone) if asked.until else None,
    )  # fmt: skip
    return found, results.total, results.is_rebuilding


def _second(day: date | None, zone: ZoneInfo) -> int | None:
    return int(datetime.combine(day, time(), zone).timestamp()) if day else None


def _author(reading: "Reading", asked: Asked) -> str:
    return str(reading.person(asked.author).name) if asked.author else ""


def _thread(reading: "Reading", asked: Asked) -> str:
    found = reading.thread(asked.thread.upper()).subject if asked.thread else ""
    return words.subject(found, is_masked=not viewer().is_signed_in) if asked.thread else ""


def _pager(name: str, asked: Asked, total: int) -> SimpleNamespace:
    page = asked.page
    has_more = page * SIZE < total and page < LAST_PAGE
    return SimpleNamespace(
        newer=asked.address(name, page - 1) if page > 1 else "", older=asked.address(name, page + 1) if has_more else ""
    )
