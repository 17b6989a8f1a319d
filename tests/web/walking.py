"""Hands for tests that walk the map of addresses: whatever is added later is walked too, without anybody remembering."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.people import accounts
from app.station import Station
from tests.web.hands import Browser

ROOT = Path(__file__).parents[2] / "app"
PLACES = {"path": "a", "number": "1", "name": "jardin", "secret": "x", "pseudonym": "m-aaaaaaaa"}
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
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
        for file in ROOT.rglob(ending):
            found.update(pattern.findall(file.read_text()))
    return sorted(found - {"csrf_token"})


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
