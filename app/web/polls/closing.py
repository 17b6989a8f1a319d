"""The end of a poll: its outcome is written onto its page; a proposal goes from stage to stage before."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import poll_mails, votes
from app.answers.poll_mails import Matter
from app.errors import N_, Conflict, Invalid
from app.forms import poll as polls
from app.forms.poll import Count, Poll
from app.forms.types.days import read_day
from app.forms.types.polls import TEXTS
from app.people.viewer import OPERATOR
from app.records.changing import RecordState, change_record
from app.web.addresses import url
from app.web.answers.typed import faults
from app.web.kit import UNFIT, author, notice, render, say, station, typed_path, uncached
from app.web.language import day_in_words
from app.web.polls import reopening, shown, things, wording
from app.web.polls.things import Thing
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes

blueprint = Blueprint("poll_close", __name__)

AGAIN = "again"  # instead of an outcome: the text was changed, objections are asked for once more
_CLOSED = N_("It is closed already.")
_NO_WORDS = N_("Write in a sentence what becomes of it.")
_NO_UNTIL = N_("The last day is over. Say until when one can answer now.")
_MOVED_ON = N_("Somebody went on with it meanwhile. Look at it again.")
_NOT_ASKED = N_("Ask for objections first. It is adopted once everybody could object.")
_NO_OUTCOME = N_("Choose what became of it.")


def outcome_of(thing: Thing) -> SimpleNamespace | None:
    """Say what became of a poll; None as long as it is open."""
    found = thing.poll.outcome
    if found is None:
        return None
    return SimpleNamespace(
        label=gettext(wording.OUTCOMES[found.kind]), words=found.words, day=day_in_words(found.day),
        winner=wording.option_words(thing.poll, found.winner) if found.winner else "",
        review=day_in_words(found.review),
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
    try:
        said = {"stage": stage, **(_until(thing) if stage == polls.OBJECTIONS else {})}
    except Mistakes as error:
        return _form(thing, faults(error, "until"), error.status)
    if thing.poll.is_asked and stage != polls.OBJECTIONS:  # what was answered was said of the text as it was
        said["round"] = _next_round(thing.poll)
    try:
        _change(thing, said, gettext(wording.STAGES[stage]))
    except Conflict as error:
        return _form(thing, faults(error, "words"), error.status)
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
    may_count = thing.poll.shown != polls.CLOSED or bool(things.closed(thing))  # else nobody does, before its end
    found = found if may_count else []
    counts, form = votes.tally(thing.poll, found), request.form
    options = [(key, wording.option_words(thing.poll, key)) for key in thing.poll.keys]
    return uncached(render(
        "voting/close.html", code, **shown.head(thing), errors=errors, results=shown.results(thing, found),
        may_count=may_count,
        options=[*options, ("", gettext("None of them"))], words=form.get("words", ""), was_asked=was_asked,
        winner=form.get("winner", votes.best(counts) if may_count else "-"), until=form.get("until", ""),
        outcome=form.get("outcome", ""), review=form.get("review", ""),
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
    is_over = request.form.get("outcome") != AGAIN
    notice("done", sentence, (gettext("Open it again"), reopening.address(thing)) if is_over else None)
    return redirect(thing.address, 303)


def _again(sentence: str, code: int) -> Response:
    return _form(things.find_own_thing(typed_path((request.view_args or {})["path"])), {"words": sentence}, code)


keep(blueprint, {"poll_close.close": _again})


def _close(thing: Thing) -> str:
    if thing.poll.outcome is not None:
        raise Conflict(_CLOSED)
    if request.form.get("round", str(thing.poll.round_)) != str(thing.poll.round_):
        raise Conflict(_MOVED_ON)
    if thing.poll.kind == polls.CONSENT and request.form.get("outcome") == AGAIN:
        said = {"round": _next_round(thing.poll), "stage": polls.OBJECTIONS, **_until(thing)}
        _change(thing, said, gettext("Objections are asked for once more."))
        return gettext("Objections are asked for once more.")
    outcome = _typed(thing.poll)

    def said() -> dict[str, object]:
        with station().truth.connect() as connection:
            counts = votes.tally(thing.poll, votes.list_votes(connection, thing.record.id, thing.poll))
        return {**outcome, "closed": station().today().isoformat(), "counts": _kept(counts)}

    _change(thing, said, gettext("Closed"))
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
        elif form["outcome"] == polls.ADOPTED and not poll.is_asked:
            errors["outcome"] = gettext(_NOT_ASKED)
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


def _next_round(poll: Poll) -> str:
    return str(min(poll.round_ + 1, polls.MOST_ROUNDS))


def _until(thing: Thing) -> dict[str, str]:
    """Read until when is asked from now on; raises Mistakes where the last day is over and no other is typed."""
    typed = request.form.get("until", "").strip()
    try:
        found = read_day(typed) if typed else ""
    except Invalid as error:
        raise Mistakes({"until": say(error)}) from error
    last = found or (thing.poll.until.isoformat() if thing.poll.until else "")
    if last and last < station().today().isoformat():
        raise Mistakes({"until": gettext(_NO_UNTIL)})
    return {"until": found} if found else {}


def _change(thing: Thing, said: Mapping[str, object] | Callable[[], Mapping[str, object]], summary: str) -> None:
    """Write into the poll of the record; nothing where somebody has closed it meanwhile, or asked anew."""
    field = polls.field_of(thing.form)
    name = field.name if field else ""

    def change(state: RecordState) -> RecordState:
        now = state.values.get(name)
        known = polls.read(now) if now is not None else None
        if not isinstance(now, dict) or known is None or known.outcome is not None:
            raise Conflict(_CLOSED)
        if (known.round_, known.stage) != (thing.poll.round_, thing.poll.stage):
            raise Conflict(_MOVED_ON)
        return RecordState({**state.values, name: {**now, **(said() if callable(said) else said)}}, state.body)  # type: ignore[dict-item]

    change_record(station(), OPERATOR, thing.record.path, change, author(), summary)
