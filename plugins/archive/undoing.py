"""Take an import back: its messages go, rows and raws; nothing is remembered that would keep them out later.

What came live as well, or by another import, stays and is theirs from then on.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from app.plugin import remove_files
from plugins.archive import hidden, incoming, runs
from plugins.archive.removing import NEEDED, remove_rows
from plugins.archive.rows import attachments, messages
from plugins.archive.runs import UNDOING, UNDONE, Run

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

PIECE = 500  # messages


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many messages go when an import is taken back, and how many stay."""

    going: int
    staying: int


def foresee(archive: "Archive", list_: "MailList", run: Run) -> Outcome:
    """Count what would go and stay now."""
    packs = archive.packs(list_)
    brought = {raw for year in packs.years() for raw in packs.brought_by_others(year, run.id)}
    with archive.rows.connect() as connection:
        own = set(connection.execute(select(messages.c.raw).where(messages.c.run_id == run.id)).scalars())
    return Outcome(len(own - brought), len(own & brought))


def undo(archive: "Archive", list_: "MailList", run: Run) -> None:
    """Take all messages of a run away that nothing else brought; begun again, it goes on where it was."""
    with archive.writing(list_):
        _hand_over(archive, list_, run.id)
        files = _take_away(archive, list_, run.id)
    remove_files(archive.station, files)
    incoming.remove(archive, run.file)
    report = replace(run.report, trouble="", again_at=0)
    runs.store(archive.truth, run.id, before=(UNDOING,), state=UNDONE, file="", report=report)


def _hand_over(archive: "Archive", list_: "MailList", run_id: int) -> None:
    """Let messages that came again be those of whatever brought them; rows first, as the packs say what is left."""
    packs = archive.packs(list_)
    with archive.rows.connect() as connection:
        own = select(messages.c.id, messages.c.raw).where(messages.c.run_id == run_id)
        ids = {row.raw: row.id for row in connection.execute(own)}
    for year in packs.years():
        others = packs.brought_again(year, run_id)
        staying = [{"number": ids[raw], "to": to} for raw, to in others.items() if raw in ids]
        if staying:
            change = update(messages).where(messages.c.id == bindparam("number"))
            with archive.changing() as connection:
                connection.execute(change.values(run_id=bindparam("to")), staying)
        packs.hand_over(year, run_id)


def _take_away(archive: "Archive", list_: "MailList", run_id: int) -> set[str]:
    """Remove what is still of a run, rows and raws; gives the files that it named."""
    packs = archive.packs(list_)
    own = select(attachments.c.oid).join(messages, messages.c.id == attachments.c.message_id)
    with archive.rows.connect() as connection:
        files = set(connection.execute(own.where(messages.c.run_id == run_id).distinct()).scalars())
    while keys := _piece(archive, list_, run_id):
        hidden.put_right(archive, list_, keys)
    for year in packs.years():
        if names := packs.names_of_run(year, run_id):
            packs.erase(year, names)
    return files


def _piece(archive: "Archive", list_: "MailList", run_id: int) -> set[str]:
    with archive.changing() as connection:
        found = connection.execute(select(*NEEDED).where(messages.c.run_id == run_id).limit(PIECE)).all()
        if found:
            remove_rows(connection, list_, found)
    return {row.key for row in found}
