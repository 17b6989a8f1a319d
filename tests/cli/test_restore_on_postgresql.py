"""A backup of SQLite comes back on PostgreSQL, and goes on there: new rows are numbered after the old ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.backup.tables import tables_of
from app.database.engine import make_engine
from app.outbox import mails
from app.station import Station
from tests.backup.filling import fill, rows_of
from tests.database.test_truth import postgresql, server  # noqa: F401 - fixtures

Done = Callable[..., str]


def test_every_row_comes_back_on_postgresql_and_more_can_be_added(
    station: Station, done: Done, tmp_path: Path, postgresql: str, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    with station.truth.begin() as connection:
        fill(connection)
        mails.put_aside(connection)
        filled = rows_of(connection)
    done("backup", tmp_path / "b.tar")
    monkeypatch.setenv("GARE_DATABASE_URL", postgresql)
    done("restore", tmp_path / "b.tar", instance=tmp_path / "back")
    engine = make_engine(postgresql)
    with engine.connect() as connection:
        back = rows_of(connection)
    with engine.begin() as connection:
        mail_id = mails.queue(connection, mails.Mail("nadia@example.org", "Bonjour", "Un mot."))
        names = {table.name for table in tables_of(connection)}
    engine.dispose()

    assert back == filled
    assert names == filled.keys()
    assert mail_id == 2001
