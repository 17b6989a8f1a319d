"""Command: `gare export mbox LIST`, all messages of a list as they came, for other programs and other archives."""

import sys
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from app.errors import N_, Invalid, NotFound

if TYPE_CHECKING:
    from plugins.archive.archive import Archive


def export_group(archive: "Callable[[], Archive]") -> click.Group:
    """Make the group that adds to the program's kinds of export."""

    @click.command("mbox", help=_("All messages of a list as one file, with what is hidden."))
    @click.argument("name", metavar="LIST")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
    def mbox(name: str, file: Path | None) -> None:
        _export(archive(), name, file)

    return click.Group("export", commands={"mbox": mbox})


def _export(archive: "Archive", name: str, file: Path | None) -> None:
    if file is None:
        if sys.stdout.buffer.isatty():
            raise Invalid(N_("Name a file to write, or send the messages into a pipe."))
        _write(archive, name, sys.stdout.buffer)
        return
    with file.open("wb") as stream:
        _write(archive, name, stream)


def _write(archive: "Archive", name: str, stream: BinaryIO) -> None:
    from plugins.archive import lists, mbox_writing
    from plugins.archive.reading import Reading

    list_ = lists.find(archive.truth, name)
    if list_ is None:
        raise NotFound(N_("There is no such list here, or it is not open to you."))
    for piece in mbox_writing.write(Reading(archive, list_, sees_hidden=True).raws()):
        stream.write(piece)
