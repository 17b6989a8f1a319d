"""`{{arrivals}}`: what is new. Pages, members for members, and what plugins say of theirs: minutes, discussions …"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import gettext

from app.catalog.history import ChangeQuery
from app.catalog.rows import RevisionRow
from app.errors import N_
from app.forms.form import words_in
from app.hooks import Arrival, MacroArguments
from app.people.authors import SYSTEM
from app.people.viewer import Viewer
from app.web.addresses import address
from app.web.board.asking import count_of
from app.web.board.known import LATELY, known
from app.web.kit import door, station
from app.web.language import spoken
from app.web.macros import MacroContext
from app.web.templates import when
from app.wiki.page import HOME

log = logging.getLogger(__name__)
USUAL = 6  # lines
OF_ONE = 3  # lines of one part of the site, before it waits for the others: ten mails must not hide the minutes
CHANGES = 100  # the last ones, among which new pages are looked for
Giver = Callable[[Viewer, int], "Sequence[Arrival] | None"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown; `address` is empty where it leads nowhere."""

    title: str
    address: str
    word: str
    day: date
    words: str


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show the latest lines; where nobody asked for it, only if there are some."""
    found = _latest(context.viewer, count_of(arguments, USUAL))
    if not found and not context.above:
        return ""
    return render_template("board/arrivals.html", lines=[_line(one) for one in found])


def _latest(viewer: Viewer, count: int) -> list[Arrival]:
    """Give so many lines, the latest first; of each part of the site at least the latest one, as long as they fit."""
    givers = (*(call for _, call in station().hooks.arrivals), _members)
    parts = [_given(give, viewer, count) for give in givers]
    told = {one.address.partition("#")[0] for part in parts for one in part}
    parts.append([one for one in _pages(viewer, count * 2) if one.address not in told])
    ranked = [(_rank(place), one) for part in parts for place, one in enumerate(part)]
    ranked.sort(key=lambda pair: (pair[0], -pair[1].day.toordinal()))
    return sorted((one for _, one in ranked[:count]), key=lambda one: one.day, reverse=True)


def _rank(place: int) -> int:
    """Let first lines come first, and a part that has much to say after the others."""
    return (place > 0) + (place >= OF_ONE)


def _given(give: Giver, viewer: Viewer, count: int) -> list[Arrival]:
    try:
        return list(give(viewer, count) or ())[:count]
    except Exception:  # the border: a plugin's fault must not take the others with it
        log.exception("what is new of a plugin could not be asked")
        return []


def _members(viewer: Viewer, limit: int) -> list[Arrival]:  # noqa: ARG001 - one line names them all
    """Name who came lately, to members."""
    found = known().arrived if viewer.is_signed_in else ()
    if not found:
        return []
    latest = datetime.fromtimestamp(found[0][1], ZoneInfo(station().config.timezone)).date()
    word = N_("Has joined us") if len(found) == 1 else N_("Have joined us")
    return [Arrival(", ".join(name for name, _ in found), "", latest, word)]


def _pages(viewer: Viewer, limit: int) -> list[Arrival]:
    """List the latest new pages; those that came with the program are no news."""
    query = ChangeQuery(since=int(time.time()) - LATELY, limit=CHANGES)
    return [_page(viewer, row) for row in _new(door().changes(viewer, query))][:limit]


def _new(rows: Sequence[RevisionRow]) -> Iterator[RevisionRow]:
    for row in rows:
        is_page = row.exists and not row.current_path.startswith("_") and row.current_path != HOME
        if is_page and row.what == "created" and row.author != SYSTEM:
            yield row


def _page(viewer: Viewer, row: RevisionRow) -> Arrival:
    form: Any = door().find_form(viewer, row.form) if row.form else None
    day = row.at.astimezone(ZoneInfo(station().config.timezone)).date()
    return Arrival(row.title, address(row.current_path), day, words_in(form.title, spoken()) if form else N_("Page"))


def _line(one: Arrival) -> Line:
    day = when(datetime.combine(one.day, clock(), UTC), "short")
    return Line(one.title, one.address, gettext(one.word) if one.word else "", one.day, day)
