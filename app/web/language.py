"""The language of the interface: what this device chose, else the site's. Not guessed: pages are kept in caches."""

from flask import Flask, has_request_context
from flask_babel import Babel

from app.station import Station
from app.web.display import chosen_display


def connect(app: Flask, station: Station) -> None:
    """Give the application its translations."""

    def choose() -> str:
        chosen = chosen_display().lang if has_request_context() else ""
        return chosen or station.settings.get().language

    zone = station.config.timezone
    Babel(app, default_translation_directories="translations", default_timezone=zone, locale_selector=choose)
