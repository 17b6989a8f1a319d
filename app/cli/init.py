"""`gare init`: make an instance, the folder of everything that one installation knows."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import Connection, insert

from app.catalog import searching
from app.catalog.wiki import Plan, Session, Wiki
from app.cli.command import Command, instance
from app.cli.language import _
from app.config import FILE, declared
from app.database import truth
from app.database.settings import LANGUAGES, Settings
from app.errors import N_, Conflict
from app.loader import load_config, load_hooks
from app.people import authors
from app.people import tables as people
from app.shipped import beginning, content, groups, private
from app.station import Station, open_station
from app.wiki.frontmatter import parse
from app.wiki.page import fold


@click.command(cls=Command, help=_("Make an instance: an empty wiki with its first pages."))
@click.option("--title", help=_("Name of the site."))
@click.option("--lang", type=click.Choice(LANGUAGES), default="fr", show_default=True, help=_("Language of the site."))
@click.option("--demo", is_flag=True, help=_("Fill it with the pages of an invented valley."))
def init(title: str | None, lang: str, demo: bool) -> None:
    """Make an instance."""
    folder = instance()
    pages = content.starter(lang)
    if demo:
        shown = content.demo(lang)
        pages = pages.with_others(shown)
        title = title or parse(shown.pages.get("index", "")).text("title")
    settings = Settings(title=title or Settings().title, language=lang, set_up="1", demo=lang if demo else "")
    count = create(folder, settings, pages, has_plugins=True)
    click.echo(
        _("The wiki is ready in %(folder)s, with %(count)s pages. Start it: gare serve", folder=folder, count=count)
    )


def create(folder: Path, settings: Settings, pages: content.Content, *, has_plugins: bool = False) -> int:
    """Make an instance with these pages; gives their number. What fails leaves nothing behind.

    With `has_plugins` the ready forms of those that are on come with it.
    """
    with _removed_on_failure(folder):
        (folder / FILE).write_text(_settings_text(), encoding="utf-8")
        (folder / FILE).chmod(0o640)
        config = load_config(folder)
        station = open_station(config, load_hooks(config))
        try:
            _fill(station, settings, pages, has_plugins=has_plugins)
        finally:
            station.close()
    return len(pages.pages)


@contextmanager
def _removed_on_failure(folder: Path) -> Iterator[None]:
    if folder.exists() and any(folder.iterdir()):
        raise Conflict(N_("The folder %(folder)s is not empty. Choose another one with --instance."), folder=folder)
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    try:
        yield
    except BaseException:
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        if not was_there:
            folder.rmdir()
        raise


def _fill(station: Station, settings: Settings, pages: content.Content, *, has_plugins: bool) -> None:
    truth.check_empty(station.truth)
    truth.migrate(station.truth, station.hooks.plugins)
    station.store_settings(**asdict(settings))
    with station.truth.begin() as connection:
        _name_the_program(connection)
    station.wiki.store.create()
    station.wiki.catalog.create()
    station.wiki.catch_up()
    if has_plugins:
        beginning.begin(station)
    if pages.pages:
        station.wiki.change(lambda session: _plan(session, station.wiki, pages))
        private.keep(station.wiki, station.truth, pages)
        groups.exchange(station.truth, (), pages.groups)
    searching.follow(station.wiki)


def _name_the_program(connection: Connection) -> None:
    """Give the program a name, under which its own changes stand in the history."""
    row = {"pseudonym": authors.SYSTEM, "name": content.NAME, "name_key": fold(content.NAME), "is_typed": False}
    connection.execute(insert(people.authors), {**row, "created_at": int(time.time())})


def _plan(session: Session, wiki: Wiki, pages: content.Content) -> Plan:
    return Plan(list(content.writing(session, wiki.files, pages)), authors.SYSTEM, "")


def _settings_text() -> str:
    """Write a settings file in which every setting stands with its meaning, switched off."""
    lines = ["# Settings of this instance. Take the # away before a line to set it; restart the site after.\n"]
    for name, one in declared().items():
        example = one.metadata["example"] if isinstance(one.default, str) else str(one.default).lower()
        quoted = f'"{example}"' if isinstance(one.default, str) else example
        lines.append(f"\n# {one.metadata['meaning']}\n# {name} = {quoted}\n")
    return "".join(lines)
