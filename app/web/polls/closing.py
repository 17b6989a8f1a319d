"""The end of a poll: its outcome is written onto its page; a proposal goes from stage to stage before."""

from collections.abc import Mapping
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import format_date, gettext
from werkzeug.wrappers import Response

from app.answers import poll_mails, votes
from app.answers.poll_mails import Matter
from app.errors import N_, Conflict, Invalid
from app.forms import poll as polls
from app.forms.poll import Count, Poll
from app.forms.types.days import read_day
from app.forms.types.polls import TEXTS
from app.records.changing import RecordState, change_record
from app.web.addresses import url
from app.web.answers.typed import faults
from app.web.kit import UNFIT, author, notice, render, say, station, typed_path, uncached, viewer
from app.web.polls import shown, things, wording
from app.web.polls.things import Thing
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes

blueprint = Blueprint("poll_close", __name__)

AGAIN = "again"  # instead of an outcome: the text was changed, objections are asked for once more
_CLOSED = N_("It is closed already.")
_NO_WORDS = N_("Write in a sentence what becomes of it.")
_NO_OUTCOME = N_("Choose what became of it.")


def outcome_of(thing: Thing) -> SimpleNamespace | None:
    """Say what became of a poll; None as long as it is open."""
    found = thing.poll.outcome
    if found is None:
        return None
    return SimpleNamespace(
        label=gettext(wording.OUTCOMES[found.kind]), words=found.words, day=format_date(found.day, "long"),
        winner=wording.option_words(thing.poll, found.winner) if found.winner else "",
        review=format_date(found.review, "long") if found.review else "",
    )  # fmt: skip


def ways(thing: Thing) -> list[tuple[str, str]]:
    """List what who looks after it can do: label and address."""
    path, found = thing.record.path, []
    if thing.poll.outcome is None:
        found.append((gettext("Close it, and write the outcome"), url("poll_close.show", path=path)))
        found.append((gettext("Print a sheet"), url("poll_sheet.show", path=path)))
    return [*found, (gettext("Get a table"), url("poll_export.show", path=path))]


def stages(thing: Thing) -> list[SimpleNamespace]:
    """List the stages of a proposal, and which one it is in."""
    poll = thing.poll
    if poll.kind != polls.CONSENT:
        return []
    known = list(wording.STAGES.items())
    return [
        SimpleNamespace(key=key, words=gettext(words), is_now=poll.outcome is None and key == poll.stage)
        for key, words in known
    ]


@blueprint.post("/-/poll/stage/<path:path>")
def advance(path: str) -> Response:
    """Bring a proposal to another stage."""
    thing, stage = things.find_own_thing(typed_path(path)), request.form.get("stage", "")
    if thing.poll.kind != polls.CONSENT or stage not in polls.STAGES:
        raise Invalid(_NO_OUTCOME)
    _change(thing, {"stage": stage}, gettext(wording.STAGES[stage]))
    notice("done", gettext(wording.STAGES[stage]))
    return redirect(thing.address, 303)


@blueprint.get("/-/poll/close/<path:path>")
def show(path: str) -> Response:
    """Ask what became of it."""
    return _form(things.find_own_thing(typed_path(path)), {})


def _form(thing: Thing, errors: dict[str, str], code: int = 200) -> Response:
    with station().truth.connect() as connection:
        found = votes.list_votes(connection, thing.record.id, thing.poll)
        was_asked = poll_mails.was_asked(connection, Matter(thing.record, thing.poll))
    counts, form = votes.tally(thing.poll, found), request.form
    options = [(key, wording.option_words(thing.poll, key)) for key in thing.poll.keys]
    return uncached(render(
        "voting/close.html", code, **shown.head(thing), errors=errors, results=shown.results(thing, found),
        options=[*options, ("", gettext("None of them"))], words=form.get("words", ""), was_asked=was_asked,
        winner=form.get("winner", votes.best(counts)), outcome=form.get("outcome", ""), review=form.get("review", ""),
        outcomes=_outcomes(), is_closed=thing.poll.outcome is not None,
    ))  # fmt: skip


def _outcomes() -> list[tuple[str, str]]:
    return [
        (polls.ADOPTED, gettext("Adopted: nothing speaks against it")),
        (AGAIN, gettext("Changed: objections are asked for once more")),
        (polls.WITHDRAWN, gettext("Withdrawn")),
    ]


@blueprint.post("/-/poll/close/<path:path>")
def close(path: str) -> Response:
    """Write the outcome onto the page, with the numbers as they are now."""
    thing = things.find_own_thing(typed_path(path))
    try:
        sentence = _close(thing)
    except (Invalid, Conflict) as error:
        return _form(thing, faults(error, "words"), error.status)
    notice("done", sentence)
    return redirect(thing.address, 303)


def _again(sentence: str, code: int) -> Response:
    return _form(things.find_own_thing(typed_path((request.view_args or {})["path"])), {"words": sentence}, code)


keep(blueprint, {"poll_close.close": _again})


def _close(thing: Thing) -> str:
    if thing.poll.outcome is not None:
        raise Conflict(_CLOSED)
    if thing.poll.kind == polls.CONSENT and request.form.get("outcome") == AGAIN:
        number = min(thing.poll.round_ + 1, polls.MOST_ROUNDS)
        _change(
            thing, {"round": str(number), "stage": polls.OBJECTIONS}, gettext("Objections are asked for once more.")
        )
        return gettext("Objections are asked for once more.")
    outcome = _typed(thing.poll)
    with station().truth.connect() as connection:
        counts = votes.tally(thing.poll, votes.list_votes(connection, thing.record.id, thing.poll))
    _change(thing, {**outcome, "closed": station().today().isoformat(), "counts": _kept(counts)}, gettext("Closed"))
    return gettext("It is closed. The outcome stands on its page.")


def _typed(poll: Poll) -> dict[str, str]:
    """Read the outcome; raises Mistakes."""
    form, errors = request.form, {}
    words = " ".join(UNFIT.sub(" ", form.get("words", "")).split())[: TEXTS["words"]]
    if not words:
        errors["words"] = gettext(_NO_WORDS)
    found = {"words": words}
    if poll.kind == polls.CONSENT:
        if form.get("outcome") not in (polls.ADOPTED, polls.WITHDRAWN):
            errors["outcome"] = gettext(_NO_OUTCOME)
        found["outcome"] = form.get("outcome", "")
        if form.get("review", "").strip():
            try:
                found["review"] = read_day(form["review"])
            except Invalid as error:
                errors["review"] = say(error)
    else:
        winner = form.get("winner", "")
        found |= {"outcome": polls.CHOSEN, "winner": winner} if winner in poll.keys else {"outcome": polls.NONE_CHOSEN}
    if errors:
        raise Mistakes(errors)
    return found


def _kept(counts: Mapping[str, Count]) -> dict[str, dict[str, str]]:
    return {key: {"yes": str(one.yes), "perhaps": str(one.perhaps), "no": str(one.no)} for key, one in counts.items()}


def _change(thing: Thing, said: Mapping[str, object], summary: str) -> None:
    """Write into the poll of the record; nothing where somebody has closed it meanwhile."""
    field = polls.field_of(thing.form)
    name = field.name if field else ""

    def change(state: RecordState) -> RecordState:
        now = state.values.get(name)
        known = polls.read(now) if now is not None else None
        if not isinstance(now, dict) or known is None or known.outcome is not None:
            raise Conflict(_CLOSED)
        return RecordState({**state.values, name: {**now, **said}}, state.body)  # type: ignore[dict-item]

    change_record(station(), viewer(), thing.record.path, change, author(), summary)
