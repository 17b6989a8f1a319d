"""The agendas of others, for administrators: add one by its address, see how it is going, take it away."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import GareError
from app.plugin import (
    CalendarDate,
    CalendarDates,
    check_admin,
    door,
    notice,
    render,
    say,
    say_date,
    spoken,
    station,
    uncached,
    url,
    viewer,
    when,
)
from plugins.agenda import fetching, sources
from plugins.agenda.sources import Source, Wish

blueprint = Blueprint("agenda_sources", __name__, url_prefix="/sources")

MOST_SHOWN = 5  # dates of an agenda that is looked at; faults as well
PUBLIC, MEMBERS, GROUP = "public", "members", "group:"


@blueprint.get("")
def show() -> Response:
    """List them, and ask for the address of one more."""
    check_admin()
    return _list("", {})


@blueprint.post("")
def take() -> Response:
    """Show what an address holds; once it was seen, keep it."""
    check_admin()
    typed = request.form.get("calendar", "")
    try:
        address = sources.read_address(typed)
        if request.form.get("action") == "keep":
            return _keep(_wish(address))
        return _found(address, fetching.look(station(), address))
    except GareError as error:
        return _list(typed, {"calendar": say(error)}, error.status)


@blueprint.post("/again")
def again() -> Response:
    """Bring one back that was just taken away."""
    check_admin()
    audience = request.args.get("audience", "")
    return _keep(_wish(sources.read_address(request.args.get("calendar", "")), audience))


@blueprint.get("/<int(max=999999999):number>")
def edit(number: int) -> Response:
    """Show one: how it is going, and how it is shown."""
    check_admin()
    return _one(_find(number), {})


@blueprint.post("/<int(max=999999999):number>")
def change(number: int) -> Response:
    """Ask for one now, take it away, or keep how it is shown."""
    check_admin()
    source, action = _find(number), request.form.get("action", "")
    if action == "fetch":
        return _fetch(source)
    if action == "remove":
        return _remove(source)
    try:
        with station().truth.begin() as connection:
            sources.change(connection, number, _wish(source.address, source.audience))
    except GareError as error:
        return _one(source, {"title": say(error)}, error.status)
    station().stamp.touch()
    notice("done", gettext("Saved."))
    return redirect(url("agenda_sources.show"), 303)


# -- doing -----------------------------------------------------------------------------------------------------------


def _find(number: int) -> Source:
    with station().truth.connect() as connection:
        return sources.find(connection, number)


def _wish(address: str, known: str = "") -> Wish:
    """Read how an agenda is to be shown, `known` being to whom until now; what is not to choose is left out."""
    typed = request.values
    space, audience = typed.get("space", ""), typed.get("audience", PUBLIC)
    return Wish(
        address=address,
        title=typed.get("title", ""),
        space=space if space in dict(_spaces()) else "",
        audience=audience if audience in dict(_audiences(known)) else MEMBERS,
    )


def _keep(wish: Wish) -> Response:
    with station().truth.begin() as connection:
        number = sources.add(connection, wish, viewer().pseudonym or "")
    fetching.refresh(station(), number)
    source = _find(number)
    if source.error:
        notice("warning", _error(source))
    else:
        notice("done", gettext("The dates of “%(title)s” stand in the agenda now.", title=source.title))
    return redirect(url("agenda_sources.show"), 303)


def _fetch(source: Source) -> Response:
    fetching.refresh(station(), source.id)
    now = _find(source.id)
    notice("warning" if now.error else "done", _error(now) or gettext("It was asked for just now."))
    return redirect(url("agenda_sources.edit", number=source.id), 303)


def _remove(source: Source) -> Response:
    with station().truth.begin() as connection:
        sources.remove(connection, source.id)
    station().stamp.touch()
    same = {"calendar": source.address, "title": source.title, "space": source.space, "audience": source.audience}
    undo = (gettext("Show it again"), url("agenda_sources.again", **same))
    notice("done", gettext("“%(title)s” is not shown any more.", title=source.title), undo)
    return redirect(url("agenda_sources.show"), 303)


# -- showing ---------------------------------------------------------------------------------------------------------


def _list(typed: str, errors: dict[str, str], code: int = 200) -> Response:
    with station().truth.connect() as connection:
        rows = [_shown(source) for source in sources.every(connection)]
    return uncached(render("agenda/sources.html", code, sources=rows, typed=typed, errors=errors))


def _found(address: str, found: CalendarDates) -> Response:
    """Show what stands at an address, before it is kept."""
    with station().truth.connect() as connection:
        if any(source.address == address for source in sources.every(connection)):
            return _list(address, {"calendar": gettext(sources.KNOWN)}, 400)
    today = station().today()
    coming = sorted((one for one in found.dates if one.end.date() >= today), key=lambda one: one.starts_at)
    faults = [_fault(fault.title, gettext(fault.msgid, **fault.values)) for fault in found.faults]
    return uncached(render(
        "agenda/source_found.html", calendar=address, count=len(found.events), coming=len(coming),
        dates=[_date(one) for one in coming[:MOST_SHOWN]], faults=faults[:MOST_SHOWN], left=len(faults[MOST_SHOWN:]),
        values=SimpleNamespace(title=found.name or address.split("/")[2], space="", audience=PUBLIC),
        spaces=_spaces(), audiences=_audiences(), errors={},
    ))  # fmt: skip


def _fault(title: str, sentence: str) -> str:
    return gettext("%(words)s:", words=title) + f" {sentence}" if title else sentence


def _date(one: CalendarDate) -> SimpleNamespace:
    return SimpleNamespace(
        title=one.title, when=say_date(one.start, one.end, one.is_all_day, spoken()), place=one.place
    )


def _one(source: Source, errors: dict[str, str], code: int = 200) -> Response:
    values = _wish(source.address, source.audience) if errors else source
    return uncached(render(
        "agenda/source.html", code, source=_shown(source), values=values, errors=errors, spaces=_spaces(),
        audiences=_audiences(source.audience),
    ))  # fmt: skip


def _shown(source: Source) -> SimpleNamespace:
    return SimpleNamespace(
        number=source.id, title=source.title, address=source.address, host=source.host, events=source.events,
        lost=source.lost, error=_error(source), last=_moment(source.fetched_at), next=_moment(source.next_at),
        audience=dict(_audiences(source.audience)).get(source.audience, source.audience),
    )  # fmt: skip


def _error(source: Source) -> str:
    return gettext(source.error, **source.error_values) if source.error else ""


def _moment(seconds: int | None) -> str:
    zone = ZoneInfo(station().config.timezone)
    return when(datetime.fromtimestamp(seconds, zone)) if seconds else ""


def _spaces() -> list[tuple[str, str]]:
    return [("", gettext("No one in particular")), *((space, title) for space, title, _ in door().spaces(viewer()))]


def _audiences(known: str = "") -> list[tuple[str, str]]:
    """List who may see an agenda: also the group that sees it until now, whoever of the administrators is in it."""
    names = list(viewer().groups)
    if known.startswith(GROUP) and known.removeprefix(GROUP) not in names:
        names.append(known.removeprefix(GROUP))
    groups = [(f"{GROUP}{name}", gettext("The group “%(name)s”", name=name)) for name in names]
    return [(PUBLIC, gettext("Everybody")), (MEMBERS, gettext("Members")), *groups]
