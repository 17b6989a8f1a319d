"""`{{threads …}}`: the latest threads inside a page, of one list or of all; also below the text of the home page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import render_template

from app.errors import N_, Invalid, NotFound
from app.plugin import MacroArguments, MacroContext, search_own, station, url
from plugins.archive import list_shown
from plugins.archive.keeping import own_door
from plugins.archive.list_shown import Line

if TYPE_CHECKING:
    from app.plugin import Viewer
    from plugins.archive.reading import Reading

USUAL, MOST = 5, 30  # threads
LONGEST = 200  # characters that are searched
KNOWN = frozenset({"list", "q", "count", ""})


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show threads; raises Invalid for what is not said as it must be. Below a page that did not ask: what there is."""
    if unknown := sorted(arguments.keys() - KNOWN):
        raise Invalid(
            N_("“%(name)s” is not known here. There are: %(names)s."), name=unknown[0], names="list, q, count"
        )
    name, words = arguments.get("list") or arguments.get("", ""), arguments.get("q", "")[:LONGEST]
    readings = list(_readings(context.viewer, name))
    count = _count(arguments)
    lines = _found(context.viewer, readings, words, count) if words else _latest(readings, count)
    if not context.above and not lines:
        return ""
    one = readings[0].list_ if len(readings) == 1 else None
    whole = url("archive.show", name=one.name) if one else url("archive.show_all")
    return render_template("archive/block.html", lines=lines, whole=whole)


def _readings(viewer: "Viewer", name: str) -> "Iterable[Reading]":
    door = own_door()
    if not name:
        return [door.reading(viewer, one) for one in door.lists(viewer)]
    try:
        return [door.open(viewer, name)]
    except NotFound:  # whoever may not read it sees an empty block, as of a list where nothing was written
        return []


def _latest(readings: "Iterable[Reading]", count: int) -> list[Line]:
    lines = [line for one in readings for line in list_shown.threads(one.list_, one.threads(1, count)[:count])]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:count]


def _found(viewer: "Viewer", readings: "list[Reading]", words: str, count: int) -> list[Line]:
    """Give the threads of the messages that the search finds, each once."""
    found, _ = search_own(station(), viewer, words, kind="mail", size=MOST * 3)
    by_id = {int(one.key.rpartition(":")[2]): None for one in found}
    lines: dict[str, Line] = {}
    for reading in readings:
        rows: dict[int, Any] = reading.messages(by_id)
        for number in by_id:
            if number in rows:
                thread = reading.thread_by_id(rows[number].thread_id)
                lines.setdefault(thread.code, list_shown.threads(reading.list_, [thread])[0])
    return list(lines.values())[:count]


def _count(arguments: MacroArguments) -> int:
    said = arguments.get("count", str(USUAL))
    if not said.isascii() or not said.isdecimal() or len(said) > 3 or not 1 <= int(said) <= MOST:
        raise Invalid(N_("“%(name)s” must be a number from 1 to %(most)s."), name="count", most=MOST)
    return int(said)
