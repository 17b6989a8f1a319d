"""Tables of plugins: made by `gare upgrade`, asked for at the start, in every backup."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import inspect, text

from app import backup
from app.cli import gare
from app.config import load
from app.database import truth
from app.errors import Invalid, Misconfigured
from app.hooks import Hooks
from app.loader import load_config, load_hooks
from app.station import Station, open_station
from tests.plugins.written import write, write_plugin


def run(instance: Path, *words: str) -> Result:
    return CliRunner().invoke(gare, ["--instance", str(instance), *words])


def done(instance: Path, *words: str) -> str:
    result = run(instance, *words)
    assert result.exit_code == 0, result.output
    return result.output


def count(instance: Path) -> int:
    station = open_station(load(instance), Hooks())
    with station.truth.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM bells_rung")).scalar_one()
    station.close()
    return int(found)


@pytest.fixture
def plain(instance: Path) -> Iterator[Station]:
    """Give the parts of an instance to which a plugin was added that has not been upgraded yet."""
    write_plugin(instance, "bells")
    station = open_station(load_config(instance), load_hooks(load_config(instance)))
    yield station
    station.close()


@pytest.fixture
def rung(instance: Path) -> Path:
    """Give an instance with a plugin, three rows of whose table are written."""
    write_plugin(instance, "bells")
    done(instance, "upgrade")
    done(instance, "bells", "ring", "--times", "3")
    return instance


def test_a_site_does_not_start_without_them(plain: Station) -> None:
    with pytest.raises(Misconfigured) as caught:
        truth.check(plain.truth, plain.hooks.plugins)

    assert list(caught.value.faults) == ["The tables of the plugin “bells” are missing. Run: gare upgrade"]


def test_an_upgrade_makes_them_after_a_backup(plain: Station, instance: Path) -> None:
    said = done(instance, "upgrade")

    assert "Backup before the upgrade" in said
    assert inspect(plain.truth).has_table("bells_rung")
    truth.check(plain.truth, plain.hooks.plugins)


def test_a_second_upgrade_does_nothing(rung: Path) -> None:
    assert done(rung, "upgrade") == "Everything is up to date.\n"
    assert count(rung) == 3


def test_a_newer_plugin_has_its_newer_migrations_run(rung: Path) -> None:
    newer = """
        revision = "0002"
        down_revision = "0001"


        def upgrade():
            from alembic import op
            op.execute("DELETE FROM bells_rung WHERE id = 1")
    """
    write(rung / "plugins/bells/migrations", {"0002_less.py": newer})
    result = run(rung, "page", "list")
    done(rung, "upgrade")

    assert "are of another version (0001, not 0002)" in result.output
    assert count(rung) == 2


def test_the_versions_of_the_program_and_of_a_plugin_are_apart(rung: Path) -> None:
    station = open_station(load_config(rung), load_hooks(load_config(rung)))
    part = next(part for part in truth.parts_of(station.hooks.plugins) if part.name == "bells")

    assert (truth.version(station.truth), truth.version(station.truth, part)) == (truth.HEAD, "0001")
    station.close()


def test_a_backup_brings_their_rows_back(rung: Path, tmp_path: Path) -> None:
    done(rung, "backup", str(tmp_path / "b.tar.gz"))
    done(tmp_path / "back", "restore", str(tmp_path / "b.tar.gz"))

    assert count(tmp_path / "back") == 3


def test_a_backup_names_the_version_of_their_migrations(rung: Path, tmp_path: Path) -> None:
    done(rung, "backup", str(tmp_path / "b.tar.gz"))
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        manifest = json.loads((tar.extractfile("manifest.json") or pytest.fail("no manifest")).read())

    assert manifest["plugins"]["bells"] == "0001"


def test_a_restore_without_the_plugin_is_refused_and_leaves_nothing(rung: Path, tmp_path: Path) -> None:
    done(rung, "backup", str(tmp_path / "b.tar.gz"))

    with pytest.raises(Invalid) as caught:
        backup.restore(tmp_path / "b.tar.gz", tmp_path / "back", list)
    assert caught.value.values["name"] in ("agenda", "bells")
    assert not list((tmp_path / "back").iterdir())


def test_a_restore_makes_the_tables_that_the_backup_had_not(instance: Path, tmp_path: Path) -> None:
    write_plugin(instance, "bells")
    station = open_station(load(instance), Hooks())
    backup.write(station, tmp_path / "b.tar.gz", lambda _what, _done, _all: None)
    station.close()
    done(tmp_path / "back", "restore", str(tmp_path / "b.tar.gz"))

    assert count(tmp_path / "back") == 0


def test_a_plugin_that_is_gone_leaves_its_rows(rung: Path) -> None:
    (rung / "plugins").rename(rung / "away")

    assert run(rung, "check").exit_code == 0
    assert count(rung) == 3
