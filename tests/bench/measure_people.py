"""What it costs to know who is looking: pages for somebody signed in, the rights of a request."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine

from app.people import accounts, groups, sessions
from app.people.groups import Group
from app.people.viewer import ANONYMOUS
from tests.bench.client import Client
from tests.bench.instances import open_instance
from tests.bench.load import Request
from tests.bench.measure_view import Contender, compete, view_rows
from tests.bench.run import Run, address, median
from tests.bench.table import Row, at_most

GROUPS = 50
OWN_GROUPS = 10  # of the one whose requests are measured
READER = "Voisine du banc"
_ROUNDS = 9


def measure_signed_in(run: Run) -> Iterator[Row]:
    """Show pages to a member of ten groups, against the same control that shows them to the anonymous."""
    size = run.largest
    cookie = sign_in(run.site(size).client(), _link(run.instance(size)))
    shown = [address(outline) for outline in run.shown(size)]
    control = Contender(run.control(size), [Request(one) for one in shown])
    site = Contender(run.site(size), [Request(one, cookie=cookie) for one in shown])
    compete(run, [control, site])
    yield from view_rows("page view, signed in", size, control, site, 0.50)


def measure_rights(run: Run) -> Iterator[Row]:
    """Find who is looking and what this one may read, as every request of somebody signed in does, without the web."""
    folder = run.instances.copy(run.sizes[0], "rights")
    link = _link(folder)
    with open_instance(folder) as station:
        with station.truth.begin() as connection:
            account = accounts.use_link(connection, link)
            assert account is not None
            secret = sessions.start(connection, account.id, is_shared=False, device="")

        def ask() -> None:
            with station.truth.connect() as connection:
                session = sessions.find(connection, secret)
                assert session is not None
                viewer = groups.viewer_of(connection, session.account)
            station.door.titles(viewer, ["index"])

        def plain() -> None:
            station.door.titles(ANONYMOUS, ["index"])

        times, controls = _in_turns([ask, plain], 20 * run.effort.samples)
    note = f"a member of {OWN_GROUPS} of {GROUPS} groups; control: the same of the anonymous"
    yield Row("who is looking, and what may be read", run.sizes[0], median(times), "ms", at_most(1), median(controls),
              note=note)  # fmt: skip


def _in_turns(works: list[Callable[[], None]], times: int) -> list[list[float]]:
    """Give the milliseconds of one call of each, round by round."""
    found: list[list[float]] = [[] for _ in works]
    for _ in range(_ROUNDS):
        for work, own in zip(works, found, strict=True):
            start = time.perf_counter()
            for _ in range(times):
                work()
            own.append(1000 * (time.perf_counter() - start) / times)
    return found


def _link(folder: Path) -> str:
    """Make a reader in ten of fifty groups; gives the secret of a link that signs in."""
    with open_instance(folder) as station:
        return _make_reader(station.truth)


def _make_reader(truth: Engine) -> str:
    with truth.begin() as connection:
        reader = accounts.add(connection, READER, is_admin=False)
        for number in range(GROUPS):
            group = groups.add(connection, Group(0, f"banc-{number}", f"Banc {number}", "", True))
            if number < OWN_GROUPS:
                groups.enter(connection, group, reader.id)
        return accounts.make_link(connection, reader.id)


def sign_in(client: Client, link: str) -> str:
    """Use the link as a browser does; gives its cookie. Raises RuntimeError where the site does not let it in."""
    answer = client.post("/-/signin", {"token": link})
    cookie = answer.headers.get("set-cookie", "").partition(";")[0]
    if answer.status != 303 or not cookie.startswith("session="):
        raise RuntimeError(f"signing in is answered with {answer.status}")
    return cookie
