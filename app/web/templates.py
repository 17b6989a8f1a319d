"""What every template can use: site, viewer, addresses, dates, icons' file."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_time
from flask import Flask, get_flashed_messages, request, url_for
from flask_babel import gettext
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from app import __version__
from app.calendar.days import say_day
from app.errors import N_, Unavailable
from app.web import plugged
from app.web.addresses import address, here, logo_address, static
from app.web.display import chosen_display
from app.web.kit import door, generation, station, viewer
from app.web.language import spoken, translate
from app.web.menu import read_menu
from app.web.personal import token
from app.web.theme import Theme
from app.wiki.clean import trust
from app.wiki.page import HELP, INDEX

MENU = 8  # entries, where the administrator wrote none


def connect(app: Flask, theme: Theme) -> None:
    """Give the application its templates and what they use."""
    app.extensions["gare.theme"] = theme
    app.jinja_env.loader = theme.templates()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    zone = ZoneInfo(app.extensions["gare"].config.timezone)
    app.jinja_env.globals.update(
        address=address,
        url=url_for,
        static=static,
        when=lambda moment, style="": when(moment.astimezone(zone), style),
        csrf_field=csrf_field,
        icon=icon,
        time=lambda moment, style="": time(moment.astimezone(zone), style),
    )
    app.context_processor(_context)


def icon(name: str) -> Markup:
    """Draw an icon; it stands beside a word, never alone. Names: themes/README.md."""
    return trust(f'<svg class="icon" aria-hidden="true"><use href="{static("icons.svg")}#{escape(name)}"></use></svg>')


def time(moment: datetime, style: str = "") -> Markup:
    """Write a moment for people and for machines; `style` as for `when`."""
    stamp, words = moment.isoformat(timespec="seconds"), escape(when(moment, style))
    return trust(f'<time datetime="{stamp}">{words}</time>')


def when(moment: datetime, style: str = "") -> str:
    """Say a moment in words: “jeudi 12 mars à 20 h”; the year is added when it is not this one."""
    locale = spoken()
    if style == "time":
        return _clock(moment, locale)
    this_year = moment.year == datetime.now(moment.tzinfo).year
    if style == "short":
        return say_day(moment.date(), locale, "d MMM" if this_year else "d MMM y")
    day = say_day(moment.date(), locale, "EEEE d MMMM" if this_year else "EEEE d MMMM y")
    return (
        day if style == "date" else translate(N_("%(day)s at %(hour)s")) % {"day": day, "hour": _clock(moment, locale)}
    )


def _clock(moment: datetime, locale: str) -> str:
    if locale == "fr":
        return f"{moment.hour}\u00a0h\u00a0{moment.minute:02d}" if moment.minute else f"{moment.hour}\u00a0h"
    return format_time(moment, "h:mm a", locale=locale)


def csrf_field() -> Markup | str:
    """Give the hidden field that proves a form is ours; the anonymous need none (see `protection`)."""
    return trust(f'<input type="hidden" name="csrf_token" value="{token()}">') if viewer().is_signed_in else ""


class _Site:
    """What templates read of the site; the menu is worked out only where it is shown."""

    def __init__(self) -> None:
        settings = station().settings.get()
        self.title, self.lang, self.accent = settings.title, settings.language, settings.accent
        self.place, self.logo, self.reading = settings.place, logo_address(settings.logo), settings.reading
        self.comments = settings.comments
        self.languages, self.version = settings.offered, __version__
        self._menu = settings.menu

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The main menu: what the administrator wrote, else the spaces and what plugins show."""
        entries, _ = read_menu(self._menu)
        if entries:
            return [(words, address(path)) for words, path in entries]
        own, taken = plugged.menu(), plugged.words()
        try:
            spaces = [one for one in door().spaces(viewer(), generation()) if one[0] not in taken]
        except Unavailable:  # the catalog is being rebuilt; a page is shown all the same
            return own
        return own + _entries(spaces, MENU - len(own))


def _entries(spaces: list[tuple[str, str, int]], most: int) -> list[tuple[str, str]]:
    """Give the spaces where all of them have room, else those with a home page, else the help: some would be chance."""
    if len(spaces) > most:
        homes = door().titles(viewer(), [f"{space}/{INDEX}" for space, _, _ in spaces], generation())
        spaces = [one for one in spaces if f"{one[0]}/{INDEX}" in homes]
    if len(spaces) > most:
        return [(gettext("Help"), address(HELP))]
    return [(title, address(f"{space}/{INDEX}")) for space, title, _ in spaces]


def _context() -> dict[str, Any]:
    messages = get_flashed_messages(with_categories=True) if _has_session() else []
    return {
        "site": _Site(),
        "viewer": viewer(),
        "display": chosen_display(),
        "lang": spoken(),
        "query": request.args.get("q", "") if request.endpoint == "search.search" else "",
        "here": here(),
        "notices": [(kind, said["sentence"], said["undo"]) for kind, said in messages],
    }


def _has_session() -> bool:
    """Tell whether the browser sent a session cookie: only then is the session looked into."""
    return "session" in request.cookies


def day_of(moment: datetime) -> str:
    """Give the day of a moment in the site's zone, as a key to group by."""
    return moment.astimezone(ZoneInfo(station().config.timezone)).date().isoformat()


def format_moment(moment: datetime) -> str:
    """Say a moment outside templates."""
    zone = ZoneInfo(station().config.timezone)
    return when(moment.astimezone(zone))
