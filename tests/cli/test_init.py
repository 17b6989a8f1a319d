"""`gare init`."""

import tomllib
from pathlib import Path

import pytest
from click.testing import Result

from app.config import declared, load
from app.database.settings import load as load_settings
from app.hooks import Hooks
from app.people.viewer import READER
from app.shipped import content
from app.station import Station, open_station
from app.wiki.frontmatter import parse
from app.wiki.page import form_of
from tests.cli.conftest import Gare


@pytest.fixture
def made(gare: Gare, tmp_path: Path) -> Result:
    return gare("init", "--title", "Notre vallée", instance=tmp_path / "new")


def test_a_new_instance_needs_no_care(made: Result, tmp_path: Path, gare: Gare) -> None:
    checked = gare("check", instance=tmp_path / "new")

    assert checked.exit_code == 0, checked.output


def test_a_new_instance_holds_the_first_pages(made: Result, tmp_path: Path, gare: Gare) -> None:
    listed = gare("page", "list", instance=tmp_path / "new").stdout.split()

    assert made.exit_code == 0
    assert sorted(path for path in listed if form_of(path) is None) == sorted(content.starter("fr").pages)


def test_a_new_instance_holds_the_ready_forms_of_its_plugins(made: Result, tmp_path: Path, gare: Gare) -> None:
    listed = gare("page", "list", instance=tmp_path / "new").stdout.split()
    ready = (Path(__file__).parents[2] / "plugins").glob("*/forms/*.yaml")

    assert {form_of(path) for path in listed} - {None} == {file.stem for file in ready}


def test_the_first_pages_have_an_identity_each(made: Result, tmp_path: Path, gare: Gare) -> None:
    folder = tmp_path / "new"
    paths = [path for path in gare("page", "list", instance=folder).stdout.split() if form_of(path) is None]
    ids = {parse(gare("page", "get", path, instance=folder).stdout).text("id") for path in paths}

    assert "" not in ids
    assert len(ids) == len(paths)


def test_the_program_signs_the_first_pages_with_its_name(made: Result, tmp_path: Path) -> None:
    station = open_station(load(tmp_path / "new"), Hooks())
    author = station.door.find(READER, "index").author

    assert station.door.author_names([author]) == {author: "Gare Centrale"}
    station.close()


def test_title_and_language_are_kept(gare: Gare, tmp_path: Path) -> None:
    gare("init", "--title", "Our valley", "--lang", "en", instance=tmp_path / "new")
    station = open_station(load(tmp_path / "new"), Hooks())

    assert (station.settings.get().title, station.settings.get().language) == ("Our valley", "en")
    station.close()


def test_with_the_demo_its_home_page_wins(gare: Gare, tmp_path: Path) -> None:
    gare("init", "--demo", instance=tmp_path / "new")

    home = gare("page", "get", "index", instance=tmp_path / "new").stdout
    assert content.is_same(home, content.demo("fr").pages["index"])


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(gare: Gare, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")

    result = gare("init", instance=tmp_path)

    assert result.exit_code == 1
    assert "is not empty" in result.stderr
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_what_fails_leaves_nothing_behind(gare: Gare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result = gare("init", instance=tmp_path / "new")

    assert result.exit_code == 1
    assert result.stderr == "gare: The program git is missing on the server. Install it.\n"
    assert not (tmp_path / "new").exists()


def test_a_database_in_use_is_refused_and_left_alone(
    gare: Gare, station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.store_settings(title="Notre vallée", language="fr")
    before = station.settings.get()
    monkeypatch.setenv("GARE_DATABASE_URL", f"sqlite:///{station.config.instance / 'gare.db'}")

    result = gare("init", "--title", "Another", "--lang", "en", instance=tmp_path / "new")

    assert (result.exit_code, "The database is not empty" in result.stderr) == (1, True)
    with station.truth.connect() as connection:
        assert load_settings(connection) == before
    assert not (tmp_path / "new").exists()


def test_the_settings_file_is_right_as_written_and_with_every_line_switched_on(made: Result, tmp_path: Path) -> None:
    written = (tmp_path / "new/gare.toml").read_text()
    switched_on = "\n".join(line.removeprefix("# ") for line in written.splitlines() if " = " in line)
    known = switched_on.split("Take the # away")[-1]

    assert tomllib.loads(written) == {}
    assert set(tomllib.loads(known)) == set(declared())


def test_secrets_are_closed_to_others(made: Result, tmp_path: Path) -> None:
    assert (tmp_path / "new/secret.key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new").stat().st_mode & 0o007 == 0
