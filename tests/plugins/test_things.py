"""What a plugin lends to search, backups, commands, links, drafts and jobs, shown by one that keeps letters."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from app import backup
from app.catalog import searching
from app.catalog.editing import Edit
from app.cli import gare
from app.hooks import Job
from app.jobs import lanes
from app.people.viewer import ANONYMOUS, OPERATOR
from app.plugin import search_own
from app.station import Station
from tests.catalog.hands import NADIA
from tests.plugins.written import small, write_plugin
from tests.web.hands import Browser

BODY = """
schemes = ("mail",)
_is_closed = False
def search_documents(self):
    return Letters(self)
def keeps(self, oids):
    return {"kept"} & set(oids)
def reindex(self, progress):
    (self.station.config.instance / "letters-derived").touch()
def draft(self, viewer, reference):
    return Draft("Un verger", "Des pommes.", "Lettre 7", "/cloches/7") if reference == "7" else None
def link(self, scheme, target):
    return f"/cloches/m/{target.partition('@')[0]}"
def commands(self):
    import click
    def say():
        click.echo(f"letters of {self.station.config.instance.name}")
    return [click.Group("import", commands=[click.Command("letters", callback=say)])]
"""
LETTERS = """

from datetime import UTC, datetime

from app.plugin import Document, Draft, FoundThing


def letter(number):
    return Document(f"letter:{number}", "letter", f"letter:{number}", f"Lettre {number}", "", "mirabelles", (), "",
                    "letters:1", "fr", datetime.fromtimestamp(number * 1000, UTC), marks=(f"author:{number % 2}",))


class Letters:
    kind, label, prefix = "letter", "Letters", "letter:"

    def __init__(self, plugin):
        self.plugin = plugin

    def audiences(self, viewer):
        return frozenset() if self.plugin._is_closed else frozenset({"letters:1"})

    def waiting(self, limit):
        return (), (), None

    def done(self, mark):
        pass

    def everything(self):
        return (letter(number) for number in range(1, 5))

    def found(self, viewer, keys):
        return {key: FoundThing("Lettre " + key[7:], "/cloches/" + key[7:], "des mirabelles", 1000, "Cloches")
                for key in keys if key != "letter:4"}
"""


@pytest.fixture
def bells(instance: Path) -> Path:
    """Put a plugin into the instance that keeps letters, instead of the one with bells."""
    return write_plugin(instance, "bells", plugin=small(BODY, "bells", "cloches") + LETTERS)


def own(site: Station, text: str, **limits: object) -> list[str]:
    found, _ = search_own(site, ANONYMOUS, text, kind="letter", **limits)  # type: ignore[arg-type]
    return sorted(one.key for one in found)


def test_the_search_page_shows_things_and_leaves_out_what_the_plugin_does(site: Station, browser: Browser) -> None:
    searching.follow(site.wiki)
    text = browser.get("/-/search?q=mirabelles").get_data(as_text=True)

    assert 'href="/cloches/3"' in text and "/cloches/4" not in text


def test_marks_and_times_narrow_the_own_search(site: Station) -> None:
    searching.follow(site.wiki)

    assert own(site, "mirabelles", marks=("author:1",)) == ["letter:1", "letter:3"]
    assert own(site, "", since=2000, until=3000) == ["letter:2", "letter:3"]


def test_a_closed_list_is_found_no_more_at_once(site: Station) -> None:
    searching.follow(site.wiki)
    next(one for one in site.hooks.plugins if one.name == "bells")._is_closed = True

    assert own(site, "mirabelles") == []


def test_the_index_takes_in_a_plugin_that_was_off_when_it_was_built(site: Station) -> None:
    site.store_settings(plugins_on="-bells")
    searching.rebuild(site.wiki)
    site.store_settings(plugins_on="bells")
    searching.follow(site.wiki)

    assert own(site, "mirabelles") == ["letter:1", "letter:2", "letter:3"]


def test_files_of_plugins_are_kept_while_they_are_off_too(site: Station) -> None:
    site.store_settings(plugins_on="-bells")

    assert site.hooks.kept({"kept", "other"}) == {"kept"}


def test_links_lead_where_the_plugin_says_and_are_words_without_it(site: Station, browser: Browser) -> None:
    site.door.save(OPERATOR, Edit("verger", "Voir [la lettre](mail:ab@c.fr).\n", None, NADIA, ""))
    with_it = browser.get("/verger").get_data(as_text=True)
    site.store_settings(plugins_on="-bells")
    without = browser.get("/verger").get_data(as_text=True)

    assert 'href="/cloches/m/ab"' in with_it
    assert "la lettre" in without and "/cloches/m/ab" not in without
    assert [one.path for one in site.door.citing(ANONYMOUS, "mail:ab@c.fr")] == ["verger"]
    assert site.door.wanted(ANONYMOUS, 10, 0) == []


def test_a_draft_fills_in_the_new_page_with_its_source(admin: Browser) -> None:
    asked = admin.get("/-/new?from=bells:7").get_data(as_text=True)
    opened = admin.get("/-/edit/un-verger?from=bells:7").get_data(as_text=True)

    assert "Un verger" in asked and 'value="bells:7"' in asked
    assert "Des pommes." in opened and "[Lettre 7](&lt;/cloches/7&gt;)" in opened


def test_a_command_stands_in_the_group_of_the_program(app: Flask, instance: Path) -> None:
    del app
    run = CliRunner().invoke(gare, ["--instance", str(instance), "import", "letters"])

    assert run.output == f"letters of {instance.name}\n"
    assert "csv" in CliRunner().invoke(gare, ["--instance", str(instance), "import", "--help"]).output


def test_jobs_run_in_the_lane_that_they_ask_for(site: Station) -> None:
    site.hooks.jobs += [Job(f"bells-{name}", 1, lambda: None, lane="slow") for name in ("one", "two")]

    assert [job.name for job in lanes(site)[-1]] == ["bells-one", "bells-two"]


def test_a_database_below_mail_is_backed_up_whole_while_it_is_open(site: Station, tmp_path: Path) -> None:
    home = site.config.instance / "mail" / "list"
    home.mkdir(parents=True)
    with closing(sqlite3.connect(home / "raw.sqlite")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE raw(x)")
        database.execute("INSERT INTO raw VALUES (7)")
        database.commit()
        backup.write(site, tmp_path / "all.tar", lambda *_: None)
    with tarfile.open(tmp_path / "all.tar") as tar:
        names = [name for name in tar.getnames() if name.startswith("mail/")]
        packed = tar.extractfile("mail/list/raw.sqlite")
        assert packed
        (tmp_path / "raw.sqlite").write_bytes(packed.read())

    assert names == ["mail/list/raw.sqlite"]
    with closing(sqlite3.connect(tmp_path / "raw.sqlite")) as copy:
        assert copy.execute("SELECT x FROM raw").fetchall() == [(7,)]


def test_reindexing_lets_plugins_build_anew_what_they_derive(app: Flask, instance: Path) -> None:
    del app
    CliRunner().invoke(gare, ["--instance", str(instance), "reindex"])

    assert (instance / "letters-derived").exists()
