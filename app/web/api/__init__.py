"""The JSON API under `/-/api/v1/`; `openapi.json` is derived from this code."""

from flask import Flask

from app.web.api import changes, events, forms, pages, records
from app.web.api.base import GareApi


def connect(app: Flask) -> None:
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
