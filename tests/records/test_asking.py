"""Asking whether records are right still: before they expire, when they do, once a year; and what becomes of silence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.catalog.record_rows import RecordRow
from app.config import load
from app.forms.reading import parse
from app.hooks import Hooks
from app.people import accounts
from app.records import asking
from app.records.asking import due_of
from app.station import Station, open_station
from tests.web.life_hands import FORM, again, make, make_form
from tests.web.mailed import MAIL_SETTINGS, letters

DAY = date(2026, 6, 15)
OFFER = parse("offre", FORM)
YEARLY = replace(OFFER, expires_days=0, is_asked_yearly=True)
ROW = RecordRow("offres/velo", "abc", "offre", "Un vélo", {}, "", None, "public", "", "", "",
                datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC), "", "")  # fmt: skip


@pytest.mark.parametrize(
    ("left", "what"),
    [
        (8, []),
        (7, ["soon"]),
        (1, ["soon"]),
        (0, ["today"]),
        (-29, ["today"]),
        (-30, ["archived"]),
        (-900, ["archived"]),
    ],
)
def test_what_is_due_follows_from_the_days_that_are_left(left: int, what: list[str]) -> None:
    row = replace(ROW, expires=(DAY + timedelta(days=left)).isoformat())

    assert [one.what or one.state for one in due_of(OFFER, row, DAY)] == what


@pytest.mark.parametrize(
    ("age", "what"), [(364, []), (365, ["yearly"]), (424, ["yearly"]), (425, ["to-verify"]), (2000, ["to-verify"])]
)
def test_once_a_year_it_is_asked_and_silence_puts_it_on_the_list(age: int, what: list[str]) -> None:
    row = replace(ROW, verified=(DAY - timedelta(days=age)).isoformat())

    assert [one.what or one.state for one in due_of(YEARLY, row, DAY)] == what
    assert list(due_of(OFFER, row, DAY)) == []
    assert [one.state for one in due_of(YEARLY, replace(row, state="to-verify"), DAY)] == [""] * (what == ["yearly"])


def test_what_was_never_verified_is_counted_from_when_it_was_made_and_a_broken_day_is_none() -> None:
    assert [one.what for one in due_of(YEARLY, replace(ROW, created_at=datetime(2025, 6, 1, tzinfo=UTC)), DAY)] == [
        "yearly"
    ]
    assert list(due_of(OFFER, replace(ROW, expires="2026-13-45"), DAY)) == []


@pytest.fixture
def mailing(instance: Path) -> Callable[[], Station]:
    """Give a station that sends mails and knows its address."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(f'{MAIL_SETTINGS}address = "https://gare.example"\n')
    return lambda: open_station(load(instance), Hooks())


@pytest.fixture
def site(mailing: Callable[[], Station]) -> Station:
    station = mailing()
    make_form(station)
    with station.truth.begin() as connection:
        ana = accounts.add(connection, "Ana", is_admin=False, email="ana@example.org")
    today = datetime.now(UTC).date()
    make(station, "offres/velo", "Un vélo", by=ana.pseudonym, expires=(today + timedelta(days=5)).isoformat())
    make(station, "offres/scie", "Une scie", by=ana.pseudonym, expires=(today - timedelta(days=40)).isoformat())
    make(
        station, "offres/pomme", "Des pommes", expires=(today + timedelta(days=3)).isoformat(), contact="p@example.org"
    )
    return station


def test_one_mail_goes_out_for_each_day_and_what_is_long_over_is_archived(site: Station) -> None:
    said = asking.look_after(site)
    again_said = asking.look_after(site)

    assert {one.to for one in letters(site)} == {"ana@example.org", "p@example.org"} and len(letters(site)) == 2
    assert (said, again_said) == ("2 mails, 1 changed", None)
    assert (again(site, "offres/scie").state, again(site, "offres/velo").state) == ("archived", "")
    site.close()


def test_the_mail_speaks_the_language_of_the_site_and_has_a_link_for_each_answer(site: Station) -> None:
    asking.look_after(site)
    (letter,) = [one for one in letters(site) if one.to == "ana@example.org"]

    assert letter.subject.startswith("« Un vélo » est affichée jusqu’au ")
    assert "60 jours de plus" in letter.text and "%(" not in letter.text
    assert [link.partition("?")[2] for link in letter.links if "/answer/" in link] == ["deed=renew", "deed=archive"]
    assert all(link.startswith("https://gare.example/") for link in letter.links)
    site.close()


def test_no_mail_goes_out_where_none_can_and_nothing_is_noted_then(station: Station) -> None:
    make_form(station)
    soon = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    make(station, "offres/velo", "Un vélo", contact="p@example.org", expires=soon)
    said = asking.look_after(station)

    assert (said, letters(station)) == (None, [])
