"""The agenda in calendars of other programs: all of it or what is filtered, one event, what somebody comes to."""

from collections.abc import Callable

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, NotFound
from app.plugin import (
    OccurrenceQuery,
    RecordRow,
    absolute,
    cached,
    calendar_file,
    door,
    etag_of,
    feed_owner,
    generation,
    here,
    named_file,
    own_dates,
    packed,
    spoken,
    station,
    url,
    viewer,
)
from plugins.agenda import filters, model
from plugins.agenda.model import EARLIEST, Asked

blueprint = Blueprint("agenda_calendar", __name__, url_prefix=".ics")  # `/agenda.ics`
events = Blueprint("agenda_event", __name__)

MIMETYPE = "text/calendar; charset=utf-8"
NO_EVENT = N_("There is no event of that name.")


@blueprint.get("")
def show() -> Response:
    """Give the events that are asked for, with all their dates; with a key, those that its owner may read."""
    name_reader()
    asked = model.read(door().dated_forms(viewer()), request.args)

    def write() -> bytes:
        query = OccurrenceQuery(EARLIEST, forms=asked.forms, where=asked.where, words=asked.words)
        return calendar_file(door().calendar_texts(viewer(), query), title_of(asked))

    return until_change_packed(MIMETYPE, write)


@events.get("/mine.ics")
def mine() -> Response:
    """Give the dates to which the owner of a key comes."""
    texts = own_dates(feed_owner())
    body = calendar_file(texts, f"{station().settings.get().title} · {gettext('What I go to')}")
    return cached(Response(body, content_type=MIMETYPE), etag_of(body))


@events.get("/<path:path>.ics")
def calendar(path: str) -> Response:
    """Give one event with all its dates."""
    row = event_at(path)
    texts = door().calendar_texts(viewer(), OccurrenceQuery(EARLIEST, ids=(row.id,)))
    if not texts:
        raise NotFound(NO_EVENT)
    body = calendar_file(texts, row.title)
    response = cached(Response(body, content_type=MIMETYPE), etag_of(body))
    return named_file(response, f"{row.path.rpartition('/')[2]}.ics")


def event_at(path: str) -> RecordRow:
    """Find the record with dates that an address below the word names; raises NotFound."""
    name_reader()
    dated = {form.name for form in door().dated_forms(viewer())}
    found = (door().find_record(viewer(), one) for one in (f"{_word()}/{path}", path))
    row = next((one for one in found if one is not None), None)
    if row is None or row.form not in dated:
        raise NotFound(NO_EVENT)
    return row


def event_address(endpoint: str, path: str) -> str:
    """Give the address of an event in another shape: that of its page and an ending, if it stands below the word."""
    return url(endpoint, path=path.removeprefix(f"{url('agenda.show').strip('/').rpartition('/')[2]}/"))


def _word() -> str:
    """Give the first segment of the agenda's addresses."""
    return request.path.split("/")[1]


def name_reader() -> None:
    """Let the owner of the key in the address be the reader; raises NotFound where the key is of no use."""
    if request.args.get("key"):
        feed_owner()


def title_of(asked: Asked) -> str:
    """Name a calendar: by the site, and by what narrows it."""
    forms = door().dated_forms(viewer())
    narrowed = [one.words for one in filters.chips(asked, forms, filters.labels(), "")]
    return f"{station().settings.get().title} · {', '.join(narrowed) or gettext('Agenda')}"


def until_change_packed(mimetype: str, write: Callable[[], bytes]) -> Response:
    """Answer with a file that is the same until the wiki, its settings, the reader or the day change."""
    etag = etag_of(
        generation(), station().stamp.read(), station().settings.get(), viewer(), station().today(), spoken(),
        absolute(here()),
    )  # fmt: skip
    return packed(etag, mimetype, write)
