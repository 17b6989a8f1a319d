"""Hands for the tests of polls: a record that asks something, people who answer."""

from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from app.answers import votes
from app.catalog.editing import Edit
from app.forms import poll as polls
from app.forms.poll import Poll
from app.people.authors import SYSTEM
from app.station import Station
from tests.web.coming_hands import TODAY
from tests.web.hands import Browser
from tests.web.leaking import OPERATOR
from tests.web.proposing import long_ago

FORM = """title: {fr: Sondage, en: Poll}
plural: {fr: Sondages, en: Polls}
folder: questions
submit: members
fields:
  - {name: title, type: text, label: {fr: Question, en: Question}}
  - {name: poll, type: poll, label: {fr: Sondage, en: Poll}}
"""
PATH = "questions/quand"
ADDRESS = f"/-/polls/{PATH}"
FIRST, SECOND = "2027-12-03T18:30", "2027-12-10T18:30"
DATES = f"kind: dates, options: ['{FIRST}', '{SECOND}']"
SOUP = "kind: one, options: [Soupe, Tarte]"
CONSENT = "kind: consent, stage: objections"
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def make_poll(site: Station, asked: str = DATES, *, audience: str = "", path: str = PATH) -> str:
    """Write the form and a poll; gives the identity of its page."""
    if site.door.find_form(OPERATOR, "question") is None:
        site.door.save(OPERATOR, Edit("_forms/question", FORM, None, SYSTEM))
    reading = f"audience: {audience}\n" if audience else ""
    text = f"---\ntitle: Quand\nform: question\n{reading}poll: {{{asked}}}\n---\nOn se voit.\n"
    row = site.door.find_record(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, text, row.revision if row else None, SYSTEM))
    return site.door.record(OPERATOR, path).id


def poll_of(site: Station, path: str = PATH) -> Poll:
    record = site.door.record(OPERATOR, path)
    form = site.door.form(OPERATOR, record.form)
    found = polls.of_record(form, record.values)
    assert found
    return found


def kept(site: Station, page_id: str) -> list[tuple[str, dict[str, str], str]]:
    """Give who answered what, with which word about it."""
    with site.truth.connect() as connection:
        found = votes.list_votes(connection, page_id, poll_of(site))
    return [(one.name, dict(one.said.choices), one.said.comment) for one in found]


def dates(first: str, second: str = "no") -> dict[str, str]:
    return {f"o.{FIRST}": first, f"o.{SECOND}": second}


def visit(browser: Browser, site: Station, name: str, email: str, **more: Any) -> TestResponse:
    """Answer without an account."""
    fields = long_ago({"began": ""}, site) | {"author": name, "email": email}
    return browser.post(ADDRESS, **(fields | more))
