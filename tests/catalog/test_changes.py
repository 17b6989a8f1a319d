"""The last changes of a folder: its pages as they are named today, found without reading all other changes."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert

from app.catalog.deleting import delete
from app.catalog.history import ChangeQuery, list_changes
from app.catalog.moving import Rename, rename
from app.catalog.readers import EVERYTHING
from app.catalog.tables import revisions
from tests.catalog.hands import NADIA, Hands

FOLDER = ChangeQuery(space="jardins")


def changes(hands: Hands, query: ChangeQuery = FOLDER) -> list[tuple[str, str]]:
    with hands.wiki.catalog.reading() as connection:
        return [(row.what, row.current_path) for row in list_changes(connection, query, EVERYTHING)]


def steps(connection: Connection, run: Callable[[], object]) -> int:
    """Count the work of SQLite, in hundreds of its own steps."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    driver = connection.connection.driver_connection
    assert driver
    driver.set_progress_handler(step, 100)
    run()
    driver.set_progress_handler(None, 0)
    return count


@pytest.mark.parametrize("few", [0, 2000])
def test_changes_of_a_folder_are_those_of_its_pages_of_today(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("app.catalog.history.FEW", few)
    for path in ("jardins/eau", "jardins/index", "jardins-du-haut", "Jardins/b", "jardins0", "jardins", "parti", "a/b"):
        hands.push_pages(**{path.replace("/", "__"): "un\n"})
    hands.wiki.catch_up()
    rename(hands.wiki, Rename("parti", "jardins/venu", NADIA))
    delete(hands.wiki, "jardins/eau", NADIA)

    assert changes(hands) == [
        ("deleted", "jardins/eau"), ("renamed", "jardins/venu"), ("created", "jardins/venu"),
        ("created", "jardins/index"), ("created", "jardins/eau"),
    ]  # fmt: skip
    assert changes(hands, ChangeQuery(space="jardins", limit=1)) == [("deleted", "jardins/eau")]


def test_changes_of_a_quiet_folder_are_found_without_reading_all_others(hands: Hands) -> None:
    hands.write("jardins/eau", "un\n")
    hands.write("a", "un\n")
    row = {"what": "edited", "author": NADIA, "at": 1, "summary": "", "path": "a", "lineage": 2}
    with hands.wiki.catalog.changing() as connection:
        connection.execute(insert(revisions), [{**row, "revision": f"{number:040}"} for number in range(5000)])
    with hands.wiki.catalog.reading() as connection:
        work = [
            steps(connection, lambda space=space: list_changes(connection, ChangeQuery(space=space), EVERYTHING))
            for space in ("jardins", "inconnu")
        ]

    assert max(work) < 20 and changes(hands) == [("created", "jardins/eau")]
