"""The list of the fictional valley follows the demo content: it comes with it, and goes with it.

What was done is written into `mail/demo` of the instance: a list that somebody took away does not come back.
"""

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.errors import Invalid
from app.plugin import remove_files
from plugins.archive import demo_list, lists, runs, undoing
from plugins.archive.rows import messages
from plugins.archive.taking_in import take_in

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.archive.archive import Archive

NAME = "les-gens"
_SAID = {
    "fr": ("Les gens de la Vézoline", "Tout ce qui se dit dans la vallée, depuis 2024.",
           "Un message, un sujet. Au troisième aller-retour, on se téléphone."),
    "en": ("The people of the Vézoline", "All that is said in the valley.",
           "One message, one subject. At the third round, pick up the telephone."),
}  # fmt: skip


def follow(archive: "Archive") -> str | None:
    """Bring the list of the demo, or take it away; gives a sentence for the log."""
    wanted = archive.station.settings.get().demo
    note = archive.folder / "demo"
    known = _read(note)
    if known.get("language", "") == wanted:
        return None
    _take_away(archive, known)
    made = _bring(archive, wanted) if wanted in _SAID else {}
    archive.folder.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"language": wanted, **made}), "utf-8")
    return "the list of the demo came" if made else "the list of the demo went"


def _read(note: "Path") -> dict[str, str]:
    with suppress(OSError, ValueError):
        return dict(json.loads(note.read_text("utf-8")))
    return {}


def _bring(archive: "Archive", language: str) -> dict[str, int]:
    title, about, rules = _SAID[language]
    now = int(time.time())
    try:
        list_ = lists.make(
            archive.truth, NAME, title, now=now, address=demo_list.ADDRESS, words=about, rules=rules,
            joining="etienne@vezoline.example", audience="public", is_shown=True,
        )  # fmt: skip
    except Invalid:  # there is one of that name: it is somebody's own
        return {}
    run = runs.add(archive.truth, list_.id, "demo", "", "", now, is_dry=False)
    counts = take_in(archive, list_, demo_list.messages(language), run_id=run.id, now=now)
    report = runs.Report(read=counts.read, new=counts.new)
    runs.store(archive.truth, run.id, state=runs.DONE, ended_at=now, report=report)
    return {"list": list_.id, "run": run.id}


def _take_away(archive: "Archive", known: dict[str, str]) -> None:
    """Take the mails of the demo away; the list too, unless others came into it."""
    list_ = next((one for one in lists.load(archive.truth) if one.id == known.get("list")), None)
    if list_ is None:
        return
    run = runs.get(archive.truth, int(known["run"]))
    runs.store(archive.truth, run.id, state=runs.UNDOING)
    undoing.undo(archive, list_, run)
    with archive.rows.connect() as connection:
        own = select(func.count()).select_from(messages).where(messages.c.list_id == list_.id)
        if connection.execute(own).scalar():
            return
    remove_files(archive.station, archive.forget(list_))
