"""The notes of a meeting begin with what is known: the event, the agenda, what is still to be done and reviewed."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from app.errors import NotFound
from app.plugin import OPERATOR, Draft, day_in_words, fold, opens
from plugins.minutes import dates, meetings
from plugins.minutes.meetings import Action, Decision, Meeting

if TYPE_CHECKING:
    from app.plugin import RecordRow, Station, Viewer

FOLDER = "reunions"
REVIEW_SOON = timedelta(days=30)
_TEMPLATES = ("_templates/{name}-{space}", "_templates/{name}")
_NAMES = ("compte-rendu", "minutes", "reunion", "meeting")  # the last two come with a new site
_HEADING = re.compile(r"^## +(.+?)\s*#*$", re.MULTILINE)


def draft(station: "Station", viewer: "Viewer", reference: str) -> Draft | None:
    """Begin the notes of an event: `PATH`, or `PATH@2026-03-12` of a series; None where it is not read."""
    path, _, wanted = reference.partition("@")
    try:
        row = station.door.record(viewer, path)
    except NotFound:
        return None
    day = _date_meant(station, viewer, row, meetings.day_of(wanted))
    values = first_answers(row, day) | {"step": meetings.RUNNING}
    folder = folder_of(station, row)
    text = notes(station, viewer, row, (), station.door.readers_at(f"{folder}/_"))
    return Draft(row.title, text, folder=folder, fields=values)


def _date_meant(station: "Station", viewer: "Viewer", row: "RecordRow", wanted: date | None) -> date | None:
    if wanted and dates.is_on(station, viewer, row, wanted):
        return wanted
    return dates.last_of(station, viewer, row) or dates.next_of(station, viewer, row)


def first_answers(row: "RecordRow", day: date | None) -> dict[str, Any]:
    """Take what the event says already."""
    said: dict[str, Any] = {"title": row.title, "event": row.id}
    if day:
        said["day"] = day.isoformat()
    if spaces := row.values.get("spaces"):
        said["spaces"] = spaces
    if online := row.values.get("online"):
        said["online"] = online
    place = row.values.get("place")
    words = [str(place[name]) for name in ("address", "commune") if place.get(name)] if isinstance(place, dict) else []
    return said | ({"place": ", ".join(words)} if words else {})


def folder_of(station: "Station", row: "RecordRow") -> str:
    """Say where the notes of an event stand: those of one space, which may be closed, in its own folder."""
    spaces, known = _spaces(row), {space for space, _, _ in station.door.spaces(OPERATOR)}  # whoever begins
    return f"{spaces[0]}/{FOLDER}" if len(spaces) == 1 and spaces[0] in known else FOLDER


# -- the text --------------------------------------------------------------------------------------------------------


def notes(station: "Station", viewer: "Viewer", row: "RecordRow", points: Sequence[str], readers: str) -> str:
    """Write the text that notes begin with: the template of the space, or that of the site, with what is open."""
    known = [one for one in meetings.load(station.door, viewer) if not opens(readers, one.row.audience)]
    space = next(iter(_spaces(row)), "")
    of_space = [one for one in known if not space or space in one.names("spaces")]
    todo = [_todo(one) for one in meetings.actions(of_space) if one.done is None]
    limit = station.today() + REVIEW_SOON
    due = [_due(one) for one in meetings.decisions(of_space) if one.review is not None and one.review <= limit]
    parts = [_part(gettext("Following up last time"), todo), _part(gettext("Decisions to review"), due)]
    text = _template(station, viewer, space)
    headings = [f"## {one}\n" for one in points if fold(one) not in {fold(found) for found in _HEADING.findall(text)}]
    return "\n".join(part for part in (*parts, *headings, text) if part).strip() + "\n"


def _spaces(row: "RecordRow") -> list[str]:
    said = row.values.get("spaces")
    return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str) and one]


def _part(heading: str, lines: Iterable[str]) -> str:
    said = list(lines)
    return "\n".join([f"## {heading}", "", *said, ""]) if said else ""


def _todo(one: Action) -> str:
    who = f"{one.who} : " if one.who else ""
    by = f" ({day_in_words(one.due)})" if one.due else ""
    return f"* {who}{one.what}{by} · [[{one.meeting.row.path}|{_words(one.meeting.row.title)}]]"


def _due(one: Decision) -> str:
    number = f"{one.number} · " if one.number else ""
    return f"* {number}{one.what} · [[{one.meeting.row.path}|{_words(one.meeting.row.title)}]]"


def _words(title: str) -> str:
    return title.replace("|", "/").replace("]", ")").replace("[", "(")


def _template(station: "Station", viewer: "Viewer", space: str) -> str:
    for rule in _TEMPLATES if space else _TEMPLATES[1:]:
        for name in _NAMES:
            try:
                _, text = station.door.text(viewer, rule.format(name=name, space=space))
            except NotFound:
                continue
            return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).strip()
    first, last = gettext("Notes"), gettext("Next meeting")
    return f"## {first}\n\n\n## {last}\n"


def points_of(meeting: Meeting) -> list[str]:
    """Name the items of an agenda."""
    return [row["what"] for row in meeting.rows("points") if row.get("what")]
