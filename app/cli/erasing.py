"""Erase a page from everything that holds it: the history, the lists, the search, the files, its comments.

Whoever stops it half-way goes on by asking for the same again: what is still to do stands in a file until the end.
"""

from dataclasses import dataclass

from app.answers import erasing as answers
from app.backup.holding import list_holding
from app.catalog import finding
from app.catalog.history import list_lineages, list_paths
from app.catalog.past_files import named_oids
from app.catalog.readers import EVERYTHING
from app.catalog.rebuild import Progress
from app.catalog.unfinished import list_unfinished, note_unfinished
from app.catalog.wiki import Wiki
from app.cli.reindex import rebuild
from app.comments import writing
from app.database.engine import forget_traces
from app.errors import N_, NotFound
from app.follow import rhythm
from app.jobs import drop_half_built
from app.locks import only_one
from app.proposals.erasing import erase_of_page
from app.proposals.unnamed import remove_files
from app.records import erasing as life
from app.records import private
from app.station import Station
from app.wiki import frontmatter
from app.wiki.page import file_of, files_folder

LOCK_FILE = "erasing-writer"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and the backups that were made before and still hold it."""

    files: tuple[str, ...]
    backups: tuple[str, ...]


def erase(station: Station, path: str, progress: Progress) -> Erased:
    """Erase a page, whatever it was called before, and its files that no other page ever had. Raises NotFound."""
    wiki = station.wiki
    with only_one(wiki.instance / LOCK_FILE, is_patient=True):
        stopped = list_unfinished(wiki.instance)
        if path not in stopped:
            wiki.catch_up()
            _check_known(wiki, path)
        _erase_said(station, path)
        todo = {**stopped, path: sorted(named_oids(wiki.store).union(stopped.get(path, ())))}
        note_unfinished(wiki.instance, todo)
        wiki.store.purge(file_of(path), f"{files_folder(path)}/")
        wiki.catalog.mark_damaged()  # should this be killed now, the job process heals the lists
        _forget_numbers(station)
        remove_files(station, todo[path])
        drop_half_built(wiki)
        rebuild(wiki, progress, is_patient=True)
        note_unfinished(wiki.instance, {page: oids for page, oids in stopped.items() if page != path})
    return Erased((file_of(path), f"{files_folder(path)}/"), tuple(list_holding(station.config)))


def _forget_numbers(station: Station) -> None:
    """Let people be told by the clock what happened since their last mail: the changes get other numbers now."""
    with station.truth.begin() as truth:
        rhythm.forget_numbers(truth)


def _erase_said(station: Station, path: str) -> None:
    """Erase what was said below the page and proposed for it; first: afterwards nobody knows its identity any more."""
    with station.wiki.catalog.reading() as connection:
        page = finding.find_page(connection, path, EVERYTHING)
        grave = None if page else finding.find_grave(connection, path, EVERYTHING)
        text = station.wiki.store.read_blob(grave.blob).decode("utf-8", "replace") if grave else ""
        page_id = page.id if page else frontmatter.parse(text).text("id")
        owner = finding.find_by_id(connection, page_id) if page_id else None
        own_id = page_id if page_id and (owner is None or owner.path == path) else ""
        lineages = list_lineages(connection, path)
        paths = {path, *list_paths(connection, lineages)}
        with station.truth.begin() as truth:
            if own_id:
                writing.erase_page(truth, own_id)
                answers.erase_page(truth, own_id)
                life.erase_page(truth, own_id)
                private.forget(truth, own_id)
            erase_of_page(truth, connection, paths, lineages, own_id)
    forget_traces(station.truth)
    station.stamp.touch()


def _check_known(wiki: Wiki, path: str) -> None:
    with wiki.catalog.reading() as connection:
        page = finding.find_page(connection, path, EVERYTHING)
        if page is None and finding.find_grave(connection, path, EVERYTHING) is None:
            raise NotFound(N_("There is no page “%(path)s”, and no deleted one. See: gare page list"), path=path)
