"""The JSON API under `/-/api/v1/`; `openapi.json` is derived from this code."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask, request

from app.errors import N_, NotFound
from app.station import Station
from app.web.api import changes, events, forms, pages, records
from app.web.api.base import GareApi, recognise


def connect(app: Flask, station: Station) -> None:
    """Give the application its API. It knows bearer tokens only, never the browser's session."""
    app.config.update(
        API_TITLE="Gare Centrale",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/-/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "security": [{}, {"token": []}],
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        },
    )
    api = GareApi(app)
    api.register_blueprint(pages.blueprint)
    api.register_blueprint(changes.blueprint)
    api.register_blueprint(forms.blueprint)
    api.register_blueprint(records.blueprint)
    api.register_blueprint(events.blueprint)
    owners: dict[str, Any] = {}  # plugins by the name of their blueprint
    for plugin in station.hooks.plugins:
        for blueprint in plugin.api():
            api.register_blueprint(blueprint)
            owners[blueprint.name] = plugin
    app.before_request(partial(_recognise, station, owners))


def _recognise(station: Station, owners: Mapping[str, Any]) -> None:
    """Find who asks for the part of a plugin that is switched on."""
    owner = owners.get(request.blueprint or "")
    if owner is None:
        return
    if not station.hooks.is_on(owner):
        raise NotFound(N_("There is no such page."))
    recognise()
