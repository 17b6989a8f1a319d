"""Hands for the tests of proposals: a site that members write, a visitor who proposes, a moderator who decides."""

import re

from werkzeug.test import TestResponse

from app.station import Station
from app.web.visitor_form import LEAST_SECONDS
from tests.web.hands import Browser, form

BREAD = "---\ntitle: La fête du pain\n---\n\nElle commence à 18 h.\n\n## Le four\n\nIl chauffe dès midi.\n"


def for_members(site: Station, writing: str = "members") -> None:
    """Let only members write."""
    site.store_settings(writing=writing)


def long_ago(fields: dict[str, str], site: Station) -> dict[str, str]:
    """Give the fields of a form that was opened a while ago."""
    from itsdangerous import TimestampSigner

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - 2 * LEAST_SECONDS

    signer = Earlier(site.config.secret_key, salt="form of a visitor")
    return fields | ({"began": signer.sign("form").decode()} if "began" in fields else {})


def propose(browser: Browser, site: Station, path: str, old: str, new: str, **more: str) -> TestResponse:
    """Open the editor of proposals, replace some words, send it."""
    fields = form(browser.get(f"/-/propose/{path}"), "form[data-editor]")
    assert old in fields["text"], fields["text"]
    fields["text"] = fields["text"].replace(old, new) if old else new
    typed = {"author": "Zoé", "email": "zoe@example.org"} if "email" in fields else {}
    return browser.post(f"/-/propose/{path}", **(long_ago(fields, site) | typed | {"action": "save"} | more))


def numbers(browser: Browser) -> list[str]:
    """Name the proposals in the queue of a moderator."""
    waiting = browser.get("/-/proposals/").text.partition('id="gc-decided"')[0]
    return re.findall(r'href="/-/proposals/(\d+)"', waiting)


def decide(browser: Browser, number: str, action: str, **more: str) -> TestResponse:
    """Press a button of a proposal that is shown."""
    shown = browser.get(f"/-/proposals/{number}")
    base = re.search(r'name="base" value="(\w*)"', shown.text)
    return browser.post(f"/-/proposals/{number}", action=action, base=base[1] if base else "", **more)
