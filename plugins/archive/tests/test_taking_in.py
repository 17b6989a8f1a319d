"""Messages are taken in once, and come back from their packs."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from app.plugin import make_engine, sqlite_url
from app.wiki.files import FileStore
from plugins.archive import lists, rows, tables
from plugins.archive.archive import Archive
from plugins.archive.batches import batches
from plugins.archive.demo_list import messages
from plugins.archive.healing import heal
from plugins.archive.rebuilding import rebuild
from plugins.archive.taking_in import take_in

NOW = 1_800_000_000


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    truth = make_engine(sqlite_url(tmp_path / "gare.db"))
    tables.metadata.create_all(truth)
    files = FileStore(tmp_path / "files", cache=tmp_path / "cache")
    stamp = SimpleNamespace(touch=lambda: None)  # kept pages are no part of these tests
    config = SimpleNamespace(instance=tmp_path, timezone="Europe/Paris")
    made = Archive(SimpleNamespace(truth=truth, wiki=SimpleNamespace(files=files), config=config, stamp=stamp))  # type: ignore[arg-type]
    yield made
    made.close()
    truth.dispose()


def _threads(archive: Archive) -> list[Any]:
    with archive.rows.connect() as connection:
        own = select(rows.threads.c.code, rows.threads.c.messages, rows.threads.c.people)
        return sorted(map(tuple, connection.execute(own)))


def test_a_second_import_adds_nothing(archive: Archive) -> None:
    list_ = lists.make(archive.truth, "gens", "Les gens", now=NOW)
    first = take_in(archive, list_, messages("fr"), now=NOW)

    second = take_in(archive, list_, messages("fr"), now=NOW)

    assert (first.new, second.new, second.already_there) == (first.read, 0, first.read)


def test_a_rebuild_gives_the_same_threads(archive: Archive) -> None:
    take_in(archive, lists.make(archive.truth, "gens", "Les gens", now=NOW), messages("fr"), now=NOW)
    before = _threads(archive)

    rebuild(archive)

    assert _threads(archive) == before


def test_messages_without_rows_are_healed(archive: Archive) -> None:
    list_ = lists.make(archive.truth, "gens", "Les gens", now=NOW)
    counts = take_in(archive, list_, messages("fr"), now=NOW)
    with archive.changing() as connection:
        connection.execute(delete(rows.messages))

    healed = heal(archive, list_, now=NOW)

    with archive.rows.connect() as connection:
        assert healed == counts.new == connection.execute(select(func.count()).select_from(rows.messages)).scalar()


def test_a_batch_is_never_more_than_can_be_held() -> None:
    sizes = [30, 30, 1, 90, 1] + [0] * 450

    found = [len(some) for some in batches(sizes, lambda size: size * 1_000_000)]

    assert found == [1, 2, 1, 200, 200, 51]
