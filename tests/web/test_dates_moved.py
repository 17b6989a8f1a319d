"""All dates of a series move to another weekday: what is known of single ones, and what people answered, goes along."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.answers import notices, writing
from app.answers.answer import About, Who, Wish
from app.answers.looking import look_after
from app.answers.tables import answers
from app.answers.telling import SETTLED
from app.outbox.tables import mails
from app.people import visitors
from app.station import Station
from tests.web.dates_hands import AT, SECOND, THIRD, WHEN, held, make_market, press, undo
from tests.web.hands import Browser, form
from tests.web.leaking import OPERATOR
from tests.web.leaking_mails import SENT_FROM
from tests.web.life_hands import make
from tests.web.record_hands import FORM

THURSDAY = "2031-04-10"  # of the week of THIRD


@pytest.fixture(autouse=True)
def _market(site: Station) -> None:
    make_market(site)


def _posting(site: Station) -> Station:
    return replace(site, config=replace(site.config, **SENT_FROM))


def _say_come(site: Station, day: str, path: str = AT) -> None:
    """Let a visitor come on a day."""
    about = About(site.door.record(OPERATOR, path).id, day)
    with site.truth.begin() as connection:
        visitor, _ = visitors.add(connection, "Zoé", "zoe@example.org")
        visitors.confirm(connection, visitor)
        given = writing.take(connection, about, notices.signup.Signup(), Who(visitor_id=visitor.id), Wish("yes"))
        notices.confirm(connection, _posting(site), given.id)
        connection.execute(mails.delete())


def _change(browser: Browser, address: str, **typed: str) -> int:
    fields = dict(form(browser.get(address), FORM)) | {"action": "send"}
    return browser.post(address, **(fields | {f"f.when.{name}": said for name, said in typed.items()})).status_code


def _answered(site: Station, path: str = AT) -> list[str]:
    page_id = site.door.record(OPERATOR, path).id
    with site.truth.connect() as connection:
        return sorted(connection.execute(select(answers.c.date).where(answers.c.page_id == page_id)).scalars())


def _subjects(site: Station) -> list[str]:
    """Look twice, as the job does; give what was written."""
    for moment in (time.time(), time.time() + SETTLED + 60):
        look_after(_posting(site), moment)
    with site.truth.connect() as connection:
        return list(connection.execute(select(mails.c.subject)).scalars())


def test_a_series_that_moves_to_thursday_keeps_its_answers_and_says_so(member: Browser, site: Station) -> None:
    _say_come(site, THIRD)
    status = _change(member, f"/-/record/edit/{AT}", start="2031-03-27", days="")

    assert (status, _answered(site)) == (303, [THURSDAY])
    assert _subjects(site) == ["Changement : Marché"]


def test_answers_about_what_is_over_do_not_become_answers_about_what_is_to_come(member: Browser, site: Station) -> None:
    yesterday, tomorrow = (site.today() + timedelta(days=days) for days in (-1, 1))
    when = WHEN | {"start": f"{yesterday}T08:00", "end": f"{yesterday}T12:00"}
    make(site, "agenda/2031/cafe", "Café", form="event", status="confirmed", when=when)
    next_week = [(day + timedelta(days=7)).isoformat() for day in (yesterday, tomorrow)]
    _say_come(site, yesterday.isoformat(), "agenda/2031/cafe")
    _say_come(site, next_week[0], "agenda/2031/cafe")
    status = _change(member, "/-/record/edit/agenda/2031/cafe", start=tomorrow.isoformat(), days="")

    assert (status, _answered(site, "agenda/2031/cafe")) == (303, [yesterday.isoformat(), next_week[1]])


def test_a_change_of_the_hour_moves_no_answer(member: Browser, site: Station) -> None:
    _say_come(site, THIRD)
    _change(member, f"/-/record/edit/{AT}", **{"from": "9h"})

    assert _answered(site) == [THIRD]


def test_later_dates_that_move_take_answers_and_what_is_otherwise_along(member: Browser, site: Station) -> None:
    _say_come(site, SECOND)
    _say_come(site, THIRD)
    press(member, "cancel", day="2031-04-16")
    _change(member, f"/-/dates/later/{AT}?day={THIRD}", start=THURSDAY, days="")
    parted = _answered(site), _answered(site, f"{AT}-2")
    there = held(site, f"{AT}-2")
    undo(member, f"{AT}-2")

    assert parted == ([SECOND], [THURSDAY])
    assert there["changes"] == {"2031-04-17": {"cancelled": "yes"}}
    assert _answered(site) == [SECOND, THIRD]


def test_the_third_wednesday_that_becomes_the_third_thursday_keeps_its_changed_date(
    member: Browser, site: Station
) -> None:
    monthly = WHEN | {"start": "2031-03-19T08:00", "end": "2031-03-19T12:00", "rule": "FREQ=MONTHLY;BYDAY=3WE"}
    known = monthly | {"changes": {"2031-05-21": {"place": "Halle"}}}
    make(site, "agenda/2031/cafe", "Café", form="event", status="confirmed", when=known)
    _change(member, "/-/record/edit/agenda/2031/cafe", start="2031-03-20")
    moved = held(site, "agenda/2031/cafe")

    assert (moved["start"], moved["rule"]) == ("2031-03-20T08:00", "FREQ=MONTHLY;BYDAY=3TH")
    assert moved["changes"] == {"2031-05-15": {"place": "Halle"}}
