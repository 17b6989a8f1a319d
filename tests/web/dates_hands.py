"""Hands for the tests of single dates: a market every Wednesday, and somebody who presses its buttons."""

from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

import plugins.agenda
from app.station import Station
from app.wiki.frontmatter import parse
from tests.web.hands import Browser, one
from tests.web.leaking import OPERATOR
from tests.web.life_hands import make
from tests.web.record_hands import make_form

EVENT = (Path(plugins.agenda.__file__).parent / "forms" / "event.yaml").read_text(encoding="utf-8")
AT = "agenda/2031/marche"
WHEN: dict[str, Any] = {
    "start": "2031-03-26T08:00", "end": "2031-03-26T12:00", "timezone": "Europe/Paris", "rule": "FREQ=WEEKLY;COUNT=10",
}  # fmt: skip
SECOND, THIRD = "2031-04-02", "2031-04-09"


def make_market(site: Station) -> None:
    """Let there be a market every Wednesday."""
    make_form(site, EVENT, "event")
    make(site, AT, "Marché", form="event", status="confirmed", when=WHEN, body="Venez.\n")


def held(site: Station, path: str = AT) -> dict[str, Any]:
    """Read what a page says of its dates."""
    said = parse(site.door.text(OPERATOR, path)[1]).values["when"]
    assert isinstance(said, dict)
    return dict(said)


def press(browser: Browser, action: str, day: str = THIRD, **typed: str) -> TestResponse:
    address = f"/-/date/{AT}?day={day}"
    fields = {"start": day, "from": "08:00", "to": "12:00"} if action == "change" else {}
    return browser.post(address, action=action, **(fields | typed))


def undo(browser: Browser, path: str = AT) -> TestResponse:
    return browser.post(str(one(browser.get(f"/{path}"), ".notice form")["action"]))
