"""`gare import` and `gare export`: records in and out of files, with a report."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.catalog.record_rows import RecordQuery
from app.cli.pages import OPERATOR
from app.station import Station
from tests.calendar.foreign_calendars import calendar
from tests.cli.conftest import Gare
from tests.records.event_tables import EVENTS, FEAST, GARDEN
from tests.records.tables import FORM

Done = Callable[..., str]


@pytest.fixture
def form(done: Done) -> None:
    done("page", "put", "_forms/lieu", input=FORM)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "lieux.csv"
    file.write_text("Nom;Salles\nFour;2\nMoulin;3\n", encoding="utf-8")
    return file


@pytest.mark.usefixtures("form")
def test_a_dry_run_says_what_would_be_done_and_does_nothing(done: Done, station: Station, table: Path) -> None:
    said = done("import", "csv", "lieu", str(table), "--dry-run")

    assert "New: 2" in said and "Nothing was saved." in said
    assert station.door.records(OPERATOR, RecordQuery("lieu"))[1] == 0


@pytest.mark.usefixtures("form")
def test_a_file_comes_in_and_the_same_again_changes_nothing(done: Done, station: Station, table: Path) -> None:
    first, again = done("import", "csv", "lieu", str(table)), done("import", "csv", "lieu", str(table))

    assert "New: 2" in first and "as before: 2" in again
    assert station.door.records(OPERATOR, RecordQuery("lieu"))[1] == 2


@pytest.mark.usefixtures("form")
def test_a_key_updates_the_records_that_are_there(done: Done, station: Station, table: Path) -> None:
    done("import", "csv", "lieu", str(table))
    table.write_text("Nom;Salles\nFour;7\n", encoding="utf-8")
    said = done("import", "csv", "lieu", str(table), "--key", "Nom")

    assert "changed: 1" in said
    assert {row.values["rooms"] for row in station.door.records(OPERATOR, RecordQuery("lieu"))[0]} == {"7", "3"}


@pytest.mark.usefixtures("form")
def test_refused_lines_are_named_and_the_command_fails(gare: Gare, table: Path) -> None:
    table.write_text("Nom;Salles\nFour;beaucoup\nMoulin;3\n", encoding="utf-8")
    result = gare("import", "csv", "lieu", str(table))

    assert result.exit_code == 1 and "New: 1" in result.stdout
    assert "Line 2: Salles:" in result.stderr and "Mend them" in result.stderr


@pytest.mark.usefixtures("form")
def test_what_is_exported_comes_in_unchanged(done: Done, table: Path, tmp_path: Path) -> None:
    done("import", "csv", "lieu", str(table))
    for kind in ("csv", "xlsx", "geojson"):
        file = tmp_path / f"out.{kind}"
        done("export", kind, "lieu", str(file))

        assert "as before: 2" in done("import", kind, "lieu", str(file))


def test_a_form_that_is_not_there_is_said(gare: Gare, table: Path) -> None:
    result = gare("import", "csv", "personne", str(table))

    assert result.exit_code == 1 and "There is no form of that name." in result.stderr


def test_a_calendar_comes_in_and_the_same_again_changes_nothing(done: Done, station: Station, tmp_path: Path) -> None:
    done("page", "put", "_forms/event", input=EVENTS)
    file = tmp_path / "mairie.ics"
    file.write_bytes(calendar(FEAST, GARDEN))
    tried, first, again = (
        done("import", "ics", str(file), *more) for more in (("--dry-run",), ("--space", "jardins"), ())
    )

    assert "New: 2" in tried and "Nothing was saved." in tried and "New: 2" in first and "as before: 2" in again
    assert station.door.records(OPERATOR, RecordQuery("event"))[0][0].values["spaces"] == ["jardins"]
