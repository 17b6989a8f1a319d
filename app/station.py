"""The parts of one instance, made and connected: what the web, the jobs and the command line work with."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from app.catalog.catalog import CatalogDamaged
from app.catalog.wiki import Wiki
from app.config import Config
from app.database import settings as settings_table
from app.database.engine import make_engine
from app.database.fresh import Fresh, Stamp
from app.database.settings import Settings
from app.hooks import Hooks
from app.outbox import server
from app.people.door import Door


@dataclass(frozen=True, slots=True)
class Station:
    """One instance at work.

    `truth` is the engine of the truth database; `stamp` is touched when names or settings change.
    """

    config: Config
    hooks: Hooks
    truth: Engine
    stamp: Stamp
    settings: Fresh[Settings]
    wiki: Wiki
    door: Door

    @property
    def mail_config(self) -> Config:
        """The settings with the mail server that holds: that of gare.toml, else the one chosen in the browser."""
        return server.in_force(self.config, self.settings.get())

    @property
    def address(self) -> str:
        """The public address, without a slash at its end: that of gare.toml, else the one typed in the browser."""
        return (self.config.address or self.settings.get().address).rstrip("/")

    def today(self) -> date:
        """Give the day in the zone of the site."""
        return datetime.now(ZoneInfo(self.config.timezone)).date()

    def store_settings(self, **changes: str) -> None:
        """Keep new values of some settings of the site; every process sees them at once."""
        with self.truth.begin() as connection:
            settings_table.store(connection, changes)
        self.settings_changed()

    def settings_changed(self) -> None:
        """Let every process see the settings that were just written."""
        self.stamp.touch()
        with suppress(CatalogDamaged):  # then it is built anew, with these
            self.wiki.catch_up()  # who reads pages of which nothing is said stands in the catalog

    def close(self) -> None:
        """Let go of databases, child processes and files."""
        self.truth.dispose()
        self.wiki.close()


def open_station(config: Config, hooks: Hooks) -> Station:
    """Connect the parts; reads nothing yet but the settings."""
    truth = make_engine(config.truth_url)
    stamp = Stamp(config.instance / "settings.stamp")

    def load() -> Settings:
        with truth.connect() as connection:
            found = settings_table.load(connection)
        # Before the admin page said who writes, a line of the settings file did: as long as it stands, it holds.
        is_closed = found.writing == "all" and not config.anonymous_editing
        return replace(found, writing="members") if is_closed else found

    settings = Fresh(stamp, load)
    wiki = Wiki(
        config, hooks,
        language=lambda: settings.get().language,
        reading=lambda: settings.get().reading,
        writing=lambda: settings.get().writing,
    )  # fmt: skip
    station = Station(config, hooks, truth, stamp, settings, wiki, Door(wiki, truth, stamp))
    hooks.is_on = lambda plugin: settings.get().switched.get(plugin.name, plugin.is_on_at_first)
    for plugin in hooks.plugins:
        plugin.station = station
    return station
