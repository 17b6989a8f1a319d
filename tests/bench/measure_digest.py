"""The weekly mails to 800 people who follow 50 spaces each, half of which only some may read."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator

from sqlalchemy import insert

from app.follow.subscriptions import SPACE
from app.follow.tables import rhythms, subscriptions
from app.people import accounts, groups
from app.people.accounts import Account
from app.people.groups import Group
from app.station import Station
from app.wiki.store import Change
from tests.bench import telling
from tests.bench.instances import open_instance
from tests.bench.run import Run
from tests.bench.server import ROOT, environment
from tests.bench.table import Row, at_most

PEOPLE, SPACES, PAGES = 800, 50, 8  # pages that were made in each space in the week
CLOSED = 2  # every second space is for a group
OWN_GROUPS = 5  # of each person: hardly two may read the same
SETTINGS = 'smtp_host = "localhost"\nmail_from = "gare@example.org"\naddress = "https://gare.example"\n'


def measure_digest(run: Run) -> Iterator[Row]:
    """Write all mails of a Monday in a process of its own; the control queues as many that are written already."""
    folder = run.instances.copy(run.largest, "digest")
    with (folder / "gare.toml").open("a") as settings:
        settings.write(SETTINGS)
    with open_instance(folder) as station:
        _write_week(station)
        people = min(PEOPLE, 4 * run.effort.samples)
        _settle(station, people)
    command = [sys.executable, "-m", telling.__name__, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True)
    found = json.loads(done.stdout)
    if found["mails"] != people:
        raise RuntimeError(f"{found['mails']} mails were written")
    note = f"{SPACES} spaces, {SPACES * PAGES} new pages, {found['kilobytes']:.1f} kB a mail; control: only queued"
    yield Row(f"weekly mails of {people} people", run.largest, found["seconds"], "s", at_most(60), found["control"],
              found["seconds"] / found["control"], note)  # fmt: skip
    yield Row("  memory, at the most", run.largest, found["peak"], "MB", at_most(200))


def _write_week(station: Station) -> None:
    """Write the pages of a week, in one commit."""
    changes = []
    for space in range(SPACES):
        audience = f"audience: group:banc-{space}\n" if space % CLOSED else ""
        changes.append(Change(f"banc-{space}/index.md", f"---\ntitle: Banc {space}\n{audience}---\nMot.\n".encode()))
        changes += [
            Change(f"banc-{space}/page-{page}.md", f"---\ntitle: Page {page} du banc {space}\n---\nMot.\n".encode())
            for page in range(PAGES - 1)
        ]
    with station.wiki.store.writing() as writer:
        writer.commit(changes, author="m-aaaaaaaa", summary="")
    station.wiki.catch_up()


def _settle(station: Station, count: int) -> None:
    """Make people, each in some groups, who follow all spaces and are due."""
    chance, before = random.Random(3), station.door.newest_change() - SPACES * PAGES
    with station.truth.begin() as connection:
        closed = [
            groups.add(connection, Group(0, f"banc-{space}", f"Banc {space}", "", True))
            for space in range(SPACES)
            if space % CLOSED
        ]
        people = []
        for number in range(count):
            account = accounts.add(connection, f"Voisin {number}", is_admin=False, email=f"v{number}@example.org")
            people.append(account)
            for group in chance.sample(closed, OWN_GROUPS):
                groups.enter(connection, group, account.id)
        rows = [_follows(account, space) for account in people for space in range(SPACES)]
        connection.execute(insert(subscriptions), rows)
        since = {"rhythm": "weekly", "last_sent": int(time.time()) - 7 * 86_400, "last_change": before, "next_due": 0}
        connection.execute(insert(rhythms), [since | {"account_id": account.id} for account in people])


def _follows(account: Account, space: int) -> dict[str, object]:
    return {"account_id": account.id, "what": SPACE, "name": f"banc-{space}", "since": 0}
