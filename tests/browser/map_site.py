"""A site with pages that show maps and nothing else: hostile names, many points, a form that asks for a position."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, render_template_string, request
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from app import create_app
from app.catalog.record_rows import MapPoint
from app.cli.init import create
from app.database.settings import Settings
from app.records import communes
from app.shipped.content import Content
from app.station import Station
from app.web.maps.points import encode_points

HOSTILE = '<img src=x onerror="document.title=1">Four à pain & Cie “’'
POINTS = [
    MapPoint("annuaire/f/four", HOSTILE, 44.10, 4.10, ("bio",)),
    MapPoint("annuaire/j/jardin", "Jardin", 44.204, 4.304, ("autre",)),
    MapPoint("annuaire/l/lavoir", "Lavoir", 44.2001, 4.3001),
    MapPoint("annuaire/l/lavoir-2", "Lavoir", 44.2001, 4.3002),
    MapPoint("annuaire/m/a", "Même lieu A", 44.30, 4.20),
    MapPoint("annuaire/m/b", "Même lieu B", 44.30, 4.20),
]
LEGEND = [("bio", "Bio <b>", "green"), ("autre", "Autre", "plum")]
MAP = """{% extends "base.html" %}{% block title %}Carte{% endblock %}{% block main %}<h1>Carte</h1>
{% include "maps/_map.html" %}
<h2>Liste</h2><ul class="rows">{% for one in entries %}<li><a href="/{{ one.path }}">{{ one.title }}</a></li>{% endfor %}</ul>
{% endblock %}"""
FORM = """{% extends "base.html" %}{% block title %}Lieu{% endblock %}{% block look %}form{% endblock %}
{% from "_ui.html" import field %}{% block main %}<h1>Lieu</h1><form method="post" enctype="multipart/form-data">
{{ field("commune", "Commune") }}{{ field("lat", "Latitude") }}{{ field("lon", "Longitude") }}
{% set lat_id, lon_id, address_ids = "gc-field-lat", "gc-field-lon", ["gc-field-commune"] %}
{% include "maps/_input.html" %}{{ field("photo", "Photo", type="file") }}<button class="button">Envoyer</button></form>{% endblock %}"""
TERRITORY = [
    communes.Commune("Saint-Étienne-du-Vallon", "30120", "30999", 44.12, 4.11),
    communes.Commune("La Combe", "30121", "30998", 44.24, 4.28),
]


@dataclass
class MapSite:
    """The site; `station` to change its settings."""

    address: str
    station: Station
    instance: Path


@contextmanager
def serve_maps(folder: Path) -> Iterator[MapSite]:
    """Make the site and serve it from this process."""
    instance = folder / "instance"
    create(instance, Settings(title="Cartes", language="fr"), Content({}, {}))
    app = create_app(instance)
    _add_pages(app)
    station: Station = app.extensions["gare"]
    communes.store(station, TERRITORY)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield MapSite(f"http://127.0.0.1:{server.server_port}", station, instance)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        station.close()


def _add_pages(app: Flask) -> None:
    def show(name: str) -> str:
        pins = (
            [{"lat": 44.1, "lon": 4.1, "title": HOSTILE, "address": "javascript:alert(1)"}] if name == "pins" else None
        )
        points = f"/-/map/test/{name}.json" if name != "pins" else ""
        entries = POINTS if name != "many" else []
        legend = LEGEND if name == "few" else []
        return render_template_string(
            MAP, points=points, pins=pins, legend=legend, entries=entries, add="/-/new?form=lieu"
        )

    def points(name: str) -> Response:
        found = {"few": POINTS, "many": _many(), "none": []}[name]
        return Response(encode_points(found, "/"), mimetype="application/json")

    app.add_url_rule("/-/map/test/<name>", "test_map", show)
    app.add_url_rule("/-/map/test/<name>.json", "test_points", points)
    app.add_url_rule("/-/map/form", "test_form", lambda: render_template_string(FORM, typed=request.args))


def _many() -> list[MapPoint]:
    """Ten thousand points over half a country."""
    return [
        MapPoint(
            f"annuaire/l/lieu-{n}", f"Lieu {n}", 43 + (n * 7919 % 10_007) / 4000, 2 + (n * 104_729 % 10_009) / 3000
        )
        for n in range(10_000)
    ]
