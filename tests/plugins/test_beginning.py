"""What a plugin needs at first: its ready forms; addresses that hold no pages yet."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.catalog.editing import Edit
from app.cli import gare
from app.config import load
from app.database.settings import Settings
from app.hooks import Hooks
from app.loader import load_config, load_hooks
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.shipped import beginning
from app.station import Station, open_station
from tests.plugins.written import write_plugin

OPERATOR = signed_in("x", SYSTEM, is_admin=True)


def write_page(site: Station, path: str, text: str = "Des mots.\n") -> None:
    site.door.save(OPERATOR, Edit(path, text, None, SYSTEM))


def off(site: Station) -> None:
    site.store_settings(plugins_on="-bells -directory")


def test_ready_forms_come_when_it_is_switched_on_for_the_first_time(site: Station) -> None:
    off(site)
    beginning.switch(site, ["bells"])

    assert "title: Cloche" in site.door.text(OPERATOR, "_forms/bell")[1]


def test_a_form_that_was_deleted_does_not_come_back(site: Station) -> None:
    beginning.begin(site)
    site.door.delete(OPERATOR, "_forms/bell", SYSTEM)
    beginning.switch(site, [])
    beginning.switch(site, ["bells"])

    assert site.door.find_view(OPERATOR, "_forms/bell") is None


def test_a_form_that_is_there_is_left_as_it_is(site: Station) -> None:
    write_page(site, "_forms/bell", "title: Notre cloche\nfields:\n  - name: title\n    type: text\n    label: Nom\n")
    beginning.begin(site)

    assert "Notre cloche" in site.door.text(OPERATOR, "_forms/bell")[1]


def test_forms_of_plugins_that_are_off_stay_away(site: Station) -> None:
    off(site)

    assert beginning.begin(site) is None


# -- addresses that are pages already --------------------------------------------------------------------------------


@pytest.fixture
def older(instance: Path) -> Path:
    """Give an instance of before there were plugins, in which somebody wrote a directory by hand."""
    station = open_station(load(instance), Hooks())
    write_page(station, "annuaire/index", "Notre annuaire.\n")
    station.store_settings(plugins_begun="")
    station.close()
    return instance


def settings(instance: Path) -> Settings:
    station = open_station(load_config(instance), load_hooks(load_config(instance)))
    found = station.settings.get()
    station.close()
    return found


def test_an_upgrade_leaves_a_plugin_off_whose_addresses_are_pages(older: Path) -> None:
    write_plugin(older, "bells")
    said = CliRunner().invoke(gare, ["--instance", str(older), "upgrade"]).output

    assert "“directory” stays switched off: there are pages in “annuaire”." in said
    assert settings(older).switched == {"directory": False}


def test_an_upgrade_without_migrations_does_so_too(older: Path) -> None:
    CliRunner().invoke(gare, ["--instance", str(older), "upgrade"])

    assert settings(older).switched == {"directory": False}


def test_the_job_process_does_so_where_nobody_upgraded(older: Path) -> None:
    CliRunner().invoke(gare, ["--instance", str(older), "jobs"])

    assert (settings(older).switched, settings(older).plugins_begun) == (
        {"directory": False},
        "agenda archive minutes polls",
    )


def test_an_upgrade_leaves_it_on_elsewhere(instance: Path) -> None:
    CliRunner().invoke(gare, ["--instance", str(instance), "upgrade"])

    assert settings(instance).switched == {}


def test_what_was_switched_on_by_hand_stays_on(older: Path) -> None:
    station = open_station(load(older), Hooks())
    station.store_settings(plugins_on="directory")
    station.close()
    CliRunner().invoke(gare, ["--instance", str(older), "upgrade"])

    assert settings(older).switched == {"directory": True}
