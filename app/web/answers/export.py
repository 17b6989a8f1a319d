"""The people of an event as a table for who organises: of one date, or of all."""

from flask import Blueprint, Response, request
from flask_babel import gettext

from app.answers import reading
from app.answers.answer import About, Answer, clean_date
from app.answers.attendance import AWAY, THERE
from app.records.exchange.tables_out import csv_of
from app.web.answers import dates, managed
from app.web.answers.dates import Thing
from app.web.answers.sheet import entry
from app.web.answers.wording import answer_words, channel_words
from app.web.kit import attach, station, uncached
from app.web.language import spoken
from app.wiki.page import fold

blueprint = Blueprint("answer_export", __name__)


@blueprint.get("/-/answer/list/<path:path>.csv")
def show(path: str) -> Response:
    """Give the table; without `day`, of every date about which somebody has answered."""
    thing = managed.find_thing(path)
    record, day = thing.record, clean_date(request.args.get("day", ""))
    with station().truth.connect() as connection:
        days = [day] if day else reading.dates_of(connection, record.id)
        listed = [one for day in days for one in reading.list_at(connection, About(record.id, day))]
    once = dates.find_date(thing, "")
    start = once.row.start.date().isoformat() if once and once.row else ""
    rows = [[one.about.date or start, *_cells(thing, one)] for one in listed]
    content = csv_of(_header(), rows, spoken())
    answer = Response(content, content_type="text/csv; charset=utf-8")
    attach(answer, f"{fold(record.title)[:60] or 'list'}.csv")
    return uncached(answer)  # type: ignore[return-value]


def _header() -> list[str]:
    return [
        gettext("Date"), gettext("Name"), gettext("What they say"), gettext("Task"), gettext("People"),
        gettext("Meals"), gettext("Seats offered"), gettext("Seats looked for"), gettext("Brings"), gettext("Borrows"),
        gettext("Remark"), gettext("Was there"), gettext("How it came"), gettext("Written down by"),
    ]  # fmt: skip


def _cells(thing: Thing, answer: Answer) -> list[str]:
    one = entry(answer, thing.settings)
    was_there = {THERE: gettext("yes"), AWAY: gettext("no")}
    numbers = [str(number) if number else "" for number in (one.people, one.meal, one.seats, one.lift)]
    return [
        one.name, answer_words(answer), one.role, *numbers, ", ".join(one.brings), ", ".join(one.borrows),
        one.comment, was_there.get(one.attended, ""), channel_words(answer.who.channel), answer.writer,
    ]  # fmt: skip
