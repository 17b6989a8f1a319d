"""Erase a page from everything that holds it: the history, the lists, the search, the files."""

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
from app.station import Station
from app.wiki.files import Pointer
from app.wiki.page import file_of, files_folder


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and the backups that were made before and still hold it."""

    files: tuple[str, ...]
    backups: tuple[Path, ...]


def erase(station: Station, path: str, progress: Progress) -> Erased:
    """Erase a page, whatever it was called before, and its files that no other page ever had. Raises NotFound."""
    wiki = station.wiki
    wiki.catch_up()
    _check_known(wiki, path)
    before = _oids(wiki)
    wiki.store.purge(file_of(path), f"{files_folder(path)}/")
    for oid in before - _oids(wiki):
        wiki.files.remove(oid)
    wiki.catalog.mark_damaged()  # should this be killed now, the job process goes on
    rebuild(wiki, progress, is_patient=True)
    return Erased((file_of(path), f"{files_folder(path)}/"), tuple(_backups(wiki.instance)))


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
