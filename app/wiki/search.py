"""The search engine's one door: documents in, questions answered; with search_*.py the only user of Whoosh.

A question is answered from the newest state on disk by whichever process it reaches; one process writes. The folder
is derived: whatever is wrong with it, questions get an empty answer that says so, and `rebuild` makes it anew.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from app.errors import N_
from app.wiki.search_answer import Choice, Hit, Results, answer, find_titles
from app.wiki.search_document import Document
from app.wiki.search_folder import LOOKS, Folder, SearchDamaged
from app.wiki.search_rank import Masks
from app.wiki.search_reader import NO_LIMITS, Limits, Snapshot, open_snapshot
from app.wiki.snippet import Span, snippet

__all__ = ["NO_LIMITS", "Document", "Hit", "Limits", "Results", "SearchDamaged", "SearchIndex", "Span", "snippet"]

_log = logging.getLogger(__name__)
_NOBODY: frozenset[str] = frozenset()
_A = TypeVar("_A")


class SearchIndex:
    """The index in a folder. Any number of threads and processes may search; one may write at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder)
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def search(
        self,
        text: str,
        *,
        audiences: frozenset[str],
        kind: str | None = None,
        space: str | None = None,
        lang: str = "fr",
        page: int = 1,
        size: int = 20,
        leave_out: frozenset[str] = _NOBODY,
        limits: Limits = NO_LIMITS,
    ) -> Results:
        """Find what the audiences may read; never raises. `leave_out` holds keys or paths; `page` begins at 1.

        Without words, `limits` alone find: the newest comes first.
        """
        choice = Choice(kind, space, page, size)

        def ask(snapshot: Snapshot, masks: Masks) -> Results:
            if limits:
                masks = [part.narrow(mask, limits) for part, mask in zip(snapshot.parts, masks, strict=True)]
            return answer(snapshot, text, masks, lang=lang, choice=choice, finds_all=bool(limits))

        return self._read(ask, Results(is_rebuilding=True), audiences, leave_out)

    def suggest_titles(
        self, prefix: str, audiences: frozenset[str], limit: int = 10, *, leave_out: frozenset[str] = _NOBODY
    ) -> tuple[Hit, ...]:
        """Find documents whose title, or a word of it, begins with what is being typed; never raises."""

        def ask(snapshot: Snapshot, masks: Masks) -> tuple[Hit, ...]:
            return find_titles(snapshot, prefix, masks, limit)

        return self._read(ask, (), audiences, leave_out)

    def update(self, documents: Iterable[Document], deleted_keys: Iterable[str] = ()) -> None:
        """Add or replace documents and delete others, in one commit; the caller sees to it that only one does so.

        Twenty at once cost little more than one. Makes the index when there is none.
        Raises SearchDamaged, Unavailable when another process writes, StorageFull.
        """
        latest = {document.key: document for document in documents}
        with self._folder.writing() as writer:
            for key in (*latest, *deleted_keys):
                writer.delete(key)
            for document in latest.values():
                writer.add(document)
            writer.commit()

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build the index anew beside the old one, which answers until the last moment; no key may come twice.

        Reads the documents as a stream: memory stays below about 150 MB. Raises as `update`.
        """
        self._folder.rebuild(documents)

    def optimize(self) -> None:
        """Write everything anew without what was deleted: after a legal erasure no trace of it is left."""
        with self._folder.writing() as writer:
            writer.commit(merge_all=True)
        self._folder.remove_drafts()

    def clear(self) -> None:
        """Delete the index; until the next `update` or `rebuild`, questions are told that it is being made."""
        self._folder.clear()

    def is_sound(self, *, deep: bool = False) -> bool:
        """Ask whether the index is there and readable; `deep` reads every byte of it (1 ms a MB)."""
        return self._folder.is_sound(deep=deep)

    def count(self) -> int:
        """Count the documents; 0 when there is no readable index."""
        snapshot = self._current()
        return snapshot.count if snapshot else 0

    def keys(self, prefix: str = "") -> set[str]:
        """List the keys of all documents, or those that begin so; raises SearchDamaged."""
        snapshot = self._current()
        if snapshot is None:
            raise SearchDamaged(N_("The search is being prepared. Try again in a minute."))
        return snapshot.keys(prefix)

    def _read(
        self,
        ask: Callable[[Snapshot, Masks], _A],
        otherwise: _A,
        audiences: frozenset[str],
        leave_out: frozenset[str],
    ) -> _A:
        try:
            snapshot = self._current()
            if snapshot is None:
                return otherwise
            return ask(snapshot, [part.visible(audiences, leave_out) for part in snapshot.parts])
        except Exception:  # noqa: BLE001 - the border: reading a damaged file may raise anything
            self._suspect("a question could not be answered")
            return otherwise

    def _current(self) -> Snapshot | None:
        """Give the newest state; None when there is none that can be read."""
        for _ in range(LOOKS):  # a writer may delete the files of a state while it is being opened
            newest = self._folder.find_contents()
            if newest is None:
                return None
            held = self._snapshot
            if held is not None and held.stamp == newest[1]:
                return held
            try:
                with self._lock:
                    if self._snapshot is None or self._snapshot.stamp != newest[1]:
                        self._snapshot = open_snapshot(*newest, self._snapshot)
                    return self._snapshot
            except Exception as error:  # noqa: BLE001 - the border, as above
                fault = str(error)
        self._suspect(f"the search index cannot be opened ({fault})")
        return None

    def _suspect(self, what: str) -> None:
        """Log a fault and leave word for the process that rebuilds, if it comes from the files."""
        if self._folder.is_marked():
            return
        _log.warning("search: %s", what, exc_info=True)
        if not self.is_sound(deep=True):
            self._folder.mark_damaged()
