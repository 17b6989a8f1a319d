"""The answers to a poll as a table, for those who may see them."""

from flask import Blueprint, Response
from flask_babel import gettext

from app.answers import votes
from app.answers.votes import Vote
from app.errors import N_, Refused
from app.forms import poll as polls
from app.records.exchange.tables_out import csv_of
from app.web.answers.wording import channel_words
from app.web.kit import attach, station, typed_path, uncached
from app.web.language import spoken
from app.web.polls import things, wording
from app.web.polls.things import Thing
from app.wiki.page import fold

blueprint = Blueprint("poll_export", __name__)

_LATER = N_("The answers are seen once it is closed.")


@blueprint.get("/-/poll/list/<path:path>.csv")
def show(path: str) -> Response:
    """Give the table: a row for each who answered, a column for each option."""
    thing = things.find_own_thing(typed_path(path))
    if thing.poll.outcome is None and thing.poll.shown == polls.CLOSED:
        raise Refused(_LATER)
    with station().truth.connect() as connection:
        found = votes.list_votes(connection, thing.record.id, thing.poll)
    named = things.shown_by_name(thing, found)
    options = [wording.option_words(thing.poll, key) for key in thing.poll.keys]
    header = [gettext("Name"), *options, gettext("Remark"), gettext("How it came"), gettext("Written down by")]
    answer = Response(csv_of(header, [_cells(thing, one, one in named) for one in found], spoken()))
    answer.content_type = "text/csv; charset=utf-8"
    attach(answer, f"{fold(thing.record.title)[:60] or 'list'}.csv")
    return uncached(answer)  # type: ignore[return-value]


def _cells(thing: Thing, one: Vote, is_named: bool) -> list[str]:
    said = [gettext(wording.SAID[value]) if (value := one.said.choices.get(key, "")) else "" for key in thing.poll.keys]
    name = one.name if is_named else ""
    return [name, *said, one.said.comment, channel_words(one.who.channel), one.writer if name else ""]
