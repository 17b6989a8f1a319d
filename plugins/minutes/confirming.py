"""What the notes say was decided and is to be done: proposed in a table, kept only once somebody has looked at it."""

import secrets
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid
from app.plugin import (
    OPERATOR,
    RecordState,
    address,
    author,
    change_record,
    day_in_words,
    door,
    fold,
    notice,
    only_one,
    render,
    say,
    spoken,
    station,
    uncached,
    url,
    viewer,
    words_in,
)
from plugins.minutes import meetings, wording
from plugins.minutes.lines.finding import find_lines
from plugins.minutes.lines.heads import MOST_NAMES, NEXT, PEOPLE, ROLES, read_head
from plugins.minutes.states import corrected, find

if TYPE_CHECKING:
    from plugins.minutes.meetings import Meeting

blueprint = Blueprint("minutes_found", __name__)

MOST_LETTERS, MOST_ROWS, MOST_PEOPLE = 500, 100, 6_000
BAD_DAY = N_("This day does not exist. Write it as 2026-03-12.")
DECISION, ACTION = "decision", "action"


@blueprint.get("/found/<path:path>")
def show(path: str) -> Response:
    """Show what was recognised and does not stand in the registers yet; once somebody has chosen, nothing is ticked."""
    meeting = find(path)
    _, _, text = door().revision(viewer(), meeting.row.path, meeting.row.revision)
    body = _body(text)
    head = {name: ", ".join(said) for name, said in read_head(body).items() if not meeting.row.values.get(name)}
    return _page(meeting, _proposed(meeting, body, head), head, {})


def _proposed(meeting: "Meeting", body: str, head: dict[str, str]) -> list[SimpleNamespace]:
    known = {fold(row.get("what", "")) for name in ("decisions", "actions") for row in meeting.rows(name)}
    day = meeting.day or station().today()
    names = [one for name in PEOPLE for one in (*meeting.names(name), *_words_of(head.get(name, "")))]
    names += [one for name in ("facilitator", "scribe") if (one := meeting.text(name) or head.get(name, ""))]
    return [
        SimpleNamespace(
            kind=one.kind, what=one.what, who=one.who, day=one.due.isoformat() if one.due else "", how="",
            is_done=one.is_done, is_kept=not known, source=one.source.strip(), error="",
            impossible=one.impossible,
        )
        for one in find_lines(body, day, names)[:MOST_ROWS] if fold(one.what) not in known
    ]  # fmt: skip


def _body(text: str) -> str:
    """Give a page's text without its front matter."""
    if not text.startswith("---\n"):
        return text
    return text.partition("\n---\n")[2]


def _words_of(said: str) -> list[str]:
    return list(dict.fromkeys(word for one in said.split(",") if (word := _line(one))))[:MOST_NAMES]


def _page(
    meeting: "Meeting", rows: list[SimpleNamespace], head: dict[str, str], errors: dict[str, str], code: int = 200
) -> Response:
    for row in rows:
        day = meetings.day_of(row.day)
        row.said_day = day_in_words(day)
        row.is_whole = bool(row.what and (row.kind == "decision" or row.who) and not row.impossible)
    return uncached(render(
        "minutes/found.html", code, meeting=meeting, rows=rows, head=_asked(head), errors=errors,
        title=meeting.row.title, back=address(meeting.row.path),
        ways=[(key, gettext(words)) for key, words in wording.WAYS.items()],
        after=url("minutes_state.show", path=meeting.row.path),
    ))  # fmt: skip


def _asked(head: dict[str, str]) -> list[tuple[str, str, str]]:
    """Give name, words and answer of what the notes say of the meeting itself, in the order of the form."""
    fields = door().form(viewer(), meetings.FORM).fields
    return [(one.name, words_in(one.label, spoken()), head[one.name]) for one in fields if one.name in head]


@blueprint.post("/found/<path:path>")
def keep(path: str) -> Response:
    """Keep those that were ticked."""
    meeting, rows, head = find(path), _typed(), _typed_head()
    if any(row.error for row in rows):
        first = next(number for number, row in enumerate(rows) if row.error)
        return _page(meeting, rows, head, {f"day-{first}": gettext(BAD_DAY)}, Invalid.status)
    kept = [row for row in rows if row.is_kept and row.what]
    try:
        with only_one(station().config.instance / "minutes.lock", is_patient=True):  # no number twice
            _keep(meeting, kept, head)
    except GareError as error:
        return _page(meeting, rows, head, {"kept": say(error)}, error.status)
    notice("done", gettext("Kept in the registers."))
    return redirect(url("minutes_state.show", path=path), 303)


def _typed() -> list[SimpleNamespace]:
    said = {name: request.form.getlist(name)[:MOST_ROWS] for name in ("what", "kind", "who", "day", "how", "source")}
    kept, done = set(request.form.getlist("keep")), set(request.form.getlist("done"))
    found = []
    for number in range(len(said["what"])):
        row = {name: _line(texts[number]) if number < len(texts) else "" for name, texts in said.items()}
        is_wrong = bool(row["day"]) and meetings.day_of(row["day"]) is None
        found.append(SimpleNamespace(
            **row, is_kept=str(number) in kept, is_done=str(number) in done, error=is_wrong, impossible=""
        ))  # fmt: skip
    return found


def _typed_head() -> dict[str, str]:
    said = {name: request.form.get(name, "").replace("\0", "")[:MOST_PEOPLE] for name in (*PEOPLE, *ROLES, NEXT)}
    return {name: text if name in PEOPLE else _line(text) for name, text in said.items() if text.strip()}


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:MOST_LETTERS]


def _keep(meeting: "Meeting", rows: list[SimpleNamespace], head: dict[str, str]) -> None:
    numbers = _numbers(meeting)
    decided = [_decision(row, next(numbers)) for row in rows if row.kind == DECISION]
    day = (meeting.day or station().today()).isoformat()
    todo = [_action(row, day) for row in rows if row.kind != DECISION]

    def change(state: RecordState) -> RecordState:
        values = dict(state.values)
        added = [*_join(values, "decisions", decided), *_join(values, "actions", todo)]
        for name in (name for name in head if not values.get(name)):
            values[name] = _words_of(head[name]) if name in PEOPLE else head[name]
        is_late = state.values.get("step") == meetings.VALID and values != state.values
        return RecordState(values, corrected(state.body, _told(added)) if is_late else state.body)

    if decided or todo or head:
        summary = gettext("Decisions and actions")
        change_record(station(), viewer(), meeting.row.path, change, author(), summary)


def _join(values: dict[str, Any], name: str, new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add rows to a table, but for those that say what one of it says: a press may come twice. Gives those added."""
    there = meetings.rows_of(values.get(name))
    known = {fold(one.get("what", "")) for one in there}
    added = [one for one in new if fold(one["what"]) not in known]
    if added:
        values[name] = [*there, *added]
    return added


def _told(rows: list[dict[str, Any]]) -> str:
    lines = (" · ".join(row[name] for name in ("number", "who", "what") if row.get(name)) for row in rows)
    return "\n".join(f"* {line}" for line in lines) or gettext("People and roles")


def _numbers(meeting: "Meeting") -> Any:
    """Give numbers of decisions, such as 2026-14: the next ones of the year of the meeting."""
    year = str((meeting.day or station().today()).year)
    every = meetings.decisions(meetings.load(door(), OPERATOR))  # a number of a closed group is taken, too
    taken = [int(one.number[5:]) for one in every if one.number.startswith(f"{year}-") and one.number[5:].isdecimal()]
    last = max(taken, default=0)
    return (f"{year}-{number}" for number in range(last + 1, last + MOST_ROWS + 1))


def _decision(row: SimpleNamespace, number: str) -> dict[str, Any]:
    said = {"what": row.what, "number": number, "how": row.how if row.how in wording.WAYS else "", "review": row.day}
    return {"id": secrets.token_hex(4), **{name: text for name, text in said.items() if text}}


def _action(row: SimpleNamespace, day: str) -> dict[str, Any]:
    said = {"what": row.what, "who": row.who, "due": row.day, "done": day if row.is_done else ""}
    return {"id": secrets.token_hex(4), **{name: text for name, text in said.items() if text}}
