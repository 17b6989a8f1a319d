"""What the catalog answers: history, recent changes, backlinks, wanted pages; and a difference of two versions."""

from collections.abc import Iterator

from app.people.viewer import ANONYMOUS
from tests.bench.corpus import JOURNAL, JOURNAL_EDITS
from tests.bench.instances import open_instance
from tests.bench.run import Run, address, compare, timed
from tests.bench.table import Row, at_most

LISTS_MS = 6
DIFF_MS = 10
WARM_UP = 5


def measure_lists(run: Run) -> Iterator[Row]:
    """Time the lists, one request after another."""
    size, samples = run.largest, run.effort.samples
    pages = [address(outline) for outline in run.pick(size, samples)]
    lists = {
        "history of a page": [f"/-/history{page}" for page in pages],
        "recent changes": ["/-/changes"] * samples,
        "pages that link to a page": [f"/-/links{page}" for page in pages],
        "wanted pages": ["/-/wanted"] * samples,
    }
    for what, targets in lists.items():
        yield _row(run, f"{what}, p50", targets, LISTS_MS)


def measure_diff(run: Run) -> Iterator[Row]:
    """Time the difference of the first and the last of fifty versions."""
    with open_instance(run.instance(run.largest)) as station:
        _, rows, _ = station.door.history(ANONYMOUS, JOURNAL, limit=JOURNAL_EDITS)
    target = f"/-/diff/{JOURNAL}?from={rows[-1].revision}&to={rows[0].revision}"
    what = f"difference of the first and last of {JOURNAL_EDITS} edits, p50"
    yield _row(run, what, [target] * max(10, run.effort.samples // 4), DIFF_MS)


def _row(run: Run, what: str, targets: list[str], most: float) -> Row:
    timed(run.site(run.largest), targets[:WARM_UP])
    return compare(run, what, targets, at_most(most))
