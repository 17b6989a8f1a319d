"""Hands for tests that walk the map of addresses: whatever is added later is walked too, without anybody remembering."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.catalog.editing import Edit
from app.people import accounts
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station
from tests.web.hands import Browser

ROOT = Path(__file__).parents[2] / "app"
PLUGINS = ROOT.parent / "plugins"
OPERATOR = signed_in("Gare", SYSTEM, is_admin=True)
PLACES = {"path": "a", "number": "1", "name": "jardin", "form": "jardin", "question": "title", "kind": "csv", "secret": "x",
          "pseudonym": "m-aaaaaaaa", "record_id": "aaaaaaa2"}  # fmt: skip
# A form with a question of each type; SAID stands where people type words.
ASKED = ("text", "long_text", "number", "yes_no", "date", "date_range", "period", "tags", "link", "email", "phone", "place",
         "hours", "images", "file", "contact")  # fmt: skip
QUESTIONS = "".join(f"  - {{name: q_{one}, type: {one}, label: SAID, help: SAID}}\n" for one in ASKED)
FORM = f"""\
title: SAID
plural: SAID
description: SAID
folder: jardin
submit: everyone
fields:
  - {{name: title, type: text, label: SAID}}
{QUESTIONS}\
  - {{name: choice, type: choice, label: SAID, facet: yes, listed: yes, choices: [{{key: one, label: SAID}}, two]}}
  - {{name: choices, type: choices, label: SAID, facet: yes, listed: yes, choices: [{{key: one, label: SAID}}, two]}}
  - {{name: secret, type: text, label: SAID, readers: members}}
  - {{name: near, type: records, form: jardin, label: SAID}}
"""
_PLACE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
_READ = re.compile(r"""(?:request\.(?:form|args)(?:\.get|\.getlist)?[(\[]|_typed\(|_text\(|typed\()"([\w-]+)""")
_WRITTEN = re.compile(r"""(?: name="|(?:field|choose|radios|checkbox)\(")([\w-]+)""")


def filled(rule: Rule, places: dict[str, str]) -> str:
    """Give an address of a rule; a place that nobody has thought of holds `1`, which is a number and a word."""
    return _PLACE.sub(lambda found: (PLACES | places).get(found[1], "1"), rule.rule)


def addresses(app: Flask, method: str, **places: str) -> dict[str, str]:
    """List the addresses that take a method, each with its endpoint."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return {filled(rule, places): rule.endpoint for rule in rules}


def forms(app: Flask, **places: str) -> list[str]:
    """List the addresses that take a form; the API takes none, and knows no sessions."""
    return [address for address in addresses(app, "POST", **places) if not address.startswith("/-/api/")]


def fields() -> list[str]:
    """Name every field that any form of the site has, or that any view reads."""
    found: set[str] = set()
    for pattern, ending in ((_READ, "*.py"), (_WRITTEN, "*.html")):
        for file in (*ROOT.rglob(ending), *PLUGINS.rglob(ending)):
            found.update(pattern.findall(file.read_text()))
    of_records = {f"f.q_{one}" for one in ASKED} | {"f.title", "f.choice", "f.choices", "f.secret", "f.near"}
    parts = {f"f.q_place.{one}" for one in ("address", "commune", "lat", "lon", "precision")} | {"f.q_images.file"}
    return sorted((found | of_records | parts) - {"csrf_token"})


def grow(site: Station, said: str = "Mots", value: str = "mots", path: str = "a") -> None:
    """Write the form `jardin` and one record of it, with the same words wherever people type some."""
    words, typed = (one.replace("'", "''") for one in (said, value))
    site.door.save(OPERATOR, Edit("_forms/jardin", FORM.replace("SAID", f"'{words}'"), None, SYSTEM))
    fields = "".join(f"q_{one}: '{typed}'\n" for one in ASKED if one not in {"contact", "place"})
    place = f"q_place: {{address: '{typed}', commune: '{typed}', lat: 44.6, lon: 3.9}}\n"
    record = (
        f"---\ntitle: '{typed}'\nform: jardin\n{fields}{place}choice: '{typed}'\nchoices: [one, '{typed}']\n---\nmots\n"
    )
    site.door.save(OPERATOR, Edit(path, record, None, SYSTEM))


def swift(app: Flask) -> Browser:
    """Give a browser that does not check its pages: hundreds are asked for."""
    return Browser(FlaskClient(app, app.response_class))


def enter(app: Flask, site: Station, name: str, *, is_admin: bool = False) -> Browser:
    """Sign somebody in, whose account is made where there is none."""
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name) or accounts.add(connection, name, is_admin=is_admin)
        secret = accounts.make_link(connection, account.id)
    browser = swift(app)
    assert browser.post("/-/signin", token=secret).status_code == 303
    return browser
