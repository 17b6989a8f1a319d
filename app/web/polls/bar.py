"""A poll on the page of its record: what is asked, until when, how many have answered; the same for all readers."""

from types import SimpleNamespace

from flask_babel import gettext

from app.answers import votes
from app.catalog.record_rows import RecordRow
from app.forms import poll as polls
from app.forms.form import Form
from app.web.kit import station
from app.web.language import day_in_words
from app.web.polls import closing, shown, things, wording


def bar(form: Form, row: RecordRow) -> SimpleNamespace | None:
    """Give what `voting/_bar.html` shows; None where nothing is asked."""
    thing = things.thing_of(form, row)
    if thing is None:
        return None
    poll, outcome = thing.poll, closing.outcome_of(thing)
    with station().truth.connect() as connection:
        number = 0 if outcome else votes.count(connection, row.id, poll)
    options = [] if poll.kind == polls.CONSENT else [wording.option_words(poll, key) for key in poll.keys]
    return SimpleNamespace(
        kind=gettext(wording.KINDS[poll.kind][0]), options=options, address=thing.address, outcome=outcome,
        closed=things.closed(thing), until=day_in_words(poll.until, "full"), poll=poll,
        count=wording.count_words(number) if number else "", stages=closing.stages(thing), is_asked=poll.is_asked,
        results=shown.results(thing, []) if outcome else None,
    )  # fmt: skip
