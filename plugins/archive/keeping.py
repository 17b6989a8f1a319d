"""Answers of the archive that hold until the wiki, the archive, a list's settings or the reader changes."""

from collections.abc import Callable
from typing import ParamSpec

from werkzeug.wrappers import Response

from app.plugin import etag_of, station, until_change_of
from plugins.archive import lists
from plugins.archive.door import ArchiveDoor, door_of

P = ParamSpec("P")


def own_door() -> ArchiveDoor:
    """Give the door of the archive of this site."""
    return door_of(station())


def mark() -> str:
    """Name the state of the archive; who may read a list is part of it."""
    archive = own_door().archive
    return etag_of(archive.generation(), *lists.load(archive.truth))


def until_mail(view: Callable[P, Response]) -> Callable[P, Response]:
    """Answer 304, or from memory, as long as nothing has changed that the answer depends on."""
    return until_change_of(mark)(view)
