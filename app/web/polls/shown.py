"""What the pages of a poll show: options to choose from, what was answered, who said what."""

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace

from flask import request
from flask_babel import gettext

from app.answers import votes
from app.answers.votes import Said, Vote
from app.forms import poll as polls
from app.forms.poll import Count, Poll
from app.web.answers.wording import channel_words
from app.web.kit import viewer
from app.web.polls import things, wording
from app.web.polls.things import Thing

MOST_TYPED = 60


def typed_said(poll: Poll) -> Said:
    """Read an answer as it was typed; what is missing is told by `Said.checked`."""
    comment = request.form.get("comment", "")
    if poll.kind == polls.DATES:
        typed = {key: request.form.get(f"o.{key}", "") for key in poll.keys}
        said = {key: value or polls.NO for key, value in typed.items()} if any(typed.values()) else {}
        return Said(said, comment)
    chosen = [key[:MOST_TYPED] for key in request.form.getlist("choice")]
    if poll.kind == polls.SEVERAL:
        unknown = dict.fromkeys(chosen, polls.YES)
        return Said(dict.fromkeys(poll.keys, polls.NO) | unknown if chosen else {}, comment)
    return Said(dict.fromkeys(chosen[:1], polls.YES), comment)


def form_of(thing: Thing, before: Said | None) -> SimpleNamespace:
    """Give what the form shows: what was typed, else what was answered before."""
    poll = thing.poll
    said = typed_said(poll) if request.method == "POST" and "action" not in request.form else before or Said({})
    options = [
        SimpleNamespace(key=key, words=wording.option_words(poll, key), said=said.choices.get(key, ""))
        for key in poll.keys
    ]
    words = [(key, gettext(wording.SAID[key])) for key in (polls.YES, polls.PERHAPS, polls.NO)]
    return SimpleNamespace(kind=poll.kind, options=options, words=words, comment=said.comment)


def head(thing: Thing) -> dict[str, object]:
    """Give what the pages of a poll have in common."""
    return {
        "thing": thing, "poll": thing.poll, "title": thing.record.title, "page": thing.page, "answers": thing.address,
        "path": thing.record.path, "terms": wording.terms(thing.poll), "closed": things.closed(thing),
        "kind": gettext(wording.KINDS[thing.poll.kind][0]),
    }  # fmt: skip


def changed_since(thing: Thing, found: list[Vote]) -> datetime | None:
    """Give when a proposal was changed after somebody had answered; None where all have answered to it as it is."""
    poll, changed = thing.poll, thing.record.edited_at
    if poll.kind != polls.CONSENT or poll.outcome or not poll.is_asked:
        return None
    return changed if any(one.changed_at < int(changed.timestamp()) for one in found) else None


def results(thing: Thing, found: list[Vote]) -> SimpleNamespace:
    """Prepare what was answered: by option, and by person for who may see it."""
    poll = thing.poll
    counts = (poll.outcome and poll.outcome.counts) or votes.tally(poll, found)
    winner = votes.best(counts)
    lines = [_line(poll, key, counts.get(key, Count()), winner) for key in poll.keys]
    people = [_person(poll, one) for one in things.shown_by_name(thing, found)]
    named = {one.id for one in people}
    reasons = [one.said.comment for one in found if polls.OBJECTION in one.said.choices and one.id not in named]
    return SimpleNamespace(
        reasons=reasons if poll.kind == polls.CONSENT and viewer().is_signed_in else [], lines=lines, people=people,
        words=wording.count_words(len(found)), has_perhaps=poll.kind == polls.DATES,
        has_no=poll.is_each, number=len(found),
    )  # fmt: skip


def noted(thing: Thing, found: list[Vote]) -> SimpleNamespace:
    """Give what the viewer wrote down for others, where he sees nothing else yet: he may take it off."""
    return SimpleNamespace(people=[_person(thing.poll, one) for one in found if things.is_noted_by_viewer(one)])


def _line(poll: Poll, key: str, count: Count, winner: str) -> SimpleNamespace:
    is_best = poll.kind != polls.CONSENT and key == winner and bool(count.yes + count.perhaps)
    return SimpleNamespace(
        words=wording.option_words(poll, key), yes=count.yes, perhaps=count.perhaps, no=count.no, is_best=is_best
    )


def _person(poll: Poll, one: Vote) -> SimpleNamespace:
    by = one.writer
    is_mine = things.is_noted_by_viewer(one)
    return SimpleNamespace(
        id=one.id, name=one.name or gettext("Somebody"), said=said_words(poll, one.said), comment=one.said.comment,
        by=by, channel=channel_words(one.who.channel) if by else "", is_noted=bool(one.who.entered_by), is_mine=is_mine,
    )  # fmt: skip


def said_words(poll: Poll, said: Said) -> list[str]:
    """Say what somebody answered; what one says no to is left out."""
    chosen: Mapping[str, str] = {key: value for key, value in said.choices.items() if value != polls.NO}
    perhaps = gettext(wording.SAID[polls.PERHAPS])
    return [
        f"{wording.option_words(poll, key)} ({perhaps})" if value == polls.PERHAPS else wording.option_words(poll, key)
        for key, value in chosen.items()
    ]
