"""The ground of maps: outlines, a file by parts, tiles of a server for which the policy opens where a map is shown."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from app.errors import Invalid
from app.forms.form import Choice, Field, Form
from app.records import communes, map_ground
from app.station import Station
from tests.web.hands import Browser
from tests.web.map_file import pmtiles

VENDOR = Path(__file__).parents[2] / "app/static/map/vendor"
TILES = "https://{s}.tile.example.org/{z}/{x}/{y}.png"
SHAPE = {"type": "Polygon", "coordinates": [[[4, 44], [4.5, 44], [4.5, 44.5], [4, 44]]]}
OUTLINES = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "properties": {"nom": "<b>"}, "geometry": SHAPE}],
}


def put(site: Station, name: str, content: bytes) -> None:
    folder = site.config.instance / map_ground.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)


def map_page(app: Flask, site: Station) -> str:
    """Render a page with a map, as a view does; gives its policy."""
    del site
    with app.test_request_context("/annuaire/"):
        page = render_template_string(
            '{% extends "base.html" %}{% block main %}<h1>x</h1>{% set points = "/p" %}{% include "maps/_map.html" %}{% endblock %}'
        )
        response = app.process_response(app.make_response(page))
    assert 'id="gc-map"' in page and "map/show" in page
    return response.headers["Content-Security-Policy"]


def test_the_policy_opens_for_the_tiles_where_a_map_is_shown(app: Flask, site: Station, browser: Browser) -> None:
    before = map_page(app, site)
    site.store_settings(map_ground="tiles", map_tiles=TILES, map_credit="Eux")
    policies = [map_page(app, site), browser.get("/-/changes").headers["Content-Security-Policy"]]

    assert "example.org" not in before
    assert "img-src 'self' https://*.tile.example.org blob:;" in policies[0]
    assert policies[0].replace(" https://*.tile.example.org", "") == policies[1] == before


def test_an_answer_that_says_nothing_changed_leaves_the_policy_of_the_first(browser: Browser) -> None:
    first = browser.get("/-/health")
    page = browser.get("/")
    again = browser.get("/", headers={"If-None-Match": page.headers.get("ETag", '"x"')})

    assert "Content-Security-Policy" in first.headers
    assert again.status_code != 304 or "Content-Security-Policy" not in again.headers


@pytest.mark.parametrize("address", ["http://t.org/{z}/{x}/{y}", "https://t.org/{z}/{x}", "https://t.org; script-src */{z}/{x}/{y}",
                                     "https://t.org/{z}/{x}/{y}'", "https://a@t.org/{z}/{x}/{y}", "https://{s}/{z}/{x}/{y}", "https://*/{z}/{x}/{y}",
                                     "https://t.org/{z}/{x}/{y}/{key}", "https://localhost/{z}/{x}/{y}", "javascript:{z}{x}{y}", "", "https://[/{z}/{x}/{y}",
                                     "https://t.org/{z}/{x}/{y}\n", "https://t{s}.org/{z}/{x}/{y}"])  # fmt: skip
def test_an_address_of_tiles_cannot_say_more_than_a_host(address: str) -> None:
    with pytest.raises(Invalid):
        map_ground.check_tiles(address)


def test_a_setting_of_another_hand_opens_nothing(app: Flask, site: Station) -> None:
    site.store_settings(map_ground="tiles", map_tiles="https://t.org; script-src *")

    assert "t.org" not in map_page(app, site)


def test_outlines_are_served_without_what_belongs_to_them(site: Station, browser: Browser) -> None:
    put(site, "outlines.geojson", json.dumps(OUTLINES).encode())
    answer = browser.get("/-/map/outlines.geojson")
    again = browser.get("/-/map/outlines.geojson", headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.json == {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": SHAPE}],
    }
    assert again.status_code == 304


@pytest.mark.parametrize("content", [b"", b"[", b"[]", b"{}", b'{"type": "FeatureCollection", "features": 3}', b"[" * 100_000, b"\xff\xfe",
                                     b'{"type": "Polygon", "coordinates": [NaN]}', b"x" * 3_000_001])  # fmt: skip
def test_outlines_that_are_none_are_left_out(app: Flask, site: Station, browser: Browser, content: bytes) -> None:
    put(site, "outlines.geojson", content)

    assert browser.get("/-/map/outlines.geojson").status_code in {400, 404, 422}
    with app.test_request_context("/"):
        assert "outlines" not in app.jinja_env.globals["drawn_on"]()


def test_a_file_of_tiles_is_served_by_parts(site: Station, browser: Browser) -> None:
    content = pmtiles(b"tile")
    put(site, "vallee.pmtiles", content)
    closed = browser.get("/-/map/ground.pmtiles")
    site.store_settings(map_ground="file")
    part = browser.get("/-/map/ground.pmtiles", headers={"Range": "bytes=0-126"})
    whole = browser.get("/-/map/ground.pmtiles")
    beyond = browser.get("/-/map/ground.pmtiles", headers={"Range": "bytes=999999-"})

    assert closed.status_code == 404 and whole.data == content and beyond.status_code == 416
    assert part.status_code == 206 and part.data == content[:127]
    assert part.headers["Content-Range"] == f"bytes 0-126/{len(content)}" and part.headers["ETag"]


def test_what_a_file_says_of_itself_is_read(site: Station) -> None:
    put(site, "a.pmtiles", b"PMTiles\x02" + b"\0" * 200)
    put(site, "b.pmtiles", b"PM")
    nothing = map_ground.tile_file(site.config.instance)
    put(site, "c.pmtiles", pmtiles(kind=2, highest=14))
    found = map_ground.tile_file(site.config.instance)

    assert nothing is None and found
    assert (found.file.name, found.kind, found.zoom, found.bounds) == (
        "c.pmtiles",
        "raster",
        14,
        (44.0, 4.0, 44.5, 4.5),
    )


def test_the_plain_ground_names_the_communes(app: Flask, site: Station, browser: Browser) -> None:
    communes.store(site, [communes.Commune("La Combe", "", "", 44.2, 4.2)])
    with app.test_request_context("/"):
        told = json.loads(app.jinja_env.globals["drawn_on"]())

    assert told["kind"] == "none" and told["bounds"] == [[44.15, 4.15], [44.25, 4.25]]
    assert browser.get(told["names"]).json == [["La Combe", 44.2, 4.2]]


def test_a_place_is_searched_among_the_communes(site: Station, browser: Browser) -> None:
    communes.store(site, [communes.Commune("Saint-Étienne", "30120", "", 44.2, 4.2)])
    [found] = browser.get("/-/map/search?q=saint etienne").json["places"]

    assert (found["label"], found["lat"], found["precision"]) == ("30120 Saint-Étienne", 44.2, "commune")


def test_the_vendored_files_are_those_that_their_table_names() -> None:
    rows = re.findall(
        r"\| `([\w./-]+)` \| .* \| `([0-9a-f]{64})` \|", (VENDOR / "README.md").read_text(encoding="utf-8")
    )
    sums = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name, _ in rows}

    assert dict(rows) == sums
    assert {name for name, _ in rows} == {
        file.relative_to(VENDOR).as_posix() for file in VENDOR.rglob("*") if file.suffix in {".js", ".css"}
    }
    assert all((file.parent / "LICENSE").exists() for file in VENDOR.rglob("*.js"))


def test_the_legend_holds_the_choices_that_have_a_colour(app: Flask) -> None:
    choices = (Choice("a", {"fr": "Idée", "en": "Idea"}, colour="blue"), Choice("b", {"": "Sans"}))
    form = Form("x", {}, {}, (Field("note", "text", {}), Field("phase", "choice", {}, choices=choices)))
    with app.test_request_context("/", headers={"Cookie": "gare_display=auto.normal.en"}):
        legend = app.jinja_env.globals["map_legend"]

        assert legend(form) == [("a", "Idea", "blue")]
        assert legend(replace(form, fields=form.fields[:1])) == []
