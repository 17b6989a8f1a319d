"""Feed the search index with things of plugins, beside the pages: what waits, in large batches, or everything."""

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from app.catalog.wiki import Wiki
from app.hooks import Findable
from app.wiki.search import Document

BATCH = 1_000
MOST = 20  # batches at once: pages that were changed meanwhile have their turn then
FILE = "search-things.json"  # in the instance: the kinds that the index holds as a whole


class Everything:
    """All documents of the plugins that are on; once they are in the index, `note` keeps that they are."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki
        self._all = wiki.hooks.searched()
        self.count = 0

    def __iter__(self) -> Iterator[Document]:
        for one in self._all:
            for document in one.everything():
                self.count += 1
                yield document

    def note(self) -> None:
        """Keep that the index holds exactly these."""
        _note(self._wiki, {one.kind for one in self._all})


def follow(wiki: Wiki) -> int:
    """Bring things of plugins up to date; gives how many documents were read."""
    return sum(_follow(wiki, one) for one in wiki.hooks.searched())


def _follow(wiki: Wiki, one: Findable) -> int:
    done = 0
    if one.kind not in (known := _known(wiki)):  # the plugin was off when the index was built
        documents = one.everything()
        while batch := list(islice(documents, BATCH)):
            wiki.search.update(batch)
            done += len(batch)
        _note(wiki, known | {one.kind})
    for _ in range(MOST):
        waiting, removed, mark = one.waiting(BATCH)
        if not waiting and not removed:
            return done
        wiki.search.update(waiting, removed)
        one.done(mark)
        done += len(waiting) + len(removed)
    return done


def _known(wiki: Wiki) -> set[str]:
    with suppress(OSError, ValueError):
        return set(json.loads((wiki.instance / FILE).read_text("utf-8")))
    return set()


def _note(wiki: Wiki, kinds: set[str]) -> None:
    (wiki.instance / FILE).write_text(json.dumps(sorted(kinds)), "utf-8")
