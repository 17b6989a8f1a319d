"""Settings of the site, written by several people at once."""

import threading

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.database import settings, truth
from app.database.settings import Settings
from app.station import Station
from tests.database.test_truth import engine, postgresql, server  # noqa: F401 - fixtures


def test_a_setting_that_was_changed_meanwhile_stays(station: Station) -> None:
    station.settings.get()
    with station.truth.begin() as connection:  # another process
        settings.store(connection, {"title": "La vallée"})
    station.store_settings(accent="ochre")

    with station.truth.connect() as connection:
        found = settings.load(connection)
    assert (found.title, found.accent) == ("La vallée", "ochre")


def test_a_setting_that_nobody_knows_is_a_mistake(station: Station) -> None:
    with pytest.raises(TypeError, match="colour"):
        station.store_settings(colour="blue")


def test_two_who_write_a_first_value_at_once_both_come_through(engine: Engine) -> None:  # noqa: F811
    truth.migrate(engine)
    failed: list[Exception] = []
    barrier = threading.Barrier(2)

    def write(title: str) -> None:
        barrier.wait(5)
        try:
            with engine.begin() as connection:
                settings.store(connection, {"title": title, "accent": "plum"})
        except SQLAlchemyError as error:
            failed.append(error)

    _together(lambda: write("Un"), lambda: write("Deux"))

    assert failed == []
    with engine.connect() as connection:
        assert settings.load(connection).title in {"Un", "Deux"}


def test_a_first_value_that_another_wrote_a_moment_before_is_written_over(
    engine: Engine,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    truth.migrate(engine)
    with engine.begin() as connection:
        settings.store(connection, {"title": "Un"})
    found, seen = settings._update, []

    def missed_once(connection: Connection, key: str, value: str) -> bool:
        seen.append(key)
        return len(seen) > 1 and found(connection, key, value)

    monkeypatch.setattr(settings, "_update", missed_once)
    with engine.begin() as connection:
        settings.store(connection, {"title": "Deux"})

    with engine.connect() as connection:
        assert settings.load(connection) == Settings(title="Deux")


def _together(*tasks) -> None:  # type: ignore[no-untyped-def]
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
