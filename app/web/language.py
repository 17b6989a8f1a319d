"""The language of the interface: what this device chose, else the site's. Not guessed: pages are kept in caches."""

from datetime import date
from typing import Any, cast

from flask import Flask, current_app, g, has_request_context
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from app.calendar.days import say_day
from app.station import Station
from app.web.display import chosen_display
from app.wiki.clean import trust


def connect(app: Flask, station: Station) -> None:
    """Give the application its translations."""

    def choose() -> str:
        chosen = chosen_display().lang if has_request_context() else ""
        settings = current_app.extensions["gare"].settings.get()
        return chosen if chosen in settings.offered else settings.language

    zone = station.config.timezone
    Babel(app, default_translation_directories="translations", default_timezone=zone, locale_selector=choose)
    # A page says thirty sentences; looking for its language thirty times would be a tenth of its cost.
    app.jinja_env.globals.update({"_": _say, "gettext": _say, "ngettext": _count})


def spoken() -> str:
    """Name the language of this answer, worked out once."""
    found = g.get("language")
    if found is None:
        found = g.language = str(get_locale())
    return cast(str, found)


def day_in_words(day: date | None, pattern: str = "long") -> str:
    """Say a day, by a pattern of `say_day`; nothing where there is none."""
    return say_day(day, spoken(), pattern) if day else ""


def translate(sentence: str) -> str:
    """Translate a sentence that many lines of one answer say."""
    return cast(str, _catalogue().ugettext(sentence))


def _say(sentence: str, **values: Any) -> Markup:
    """Translate a sentence of a template; the values are escaped."""
    said = trust(_catalogue().ugettext(sentence))
    return said % values if values else said


def _count(singular: str, plural: str, num: int, **values: Any) -> Markup:
    return trust(_catalogue().ungettext(singular, plural, num)) % {"num": num, **values}


def _catalogue() -> Any:
    """Give the translations of this request, looked up once."""
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found
