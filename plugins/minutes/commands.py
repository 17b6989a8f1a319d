"""The command `gare import minutes FILE|ADDRESS`."""

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.errors import N_, Invalid

if TYPE_CHECKING:
    from app.plugin import Station

BAD_DAY = N_("This day does not exist. Write it as 2026-03-12.")
NO_FILE = N_("There is no such file, and this is no address of a pad.")


def import_group(station: "Callable[[], Station]") -> click.Group:
    """Make the group that adds to the program's kinds of import."""

    @click.command("minutes", help=_("Minutes, from a document or the address of a pad."))
    @click.argument("source", metavar="FILE|ADDRESS")
    @click.option("--title", default="", help=_("Name of the meeting."))
    @click.option("--day", default="", help=_("Day of the meeting, such as 2026-03-12."))
    @click.option("--space", default="", help=_("Folder of the space that it concerns."))
    def minutes(source: str, title: str, day: str, space: str) -> None:
        click.echo(_bring(station(), source, title, day, space))

    return click.Group("import", commands={"minutes": minutes})


def _bring(station: "Station", source: str, title: str, day: str, space: str) -> str:
    """Make the minutes, and give their path."""
    from app.plugin import OPERATOR, convert_document, is_web
    from plugins.minutes import bringing, meetings  # slow to import

    said = meetings.day_of(day)
    if day and said is None:
        raise Invalid(BAD_DAY)
    is_pad = is_web(source)
    if not is_pad and not Path(source).is_file():
        raise Invalid(NO_FILE)
    file = Path(source)
    found = bringing.read_pad_of(station, source) if is_pad else convert_document(file.read_bytes(), file.name)
    brought = bringing.Brought(found, title or found.title or file.stem, said, space, source if is_pad else "")
    return bringing.begin(station, OPERATOR, OPERATOR.pseudonym or "", brought, "")
