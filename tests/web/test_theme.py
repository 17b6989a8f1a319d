"""A theme: found, inherited, and able to replace any template and any style."""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.errors import Misconfigured
from app.web.theme import Theme


def make_theme(instance: Path, name: str, settings: str = "", **files: str) -> Path:
    folder = instance / "themes" / name
    for file, text in {"theme.toml": settings, **files}.items():
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (instance / "gare.toml").write_text(f"theme = '{name}'\n", encoding="utf-8")
    return folder


def served(instance: Path) -> Flask:
    return create_app(instance)


def close(app: Flask) -> None:
    app.extensions["gare"].close()


def test_a_theme_of_the_instance_replaces_a_template(instance: Path):
    make_theme(instance, "mine", **{"templates/errors/error.html": "<h1>Oh! {{ status }}</h1>"})
    app = served(instance)

    assert app.test_client().get("/-/me").text == "<h1>Oh! 403</h1>"
    close(app)


def test_a_template_that_a_theme_does_not_have_is_the_apps(instance: Path):
    make_theme(instance, "mine", **{"templates/_desk.html": "<footer>Mine</footer>"})
    app = served(instance)
    page = app.test_client().get("/-/search").text

    assert "<footer>Mine</footer>" in page
    assert 'role="search"' in page
    close(app)


def test_a_theme_replaces_the_style_and_its_address_changes_with_it(instance: Path):
    app = served(instance)
    before = app.extensions["gare.theme"].address("site.css")
    close(app)
    make_theme(instance, "mine", **{"static/site.css": "body { color: teal }"})
    app = served(instance)
    theme: Theme = app.extensions["gare.theme"]
    answer = app.test_client().get(f"/-/static/{theme.address('site.css')}")

    assert theme.address("site.css") != before
    assert answer.text == "body { color: teal }"
    assert "immutable" in answer.headers["Cache-Control"]
    close(app)


def test_a_theme_that_extends_another_one_takes_the_rest_from_it(instance: Path):
    make_theme(instance, "base", **{"static/site.css": "base", "static/more.css": "base"})
    make_theme(instance, "mine", "extends = 'base'", **{"static/site.css": "mine"})
    app = served(instance)
    theme: Theme = app.extensions["gare.theme"]
    contents = [theme.find_static(name) for name in ("site.css", "more.css", "icons.svg")]

    assert [file.content[:4] for file in contents if file] == [b"mine", b"base", b"<svg"]
    close(app)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("theme = 'none'", "there is no theme “none”"),
        ("theme = '../mine'", "there is no theme"),
        ("theme = ''", "there is no theme"),
        ("theme = 3", "text"),
    ],
)
def test_a_wrong_theme_stops_the_start_with_the_cure(instance: Path, settings: str, words: str):
    (instance / "gare.toml").write_text(settings, encoding="utf-8")

    with pytest.raises(Misconfigured, match=words):
        create_app(instance)


def test_a_theme_that_extends_itself_stops_the_start(instance: Path):
    make_theme(instance, "mine", "extends = 'mine'")

    with pytest.raises(Misconfigured, match="extends itself"):
        create_app(instance)


@pytest.mark.parametrize("name", ["../site.css", "editor/../../config.py", "/etc/passwd", "..", "x\0y", "a\\b"])
def test_nothing_outside_the_static_folders_is_served(client, name: str):
    assert client.get(f"/-/static/0000000000/{name}").status_code == 404
