"""Reminders the day before at five, once; and a word to who organises when nobody has signed up."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.answers import recipients
from app.answers.reminding import Evening
from app.answers.tables import answer_mails
from app.people import groups
from app.people.groups import Group
from app.records import private
from app.station import Station
from tests.answers.dated import at, day, forget_mails, look, make, make_form, member, say, sent, told, when

REMINDED = "Rappel : Curage du béal"
NOBODY = "Encore personne d’inscrit : Curage du béal"


@pytest.fixture
def site(mailing: Station) -> Station:
    """Give an event in ten days to which Nadia comes and Zoe perhaps; Karim does not."""
    row = make(mailing, when=when(day(10)))
    say(mailing, row, member(mailing, "Nadia"))
    say(mailing, row, "Zoe", "perhaps")
    say(mailing, row, member(mailing, "Karim"), "no")
    forget_mails(mailing)
    return mailing


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [((16, 59), 1, 0), ((17, 0), 1, 1), ((23, 59), 1, 1), ((0, 1), 1, 0), ((17, 0), 2, 2), ((9, 0), 2, 1)],
)
def test_at_five_the_next_day_is_due(moment: tuple[int, int], days: int, due: int) -> None:
    now = datetime(2026, 3, 28, *moment)

    assert Evening(at(now), "Europe/Paris").days_ahead(days).date() == (now + timedelta(days=due)).date()


def test_who_comes_is_reminded_the_day_before_once(site: Station) -> None:
    look(site, day(9, 16))
    early = told(site)
    look(site, day(9, 17))
    look(site, day(9, 18))
    look(site, day(10, 7))

    assert early == []
    assert told(site) == [("nadia", REMINDED), ("zoe", REMINDED)]


def test_a_reminder_says_when_where_and_how_it_ends(site: Station) -> None:
    look(site, day(9, 17))
    mail = sent(site)[0]

    assert "9 h – 12 h" in mail.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "https://gare.example/-/answers/agenda/curage" in mail.text
    assert "https://gare.example/-/answer/stop/" in mail.headers
    assert "List-Unsubscribe-Post" in mail.headers


def test_whose_machine_slept_at_five_is_reminded_in_the_morning_but_not_on_the_way(site: Station) -> None:
    look(site, day(10, 8))
    late = told(site)

    assert late == []
    make(site, when=when(day(10, 15)))
    look(site, day(10, 8))
    assert ("nadia", REMINDED) in told(site)


def test_who_answers_after_the_others_were_reminded_is_not_reminded(site: Station) -> None:
    site_day = day(-1, 17)  # the reminders of what begins today went out yesterday
    make(site, when=when(site_day + timedelta(days=1)))
    look(site, site_day + timedelta(minutes=5))

    assert [to for to, subject in told(site) if subject == REMINDED] == []


def test_what_is_cancelled_is_not_reminded_of(site: Station) -> None:
    make(site, status="cancelled")
    look(site, day(9, 17))

    assert REMINDED not in {subject for _, subject in told(site)}


def test_after_it_moved_to_another_day_one_is_reminded_again(site: Station) -> None:
    look(site, day(9, 17))
    forget_mails(site)
    make(site, when=when(day(12)))
    look(site, day(11, 17))

    assert [subject for _, subject in told(site)].count(REMINDED) == 2


def test_who_wants_no_reminders_gets_none(site: Station) -> None:
    with site.truth.begin() as connection:
        recipients.stop(connection, recipients.EVERYTHING, recipients.digest("nadia@example.org"))
    look(site, day(9, 17))

    assert told(site) == [("zoe", REMINDED)]


def test_who_organises_hears_two_days_before_that_nobody_has_signed_up(mailing: Station) -> None:
    maker, ana = member(mailing, "Ana"), member(mailing, "Ben")
    with mailing.truth.begin() as connection:
        made = groups.add(connection, Group(0, "eau", "Eau", "eau", True))
        groups.enter(connection, made, ana.id)
        groups.set_referent(connection, made, ana.id, is_referent=True)
    row = make(mailing, by=maker.pseudonym, spaces=["eau"])
    with mailing.truth.begin() as connection:
        private.store(connection, row.id, {"contact": "bureau@example.org"})
    look(mailing, day(8, 16))
    early = told(mailing)
    look(mailing, day(8, 17))
    look(mailing, day(8, 18))

    assert early == []
    assert told(mailing) == [("ana", NOBODY), ("bureau", NOBODY), ("ben", NOBODY)]


def test_where_nobody_is_named_administrators_hear_of_it(mailing: Station) -> None:
    member(mailing, "Cheffe", is_admin=True)
    make(mailing)
    look(mailing, day(8, 17))

    assert told(mailing) == [("cheffe", NOBODY)]


@pytest.mark.parametrize("signup", [{"open": "no"}, None], ids=["closed", "without"])
def test_where_nobody_can_sign_up_nobody_is_told(mailing: Station, signup: dict[str, str] | None) -> None:
    member(mailing, "Cheffe", is_admin=True)
    make(mailing, signup=signup or {})
    look(mailing, day(8, 17))

    assert told(mailing) == []


def test_where_somebody_comes_nobody_is_told(site: Station) -> None:
    member(site, "Cheffe", is_admin=True)
    look(site, day(8, 17))

    assert told(site) == []


def test_where_no_mail_goes_out_nothing_is_noted_as_sent(station: Station) -> None:
    make_form(station)
    say(station, make(station), member(station, "Nadia"))
    look(station, day(9, 17))
    with station.truth.connect() as connection:
        noted = connection.execute(select(answer_mails.c.what)).scalars().all()

    assert (told(station), noted) == ([], [])
