"""Instances to measure: made once, kept in a folder for the next run, copied before anything is changed in them."""

import hashlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from app.cli.init import create
from app.config import load
from app.database.settings import Settings
from app.hooks import Hooks
from app.people.authors import SYSTEM
from app.people.tables import authors
from app.shipped.content import Content
from app.station import Station, open_station
from app.wiki.page import fold
from app.wiki.store import Change, Store
from tests.bench import corpus as corpora
from tests.bench import event_corpus, record_corpus, stream
from tests.bench.corpus import Corpus
from tests.bench.reindexing import Reindexed, reindex
from tests.bench.server import ROOT

MAX_AGE = 30 * 86_400  # seconds: lists of the last 90 days must not run empty
MANY = 10_000  # pages; from here on they have a long history
REVISIONS = 10
# Parts of the app whose change makes a kept catalog worthless.
DERIVED_BY = ("calendar", "catalog", "database", "forms", "wiki")
_DONE = "done.json"


def corpus_of(pages: int) -> Corpus:
    """Give the corpus of a size."""
    return Corpus(pages, REVISIONS if pages >= MANY else 1)


class Instances:
    """The instances of a run. `kept` outlives it, `work` holds the copies. `tell` hears what takes long."""

    def __init__(self, kept: Path, work: Path, tell: Callable[[str], None]) -> None:
        self._kept, self.work, self._tell = kept, work, tell
        self.reindexed: dict[int, Reindexed] = {}  # what was measured while an instance was made in this run

    def copy(self, pages: int, name: str) -> Path:
        """Copy an instance, so that it may be changed; a copy of that name is replaced."""
        made, target = self._made(pages), self.work / f"{pages}-{name}"
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.copytree(made, target))

    def copy_records(self, count: int, name: str) -> Path:
        """Copy an instance of records, as `copy` does one of pages."""
        kind = f"records-{record_corpus.VERSION}-{count}"
        return self._copy_written(kind, lambda: record_corpus.changes(count), name)

    def copy_events(self, count: int, name: str) -> Path:
        """Copy an instance of events, which lie around this month."""
        month = this_month()
        kind = f"events-{event_corpus.VERSION}-{month}-{count}"
        return self._copy_written(kind, lambda: event_corpus.changes(count, month), name)

    def _copy_written(self, kind: str, changes: Callable[[], Iterator[Change]], name: str) -> Path:
        made = self._kept / f"{kind}-{_key_of_code()}"
        if not (made / _DONE).exists():
            for old in self._kept.glob(f"{kind}-*"):
                shutil.rmtree(old)
            self._write(kind, changes(), made)
        target = self.work / f"{kind}-{name}"
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.copytree(made, target))

    def _write(self, kind: str, changes: Iterator[Change], folder: Path) -> None:
        self._tell(f"writing {kind}")
        create(folder, Settings(title="Site de mesure", language="fr"), Content({}, {}))
        with open_instance(folder) as station, station.wiki.store.writing() as writer:
            writer.commit(list(changes), author=SYSTEM, summary="")
        reindex(folder)
        (folder / _DONE).touch()

    def _made(self, pages: int) -> Path:
        corpus = corpus_of(pages)
        folder = self._kept / f"instance-{_key(corpus)}-{_key_of_code()}"
        if not (folder / _DONE).exists():
            for old in self._kept.glob(f"instance-{_key(corpus)}-*"):  # half made, or by another version of the app
                shutil.rmtree(old)
            self._make(corpus, folder)
        return folder

    def _make(self, corpus: Corpus, folder: Path) -> None:
        history = self._history(corpus)
        create(folder, Settings(title="Gare de mesure", language="fr"), Content({}, {}))
        shutil.rmtree(folder / "content.git")
        shutil.copytree(history, folder / "content.git")
        with open_instance(folder) as station, station.truth.begin() as connection:
            connection.execute(insert(authors), [_author(*one) for one in enumerate(stream.pseudonyms())])
        self._tell(f"building catalog and search of {corpus.pages} pages")
        self.reindexed[corpus.pages] = done = reindex(folder)
        (folder / _DONE).write_text(json.dumps(asdict(done)))

    def _history(self, corpus: Corpus) -> Path:
        """Give a repository with the history of a corpus; it is made anew when its last edits are long ago."""
        repository = self._kept / f"history-{_key(corpus)}.git"
        done = repository / _DONE
        if not done.exists() or time.time() - done.stat().st_mtime > MAX_AGE:
            self._tell(f"writing {corpus.pages} pages")
            shutil.rmtree(repository, ignore_errors=True)
            store = Store(repository)
            store.create()
            store.close()
            stream.load(corpus, repository, int(time.time()))
            done.touch()
        return repository


@contextmanager
def open_instance(folder: Path) -> Iterator[Station]:
    """Open the parts of an instance, as the command line does."""
    station = open_station(load(folder), Hooks())
    try:
        yield station
    finally:
        station.close()


def this_month() -> date:
    """Give the first day of this month."""
    return date.today().replace(day=1)  # noqa: DTZ011 - no zone matters to a bench


def commits_of(instance: Path) -> int:
    """Count the commits of an instance."""
    command = ["git", f"--git-dir={instance / 'content.git'}", "rev-list", "--count", "main"]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def _author(number: int, pseudonym: str) -> dict[str, object]:
    name = f"Voisine {number}"
    return {"pseudonym": pseudonym, "name": name, "name_key": fold(name), "is_typed": True, "created_at": 0}


def _key(corpus: Corpus) -> str:
    return f"{corpora.VERSION}-{corpus.pages}-{corpus.revisions}"


def _key_of_code() -> str:
    digest = hashlib.sha256()
    for part in DERIVED_BY:
        for file in sorted((ROOT / "app" / part).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
