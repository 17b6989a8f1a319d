"""What has aged, for an administrator, who looks after all pages."""

from collections.abc import Iterator

from app.people import accounts
from tests.bench.instances import open_instance
from tests.bench.measure_people import sign_in
from tests.bench.run import Run, address, median, timed
from tests.bench.table import Row, at_most

AGED_MS = 100
WARM_UP = 3


def measure_care(run: Run) -> Iterator[Row]:
    """Time the page, one request after another; where nothing else is said it is worked out anew each time."""
    size, samples = run.largest, max(10, run.effort.samples // 4)
    with open_instance(run.instance(size)) as station, station.truth.begin() as connection:
        link = accounts.make_link(connection, accounts.add(connection, "Facilitatrice du banc", is_admin=True).id)
    client = run.site(size).client()
    headers = {"Cookie": sign_in(client, link)}
    for _ in range(WARM_UP):
        client.get("/-/aged", headers)
    before = run.site(size).processor_time()
    answers = [client.get("/-/aged", headers) for _ in range(samples)]
    worked = 1000 * (run.site(size).processor_time() - before) / samples
    if any(one.status != 200 for one in answers):
        raise RuntimeError("the page of what has aged is not answered")
    plain = median(timed(run.control(size), [address(one) for one in run.shown(size)][:samples]).each)
    own = median(1000 * one.seconds for one in answers)
    yield Row("what has aged, p50", size, own, "ms", at_most(AGED_MS), plain, own / plain,
              note=f"processor {worked:.1f} ms")  # fmt: skip
