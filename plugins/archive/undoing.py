"""Take an import back: its messages go, rows and raws; nothing is remembered that would keep them out later."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.plugin import remove_files
from plugins.archive import incoming, runs
from plugins.archive.removing import NEEDED, remove_rows
from plugins.archive.rows import attachments, messages
from plugins.archive.runs import UNDOING, UNDONE, Run

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

PIECE = 500  # messages


def undo(archive: "Archive", list_: "MailList", run: Run) -> None:
    """Take all messages of a run away; begun again, it goes on where it was."""
    packs = archive.packs(list_)
    own = select(attachments.c.oid).join(messages, messages.c.id == attachments.c.message_id)
    with archive.rows.connect() as connection:
        files = set(connection.execute(own.where(messages.c.run_id == run.id).distinct()).scalars())
    with archive.writing(list_):
        while _piece(archive, list_, run.id):
            pass
        for year in packs.years():
            if names := packs.names_of_run(year, run.id):
                packs.erase(year, names)
    remove_files(archive.station, files)
    incoming.remove(archive, run.file)
    report = replace(run.report, trouble="", again_at=0)
    runs.store(archive.truth, run.id, before=(UNDOING,), state=UNDONE, file="", report=report)


def _piece(archive: "Archive", list_: "MailList", run_id: int) -> bool:
    with archive.changing() as connection:
        found = connection.execute(select(*NEEDED).where(messages.c.run_id == run_id).limit(PIECE)).all()
        if not found:
            return False
        remove_rows(connection, list_, found)
    return True
