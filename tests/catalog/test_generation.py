"""The generation of the catalog: another one after every change, in every process, and cheap to ask for."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.catalog.catalog import SETTLED, Catalog, set_fact
from app.station import Station


@pytest.fixture
def other(station: Station) -> Iterator[Catalog]:
    """Open the catalog as another process would."""
    catalog = Catalog(station.wiki.catalog.file)
    yield catalog
    catalog.close()


def let_settle(catalog: Catalog) -> None:
    """Make what was written look old."""
    for file in (catalog.file, catalog.file.with_name(f"{catalog.file.name}-wal")):
        os.utime(file, ns=(0, time.time_ns() - 2 * SETTLED))


def change(station: Station, generation: str) -> None:
    with station.wiki.catalog.changing() as connection:
        set_fact(connection, "generation", generation)


@contextmanager
def counting(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count how often the database is asked."""
    asked: list[int] = []
    reading = catalog.reading

    def counted():  # type: ignore[no-untyped-def]
        asked.append(1)
        return reading()

    monkeypatch.setattr(catalog, "reading", counted)
    yield asked


def test_every_change_is_seen_at_once_by_others(station: Station, other: Catalog) -> None:
    seen = []
    for number in range(50):
        change(station, str(number))
        seen.append((station.wiki.catalog.generation(), other.generation()))

    assert seen == [(str(number), str(number)) for number in range(50)]


def test_a_change_after_a_quiet_time_is_seen(station: Station, other: Catalog) -> None:
    change(station, "one")
    let_settle(other)
    assert other.generation() == "one"

    change(station, "two")

    assert other.generation() == "two"


def test_the_database_is_not_asked_while_nothing_is_written(
    station: Station, other: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(station, "one")
    let_settle(other)
    other.generation()

    with counting(other, monkeypatch) as asked:
        assert [other.generation() for _ in range(5)] == ["one"] * 5
    assert not asked


def test_what_was_just_written_is_asked_for_again(
    station: Station, other: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(station, "one")

    with counting(other, monkeypatch) as asked:
        other.generation()
        other.generation()
    assert len(asked) == 2
