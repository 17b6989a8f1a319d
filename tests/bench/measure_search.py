"""The search page, with snippets and facets: common words, rare ones, two words, mistyped ones."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.bench.client import Client
from tests.bench.run import Run, address, median, percentile, timed
from tests.bench.table import Row, at_most
from tests.bench.words import common, middling, mistyped, names_for

P50_MS, P95_MS = 20, 60
HITS = 'class="hits"'


def measure_search(run: Run) -> Iterator[Row]:
    """Search in turns for each kind of words; a query comes several times in a run, as it does in life."""
    size, samples = run.largest, max(4, run.effort.samples // 4)
    site, queries = run.site(size), _queries(run)
    for words in queries.values():
        _check_found(site.reader, words[0])
    # One of each kind after the other, again and again.
    targets = [_address(words[number % len(words)]) for number in range(samples) for words in queries.values()]
    found = timed(site, targets)
    plain = median(timed(run.control(size), [address(outline) for outline in run.shown(size)[:samples]]).each)
    middle = median(found.each)
    yield Row("search page, p50", size, middle, "ms", at_most(P50_MS), plain, middle / plain, found.note)
    yield Row("search page, p95", size, percentile(found.each, 0.95), "ms", at_most(P95_MS))
    for place, kind in enumerate(queries):
        own = found.each[place :: len(queries)]
        yield Row(f"  {kind}, p50", size, median(own), "ms", note=f"p95 {percentile(own, 0.95):.1f} ms")


def _queries(run: Run) -> dict[str, list[str]]:
    draw, several = run.chance.sample, list(common())
    middle = [word for word in middling() if len(word) > 5]
    return {
        "common word": draw(several, 20),
        "rare word": draw(names_for(run.largest), 5 if run.largest < 100 else 20),
        "two words": [f"{one} {other}" for one, other in zip(draw(several, 20), draw(middle, 20), strict=True)],
        "mistyped word": [mistyped(word, run.chance) for word in draw(middle, 20)],
    }


def _check_found(client: Client, words: str) -> None:
    """See that the search works at all: a page that says "nothing was found" would be fast."""
    if HITS not in (page := client.get(_address(words)).text()) and "/-/search?q=" not in page:
        raise RuntimeError(f"nothing was found for {words}")


def _address(words: str) -> str:
    return f"/-/search?{urlencode({'q': words})}"
