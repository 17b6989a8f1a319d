"""The instance as a whole: building what is derived, the start, the memory of a worker."""

from collections.abc import Iterator

from tests.bench.processes import children, memory
from tests.bench.reindexing import reindex
from tests.bench.run import Run, median
from tests.bench.server import serve
from tests.bench.table import Row, at_most


def measure_start(run: Run) -> Iterator[Row]:
    """Start the site and wait for its first page."""
    found = []
    for _ in range(run.effort.starts - 1):
        server = serve(run.instance(run.largest))
        server.stop()
        found.append(server.seconds)
    found.append(run.site(run.largest).seconds)
    yield Row("start to first page", run.largest, median(found), "s", at_most(2))


def measure_memory(run: Run) -> Iterator[Row]:
    """Weigh the workers as they are now, after what was asked of them in this run."""
    workers = run.site(run.largest).workers()
    weighed = [memory(pid) for pid in workers]
    own = [sum(memory(child).pss for child in children(pid)) for pid in workers]
    yield Row("resident memory of a worker (RSS)", run.largest, max(one.rss for one in weighed), "MB", at_most(120))
    yield Row("  the same, what is shared divided (PSS)", run.largest, max(one.pss for one in weighed), "MB")
    yield Row("  its children that render and read git (PSS)", run.largest, max(own), "MB")


def measure_reindex(run: Run) -> Iterator[Row]:
    """Build catalog and search anew; what was measured when the instance was made in this very run counts."""
    size = run.largest
    folder = run.instances.copy(size, "reindexed")  # first: it may have to be made
    done = run.instances.reindexed.get(size) or reindex(folder)
    yield Row("gare reindex: catalog", size, done.catalog, "s", at_most(60))
    yield Row("gare reindex: search", size, done.search, "s", at_most(90))
    yield Row("gare reindex: memory, at the most", size, max(done.catalog_peak, done.search_peak), "MB", at_most(300),
              note=f"catalog {done.catalog_peak:.0f}, search {done.search_peak:.0f}; with children {done.family_peak:.0f}")  # fmt: skip
