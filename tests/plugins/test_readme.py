"""“A plugin in ten minutes”: what the README says is written down, and works."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from app.cli import gare
from tests.plugins.conftest import Make
from tests.plugins.written import write
from tests.web.hands import Browser, form

README = (Path(__file__).parents[2] / "plugins/README.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"\*\*(birds/[\w./]+)\*\*\n\n```\w+\n(.*?)```", README, re.DOTALL))


@pytest.fixture
def app(instance: Path, make_app: Make) -> Flask:
    write(instance / "plugins", FILES)
    upgraded = CliRunner().invoke(gare, ["--instance", str(instance), "upgrade"])
    assert upgraded.exit_code == 0, upgraded.output
    app = make_app()
    app.extensions["gare"].store_settings(plugins_on="birds")
    return app


def test_the_readme_has_all_its_files() -> None:
    assert len(FILES) == 7


def test_what_is_typed_on_its_page_stands_on_it(browser: Browser) -> None:
    browser.post("/oiseaux/", **form(browser.get("/oiseaux/"), "main form") | {"name": "Huppe fasciée"})

    assert "Huppe fasciée" in browser.get("/oiseaux/").text


def test_its_block_shows_it_on_any_page(browser: Browser) -> None:
    browser.post("/oiseaux/", name="Huppe fasciée")
    browser.write("nature", "{{birds}}\n")

    assert "<li>Huppe fasciée</li>" in browser.get("/nature").text


def test_a_bird_without_a_name_is_refused(browser: Browser) -> None:
    assert browser.post("/oiseaux/", name=" ").status_code == 400


def test_it_is_offered_to_administrators(admin: Browser) -> None:
    assert "Who saw which bird." in admin.get("/-/admin/plugins").text
