"""`gare export`: take the wiki out again."""

import sys
from pathlib import Path

import click

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


def _write(kind: str, form: str, file: Path | None) -> None:
    stream = sys.stdout.buffer
    if file is None and stream.isatty():
        raise Invalid(N_("Name a file to write, or send the records into a pipe."))
    with opened() as station:
        query = RecordQuery(form, states=STATES)
        content = write_records(station, OPERATOR, query, kind, station.settings.get().language, station.address)
    if file is None:
        stream.write(content)
    else:
        file.write_bytes(content)
