"""`gare export`: take the wiki out again."""

import sys
from datetime import date
from pathlib import Path

import click

from app.calendar import ics_writing
from app.catalog.occurrence_rows import OccurrenceQuery
from app.catalog.record_rows import RecordQuery
from app.cli.command import Group, opened
from app.cli.language import _
from app.cli.progress import shown
from app.errors import N_, Invalid
from app.forms.form import STATES
from app.people.viewer import OPERATOR
from app.records.exchange.export import KINDS
from app.records.exchange.export import export as write_records


@click.group(cls=Group, help=_("Take the wiki out again."))
def export() -> None:
    """Hold the kinds of export."""


@export.command(help=_("Write the public pages as a site of plain files, readable without a server."))
@click.argument("folder", type=click.Path(path_type=Path))
def html(folder: Path) -> None:
    """Write a static site."""
    from app.cli.site import write_site  # the web, which few commands need

    with opened() as station, shown() as progress:
        count = write_site(station.config, folder, progress)
    click.echo(_("Pages written: %(count)s. Open %(file)s.", count=count, file=folder / "index.html"))


def _kind(kind: str) -> None:
    @export.command(kind, help=_("Write all records of a form as %(kind)s, with what is private.", kind=kind))
    @click.argument("form")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
    def command(form: str, file: Path | None) -> None:
        _write(kind, form, file)


for _one in KINDS:
    _kind(_one)


@export.command(help=_("Write all events as a calendar, those that are not for everybody too."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def ics(file: Path | None) -> None:
    """Write the agenda."""
    _check(file)
    with opened() as station:
        texts = station.door.calendar_texts(OPERATOR, OccurrenceQuery(date.min))
        zones = {zone for one in texts for zone in one.zones}
        title, base = station.settings.get().title, f"{station.address}/"
    _give(file, ics_writing.calendar((one.ics for one in texts), zones, base=base, name=title))


def _write(kind: str, form: str, file: Path | None) -> None:
    _check(file)
    with opened() as station:
        query = RecordQuery(form, states=STATES)
        content = write_records(station, OPERATOR, query, kind, station.settings.get().language, station.address)
    _give(file, content)


def _check(file: Path | None) -> None:
    if file is None and sys.stdout.buffer.isatty():
        raise Invalid(N_("Name a file to write, or send the records into a pipe."))


def _give(file: Path | None, content: bytes) -> None:
    if file is None:
        sys.stdout.buffer.write(content)
    else:
        file.write_bytes(content)
