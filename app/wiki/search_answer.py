"""From a question to what a page of results shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.wiki.analysis import list_words
from app.wiki.query import Query, parse
from app.wiki.search_document import title_term
from app.wiki.search_rank import Found, Masks, count_groups, find, find_all, only_groups
from app.wiki.search_reader import Snapshot
from app.wiki.spelling import suggest

MAX_PAGE_SIZE = 100
MAX_DEPTH = 1_000  # hits; nobody reads on, crawlers do
MAX_TITLES_READ = 300

Facet = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found."""

    key: str
    path: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """An answer. Facets count what each choice of kind or space would give, the most frequent first.

    `words` are to be highlighted. `is_partial`: no document has all the words, these have some of them.
    `is_corrected`: nothing has any of them, these answer `suggestion`. `is_rebuilding`: there is no readable index.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: dict[str, Facet] = field(default_factory=lambda: {"kind": [], "space": []})
    suggestion: str | None = None
    words: tuple[str, ...] = ()
    is_partial: bool = False
    is_corrected: bool = False
    is_rebuilding: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the viewer chose to see of the answer; `page` begins at 1."""

    kind: str | None = None
    space: str | None = None
    page: int = 1
    size: int = 20

    def takes(self, kind: str, space: str) -> bool:
        return self.kind in (None, kind) and self.space in (None, space)


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Found
    query: Query
    suggestion: str | None = None
    is_partial: bool = False
    is_corrected: bool = False


def answer(
    snapshot: Snapshot, text: str, masks: Masks, *, lang: str, choice: Choice, finds_all: bool = False
) -> Results:
    """Look for all the words, then for any of them, then for nearer ones; count and choose.

    A question without words finds nothing, or all that may be shown.
    """
    query = parse(text)
    if finds_all and not query.clauses and not query.excluded:
        answered = _Answer(find_all(snapshot, masks), query)
    else:
        answered = _ask(snapshot, query, masks, lang)
    found = only_groups(snapshot, answered.found, choice.takes)
    size = min(max(choice.size, 1), MAX_PAGE_SIZE)
    first = (max(choice.page, 1) - 1) * size
    return Results(
        hits=tuple(_hit(snapshot, *best) for best in found.best(min(first + size, MAX_DEPTH))[first:]),
        total=len(found),
        facets=_count_facets(count_groups(snapshot, answered.found), choice),
        suggestion=answered.suggestion,
        words=answered.query.words,
        is_partial=answered.is_partial,
        is_corrected=answered.is_corrected,
    )


def find_titles(snapshot: Snapshot, typed: str, masks: Masks, limit: int) -> tuple[Hit, ...]:
    """Find titles that begin with what is typed, then titles of which a later word does."""
    words = list_words(typed[:100])
    if not words:
        return ()
    found: dict[str, Hit] = {}
    for is_start in (True, False):
        prefix = title_term(words, is_start=is_start)
        for hit in _read_titles(snapshot, prefix, masks):
            found.setdefault(hit.key, hit)
            if len(found) >= limit:
                return tuple(found.values())
    return tuple(found.values())


def _read_titles(snapshot: Snapshot, prefix: bytes, masks: Masks) -> Iterable[Hit]:
    """Yield the documents of the titles in the order of the alphabet, part by part."""
    for i, part in enumerate(snapshot.parts):
        rows = part.data.terms.starting(prefix)
        for _, (_, row) in zip(range(MAX_TITLES_READ), rows, strict=False):
            for number in part.data.terms.ids(row):
                if masks[i][number]:
                    yield _hit(snapshot, 1.0, i, number)


def _ask(snapshot: Snapshot, query: Query, masks: Masks, lang: str) -> _Answer:
    if not query.clauses:
        return _Answer(Found([{} for _ in snapshot.parts]), query)
    found = find(snapshot, query.clauses, query.excluded, masks, lang=lang)
    if found:
        return _Answer(found, query)
    suggestion = suggest(snapshot, query, masks)
    loose = query.loosened()
    if len(loose) > 1:
        found = find(snapshot, loose, query.excluded, masks, lang=lang, any_of=True)
    if found or suggestion is None:
        return _Answer(found, query, suggestion, is_partial=bool(found))
    better = parse(suggestion)
    found = find(snapshot, better.clauses, better.excluded, masks, lang=lang)
    return _Answer(found, better, suggestion, is_corrected=True)


def _count_facets(groups: Counter[tuple[str, str]], choice: Choice) -> dict[str, Facet]:
    """Count by kind what the chosen space holds, and by space what is of the chosen kind."""
    kinds: Counter[str] = Counter()
    spaces: Counter[str] = Counter()
    for (kind, space), count in groups.items():
        if choice.space in (None, space):
            kinds[kind] += count
        if choice.kind in (None, kind):
            spaces[space] += count
    return {"kind": kinds.most_common(), "space": spaces.most_common()}


def _hit(snapshot: Snapshot, score: float, part: int, number: int) -> Hit:
    facts = snapshot.parts[part].data.facts(number)
    return Hit(facts.key, facts.path, facts.kind, score)
