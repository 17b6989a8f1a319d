"""Erase a page from everything that holds it: the history, the lists, the search, the files.

Whoever stops it half-way goes on by asking for the same again: what is still to do stands in a file until the end.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.backup import last_backup
from app.catalog import finding
from app.catalog.describe import AUDIENCES
from app.catalog.rebuild import Progress
from app.catalog.recorder import attachment_of
from app.catalog.wiki import Wiki
from app.cli.reindex import rebuild
from app.errors import N_, NotFound
from app.jobs import drop_half_built, only_one
from app.station import Station
from app.wiki.disk import refusing_when_full
from app.wiki.files import Pointer
from app.wiki.page import file_of, files_folder

FILE = "erasing.json"
LOCK_FILE = "erasing-writer"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and the backups that were made before and still hold it."""

    files: tuple[str, ...]
    backups: tuple[Path, ...]


def erase(station: Station, path: str, progress: Progress) -> Erased:
    """Erase a page, whatever it was called before, and its files that no other page ever had. Raises NotFound."""
    wiki = station.wiki
    with only_one(wiki.instance / LOCK_FILE, is_patient=True):
        stopped = unfinished(wiki.instance)
        if path not in stopped:
            wiki.catch_up()
            _check_known(wiki, path)
        todo = {**stopped, path: sorted(_oids(wiki).union(stopped.get(path, ())))}
        _note(wiki.instance, todo)
        wiki.store.purge(file_of(path), f"{files_folder(path)}/")
        wiki.catalog.mark_damaged()  # should this be killed now, the job process heals the lists
        _remove_files(wiki, todo[path])
        drop_half_built(wiki)
        rebuild(wiki, progress, is_patient=True)
        _note(wiki.instance, {page: oids for page, oids in stopped.items() if page != path})
    return Erased((file_of(path), f"{files_folder(path)}/"), tuple(_backups(wiki.instance)))


def unfinished(instance: Path) -> dict[str, list[str]]:
    """List the erasures that were stopped: the page, and the files that history named before."""
    try:
        noted: dict[str, list[str]] = json.loads((instance / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return noted


def _note(instance: Path, todo: Mapping[str, Iterable[str]]) -> None:
    """Write down what is still to do, synced: after a power cut nothing else knows which files were the page's."""
    file = instance / FILE
    if not todo:
        file.unlink(missing_ok=True)
        return
    draft = file.with_suffix(".draft")
    with refusing_when_full(), draft.open("w", encoding="utf-8") as stream:
        json.dump(todo, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _remove_files(wiki: Wiki, oids: Iterable[str]) -> None:
    """Remove the files that history names no more; nobody can attach one of them to another page meanwhile."""
    with wiki.store.writing():
        for oid in set(oids) - _oids(wiki):
            wiki.files.remove(oid)


def _check_known(wiki: Wiki, path: str) -> None:
    with wiki.catalog.reading() as connection:
        page = finding.find_page(connection, path, AUDIENCES)
        if page is None and finding.find_grave(connection, path, AUDIENCES) is None:
            raise NotFound(N_("There is no page “%(path)s”, and no deleted one. See: gare page list"), path=path)


def _oids(wiki: Wiki) -> set[str]:
    """Collect the files that any revision of any page names."""
    tip = wiki.store.tip()
    blobs = {
        change.blob
        for commit in (wiki.store.log(None, tip) if tip else ())
        for change in commit.files
        if change.blob and attachment_of(change.file)
    }
    pointers = (Pointer.parse(wiki.store.read_blob(blob)) for blob in blobs)
    return {pointer.oid for pointer in pointers if pointer}


def _backups(instance: Path) -> list[Path]:
    known = sorted((instance / "backups").glob("*.tar*"))
    last = last_backup(instance)
    if last and last.file not in known and last.file.exists():
        known.append(last.file)
    return known
