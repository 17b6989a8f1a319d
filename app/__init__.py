"""Gare Centrale: the wiki in which a collective of inhabitants finds who, when, where and how to help.

OPEN FIRST: `create_app` is the table of contents, and it runs.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

__version__ = "0.1.0"


def create_app(instance: Path | None = None) -> "Flask":
    """Make the web application of one instance (`$GARE_INSTANCE`, else `instance/`)."""
    # Imported here, so that the plain parts (app.wiki, app.convert) can be used without the web; a hook of git and a
    # renderer start in a third of the time.
    from flask import Flask

    from app import budget, loader, station, web
    from app.database import truth

    folder = instance or Path(os.environ.get("GARE_INSTANCE", "instance"))
    settings = loader.load_config(folder)  # every setting, all faults at once
    hooks = loader.load_hooks(settings)  # lists, with what the plugins add to them
    parts = station.open_station(settings, hooks)  # git, catalog, search, people
    truth.check(parts.truth, hooks.plugins)  # migrated? else: gare upgrade
    theme = loader.load_theme(settings, hooks)  # templates and styles, theme before app before plugin
    budget.SENT.limit(settings.threads // 2)  # the other half goes on serving pages, whatever people send

    app = Flask("app", static_folder=None, template_folder=None)
    web.connect(app, parts, theme)  # blueprints, templates, sign-in, protection, errors
    return app
