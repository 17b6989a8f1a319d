"""Commands: `gare import mail LIST SOURCE`."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.errors import GareError
from plugins.archive.runs import Report

if TYPE_CHECKING:
    from plugins.archive.archive import Archive

EVERY = 0.2  # seconds
SHOWN = 20  # notes


def import_group(archive: "Callable[[], Archive]") -> click.Group:
    """Make the group that adds to the program's kinds of import."""

    @click.command("mail", help=_("Mails of a list, from an export of any program."))
    @click.argument("name", metavar="LIST")
    @click.argument("source", type=click.Path(exists=True, path_type=Path))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
    @click.option("--json", "is_json", is_flag=True, help=_("Say it so that programs can read it."))
    def mail(name: str, source: Path, *, dry_run: bool, is_json: bool) -> None:
        report = _import(archive(), name, source.absolute(), is_dry=dry_run)
        _tell(report, is_json=is_json, is_dry=dry_run)

    return click.Group("import", commands={"mail": mail})


def _import(archive: "Archive", name: str, source: Path, *, is_dry: bool) -> Report:
    from plugins.archive import importing, lists  # slow to import

    importing.check_source(source)
    list_ = lists.find(archive.truth, name) or lists.make(archive.truth, name, name, now=int(time.time()))
    run = importing.begin(archive, list_, source, "", is_dry=is_dry)
    try:
        done = importing.carry_out(archive, run, _show)
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")
    return done.report


def _show(done: int, everything: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{done // 1_000_000} / {everything // 1_000_000} MB")
        sys.stderr.flush()


def _tell(report: Report, *, is_json: bool, is_dry: bool) -> None:
    if is_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    else:
        click.echo(_("Read: %(read)s, new: %(new)s, already there: %(already_there)s.") % asdict(report))
        click.echo(_("Skipped: %(skipped)s, kept away: %(kept_away)s, repaired: %(repaired)s.") % asdict(report))
        for month, count in sorted(report.months.items()):
            click.echo(f"{month // 100}-{month % 100:02}  {count}")
        for place, why in report.notes[:SHOWN]:
            click.echo(f"{place}: {_(why)}", err=True)
        if is_dry:
            click.echo(_("Nothing was saved."))
    if report.trouble:
        raise GareError(report.trouble)
    if not report.read:
        sys.exit(1)
