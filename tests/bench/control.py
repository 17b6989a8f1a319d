"""The control: a bare Flask view that renders the site's own template with the same data from memory.

`python -m tests.bench.control INSTANCE BIND WORKERS FILE` serves it with gunicorn as `gare serve` runs it. FILE lists
the addresses of the pages. What the site does beside rendering (finding the page, its readers, where links lead, the
headers of protection) is what the comparison shows.
"""

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, make_response, render_template, request, template_rendered
from gunicorn.arbiter import Arbiter

from app import create_app
from app.cli.server import Server
from app.config import Config, load

TEMPLATE = "pages/show.html"
WORD = "/-/control/word"  # the least that Flask and gunicorn can do
UNCHANGED = "/-/control/304"  # a 304 from memory
ETAG = "control"
_OF_FLASK = {"g", "request", "session"}  # Flask adds its own


def make_control(instance: Path, addresses: list[str]) -> Flask:
    """Make the control; what the template is given is taken from real answers of the site."""
    site = create_app(instance)
    contexts = _contexts(site, addresses)
    site.extensions["gare"].close()
    control = Flask("control", static_folder=None, template_folder=None)
    control.jinja_env = site.jinja_env
    control.extensions["gare.theme"] = site.extensions["gare.theme"]
    language = str(next(iter(contexts.values()))["lang"])
    control.extensions["babel"] = replace(site.extensions["babel"], locale_selector=lambda: language)
    for rule in site.url_map.iter_rules():  # routing, and the addresses that the template writes, cost the same
        control.url_map.add(rule.empty())
    _connect(control, contexts)
    return control


def _connect(control: Flask, contexts: dict[str, dict[str, Any]]) -> None:
    def show(path: str = "") -> Response:
        return make_response(render_template(TEMPLATE, **contexts[f"/{path}"]))

    def word() -> str:
        return "ok"

    def unchanged(path: str) -> Response:
        response = Response("", 304)
        response.set_etag(ETAG)
        return response

    control.view_functions.update({"pages.show": show, "pages.home": show})
    control.add_url_rule(WORD, "word", word)
    control.add_url_rule(f"{UNCHANGED}/<path:path>", "unchanged", unchanged)


def _contexts(site: Flask, addresses: list[str]) -> dict[str, dict[str, Any]]:
    """Ask the site for each page and keep what its template was given."""
    kept: dict[str, dict[str, Any]] = {}
    menus: list[list[tuple[str, str]]] = []

    def keep(_site: Flask, template: Any, context: dict[str, Any], **_others: Any) -> None:
        if template.name != TEMPLATE:
            return
        asked = context["site"]
        if not menus:
            menus.append(asked.menu)  # asks the catalog
        plain = {name: value for name, value in vars(asked).items() if not name.startswith("_")}
        own = SimpleNamespace(menu=menus[0], **plain)
        kept[request.path] = {key: value for key, value in context.items() if key not in _OF_FLASK} | {"site": own}

    with template_rendered.connected_to(keep, site):
        client = site.test_client()
        for address in addresses:
            client.get(address)
    return {address: kept[unquote(address)] for address in map(unquote, addresses)}


class ControlServer(Server):
    """The control behind gunicorn, set up as the site is, without a job process."""

    def __init__(self, config: Config, bind: str, workers: int, addresses: list[str]) -> None:
        self._addresses = addresses
        super().__init__(config, bind, workers, on_ready=lambda: None)

    def load(self) -> Flask:
        """Make the control before the workers are forked."""
        return make_control(self._config.instance, self._addresses)

    def run(self) -> None:
        """Serve until a signal ends it."""
        Arbiter(self).run()


if __name__ == "__main__":
    folder, bind, workers, listed = sys.argv[1:]
    ControlServer(load(Path(folder)), bind, int(workers), Path(listed).read_text().splitlines()).run()
