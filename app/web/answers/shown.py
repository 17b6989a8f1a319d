"""What is shown of answers: numbers for all, names for members who may read the page."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace

from flask_babel import gettext

from app.answers import counting
from app.answers.answer import NO, PERHAPS, WAITING, YES, About, Answer
from app.answers.counting import NONE, Counts
from app.errors import N_
from app.forms.signup import Signup
from app.web.answers.dates import Date
from app.web.answers.wording import channel_words
from app.web.kit import station, viewer
from app.wiki.page import fold

SAID = {YES: N_("I come"), PERHAPS: N_("I come perhaps"), NO: N_("I do not come")}


def counted(dates: Iterable[Date]) -> dict[About, Counts]:
    """Count the answers about some dates."""
    with station().truth.connect() as connection:
        return counting.counts(connection, [date.about for date in dates])


def numbers(date: Date, known: Mapping[About, Counts]) -> SimpleNamespace:
    """Give the numbers of one date for templates."""
    here, settings = known.get(date.about, NONE), date.thing.settings
    return SimpleNamespace(
        date=date, words=date.words, address=date.address, yes=here.yes, perhaps=here.perhaps, no=here.no,
        waiting=here.waiting, free=here.free(settings),
        is_full=settings.places is not None and here.yes >= settings.places,
        roles=[_role(role.name, here.by_role.get(role.key, 0), role.places) for role in settings.roles],
        full={role.key for role in settings.roles if role.places and here.by_role.get(role.key, 0) >= role.places},
    )  # fmt: skip


def _role(name: str, here: int, places: int | None) -> SimpleNamespace:
    return SimpleNamespace(name=name, here=here, places=places)


def people_of(date: Date, found: Sequence[Answer], *, is_organiser: bool) -> list[SimpleNamespace]:
    """List who comes, perhaps comes, waits; who does not come only for those who organise."""
    groups = [
        (gettext("They come"), [one for one in found if one.takes_place]),
        (gettext("They wait for a place"), [one for one in found if one.state == WAITING]),
        (gettext("They come perhaps"), [one for one in found if one.wish.value == PERHAPS]),
        (gettext("They do not come"), [one for one in found if one.wish.value == NO and is_organiser]),
    ]
    return [
        SimpleNamespace(title=title, people=[_person(one, date.thing.settings, is_organiser) for one in answers])
        for title, answers in groups
        if answers
    ]


def _person(one: Answer, settings: Signup, is_organiser: bool) -> SimpleNamespace:
    is_own = viewer().pseudonym is not None and one.pseudonym == viewer().pseudonym
    is_shown = not one.wish.is_hidden or is_organiser or is_own
    role = settings.find_role(one.wish.role)
    is_mine = bool(one.who.entered_by) and one.who.entered_by == viewer().pseudonym
    return SimpleNamespace(
        id=one.id, name=(one.name if is_shown else "") or gettext("Somebody"), people=one.wish.people,
        role=role.name if role else "", comment=one.wish.comment if is_shown else "", is_hidden=one.wish.is_hidden,
        said=details(one, settings), by=one.writer, channel=channel_words(one.who.channel) if one.writer else "",
        may_change=is_organiser or is_mine, is_noted=bool(one.who.entered_by),
    )  # fmt: skip


def details(one: Answer, settings: Signup) -> list[str]:
    """Say what somebody brings, offers and looks for."""
    wish = one.wish
    tools = {fold(name): name for name in settings.tools}
    said = [
        gettext("meals: %(num)s", num=wish.meal) if wish.meal else "",
        gettext("seats offered: %(num)s", num=wish.seats) if wish.seats else "",
        gettext("seats looked for: %(num)s", num=wish.lift) if wish.lift else "",
        _tools(gettext("brings: %(tools)s"), wish.bring, tools),
        _tools(gettext("needs: %(tools)s"), wish.borrow, tools),
    ]
    return [sentence for sentence in said if sentence]


def _tools(sentence: str, keys: Sequence[str], tools: Mapping[str, str]) -> str:
    names = [tools[key] for key in keys if key in tools]
    return sentence % {"tools": ", ".join(names)} if names else ""


def tool_keys(settings: Signup) -> list[tuple[str, str]]:
    """List the tools with their keys."""
    return [(fold(name), name) for name in settings.tools]


def summary(date: Date, found: Sequence[Answer]) -> list[tuple[str, str]]:
    """Add up meals, seats and tools of those who come: label and number."""
    coming = [one.wish for one in found if one.takes_place]
    settings, lines = date.thing.settings, list[tuple[str, str]]()
    if settings.asks_meal:
        lines.append((gettext("Meals"), str(sum(wish.meal for wish in coming))))
    if settings.asks_seats and any(wish.seats or wish.lift for wish in coming):
        lines.append((gettext("Seats offered in cars"), str(sum(wish.seats for wish in coming))))
        lines.append((gettext("Seats looked for"), str(sum(wish.lift for wish in coming))))
    for name in settings.tools:
        brought, wanted = (sum(fold(name) in keys for keys in of) for of in
                           ([wish.bring for wish in coming], [wish.borrow for wish in coming]))  # fmt: skip
        if brought or wanted:
            lines.append((name, gettext("%(brought)s brought, %(wanted)s needed", brought=brought, wanted=wanted)))
    return lines
