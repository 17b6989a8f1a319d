"""Thirty neighbours press their links at the same moment for the last place, through the application itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient

from app.answers import writing
from app.answers.answer import About, Wish
from app.answers.reading import list_at
from app.people import visitors
from app.station import Station
from tests.web.coming_hands import make_event

PEOPLE = 30


def _asked(site: Station, page_id: str) -> list[str]:
    """Let thirty people answer; gives the secrets of the links that they have not opened yet."""
    secrets = []
    with site.truth.begin() as connection:
        for number in range(PEOPLE):
            visitor, secret = visitors.add(connection, f"Zoé {number}", f"zoe{number}@example.org")
            writing.keep_unconfirmed(connection, About(page_id), visitor.id, Wish("yes"))
            secrets.append(secret)
    return secrets


def test_one_of_thirty_gets_the_last_place_and_the_others_wait_in_order(app: Flask, site: Station) -> None:
    page_id = make_event(site, "{open: yes, places: 1}")
    together = Barrier(PEOPLE)

    def press(secret: str) -> int:
        browser = FlaskClient(app, app.response_class)
        together.wait()
        sent = {"data": {"action": "confirm"}, "headers": {"Origin": "http://localhost"}}
        return browser.post(f"/-/answer/mine/{secret}", **sent).status_code

    with ThreadPoolExecutor(PEOPLE) as threads:
        codes = list(threads.map(press, _asked(site, page_id)))
    with site.truth.connect() as connection:
        kept = list_at(connection, About(page_id))

    assert codes == [303] * PEOPLE
    assert [one.state for one in kept] == ["standing"] + ["waiting"] * (PEOPLE - 1)
    assert len({one.name for one in kept}) == PEOPLE
    assert [one.asked_at for one in kept[1:]] == sorted({one.asked_at for one in kept[1:]})
