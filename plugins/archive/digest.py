"""What the weekly mail says of the lists: the threads in which most was written."""

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.errors import N_
from app.plugin import Line, Section
from plugins.archive.masking import mask
from plugins.archive.rows import messages, threads

if TYPE_CHECKING:
    from app.plugin import Viewer
    from plugins.archive.door import ArchiveDoor

MOST = 10  # threads of a list


def sections(door: "ArchiveDoor", viewer: "Viewer", since: int, until: int) -> list[Section]:
    """List the threads of that time, for who may read as `viewer` does."""
    lines: list[Line] = []
    for list_ in door.lists(viewer):
        c = messages.c
        written = func.count().label("written")
        own = select(threads.c.subject, written).join(messages, c.thread_id == threads.c.id)
        own = own.where(c.list_id == list_.id, c.at > since, c.at <= until, c.is_hidden.is_(False))
        with door.archive.rows.connect() as connection:
            found = connection.execute(own.group_by(threads.c.id).order_by(written.desc()).limit(MOST)).all()
        lines += [Line(f"{mask(row.subject)} ({row.written})") for row in found]
    return [Section(N_("On the lists"), tuple(lines))] if lines else []
