"""`gare import`: records from tables and maps. Others add their kinds here."""

from pathlib import Path

import click

from app.calendar import ics_child
from app.cli.command import Group, opened
from app.cli.language import _, in_language, say
from app.cli.progress import shown
from app.errors import N_, Conflict, TooLarge
from app.forms.form import Form, words_in
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.records import communes
from app.records.exchange import events_in, reading, taking_in
from app.records.exchange.report import CHANGED, CREATED, REFUSED, UNCHANGED, Report
from app.records.exchange.sheet import MOST_BYTES, TOO_BIG
from app.station import Station

SUMMARY = N_("Import: %(what)s")
REFUSED_SOME = N_("Some lines were refused. Mend them and import the file again.")


@click.group("import", cls=Group, help=_("Take records in from files."))
def import_() -> None:
    """Hold the kinds of import."""


def _kind(kind: str, sentence: str) -> None:
    @import_.command(kind, help=sentence)
    @click.argument("form")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--key", default="", help=_("Column by which lines update records that are there."))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
    def command(form: str, file: Path, key: str, *, dry_run: bool) -> None:
        _take_in(kind, form, file, key, is_dry=dry_run)


_kind("csv", _("Records of a form from a CSV file."))
_kind("xlsx", _("Records of a form from a spreadsheet."))
_kind("geojson", _("Records of a form from a GeoJSON file."))
_kind("gogocarto", _("Records of a form from a file of GoGoCarto."))


@import_.command("ics", help=_("Events from a calendar, whatever program it comes from."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--form", "name", default="event", show_default=True, help=_("Form of the records."))
@click.option("--space", "spaces", multiple=True, help=_("Space that the events concern."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
def ics(file: Path, name: str, spaces: tuple[str, ...], *, dry_run: bool) -> None:
    """Take the events of a calendar in as one change; those that are there already are changed or stay."""
    if file.stat().st_size > ics_child.MOST_BYTES:
        raise TooLarge(ics_child.TOO_BIG, most=ics_child.MOST_BYTES // 1_000_000)
    with opened() as station, shown() as progress:
        station.wiki.catch_up()
        form = station.door.form(OPERATOR, name)
        found = events_in.read_file(station, file.read_bytes())
        prepared = events_in.prepare(
            station, OPERATOR, form, found, station.today(), spaces, lambda done, every: progress("events", done, every)
        )
        if not dry_run:
            _carry_out(station, prepared, form)
    _tell(prepared.report, is_dry=dry_run)


def _take_in(kind: str, name: str, file: Path, key: str, *, is_dry: bool) -> None:
    if file.stat().st_size > MOST_BYTES:
        raise TooLarge(TOO_BIG, most=MOST_BYTES // 1_000_000)
    with opened() as station, shown() as progress:
        station.wiki.catch_up()
        form = station.door.form(OPERATOR, name)
        table = reading.read(file.read_bytes(), form, communes.bounds(station), kind)
        today = station.today()
        prepared = taking_in.prepare(
            station, OPERATOR, form, table, today, key, lambda done, every: progress("records", done, every)
        )
        if not is_dry:
            _carry_out(station, prepared, form)
    _tell(prepared.report, is_dry=is_dry)


def _carry_out(station: Station, prepared: taking_in.Prepared, form: Form) -> None:
    spoken = station.settings.get().language
    summary = in_language(SUMMARY, spoken) % {"what": words_in(form.plural, spoken) or form.name}
    taking_in.carry_out(station, OPERATOR, prepared, SYSTEM, summary)


def _tell(report: Report, *, is_dry: bool) -> None:
    """Print what became of the lines; those that were refused, each with its number and why, on standard error."""
    for msgid, values in report.notes:
        click.echo(_(msgid, **values), err=True)
    if report.unknown:
        click.echo(_("Columns that were left out: %(names)s.", names=", ".join(report.unknown)), err=True)
    for entry in report.refused:
        faults = "; ".join(f"{label}: {say(error)}" if label else say(error) for label, error in entry.errors)
        click.echo(_("Line %(line)s: %(faults)s", line=entry.line, faults=faults), err=True)
    counts = {what: report.count(what) for what in (CREATED, CHANGED, UNCHANGED, REFUSED)}
    click.echo(_("New: %(created)s, changed: %(changed)s, as before: %(unchanged)s, refused: %(refused)s.", **counts))
    if is_dry:
        click.echo(_("Nothing was saved."))
    if counts[REFUSED]:
        raise Conflict(REFUSED_SOME)
