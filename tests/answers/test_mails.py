"""What becomes of an answer is told by mail, with the date for a calendar; nothing typed breaks out of it."""

from email import policy
from email.parser import BytesParser
from typing import Any

import icalendar
import pytest

from app.answers import notices, writing
from app.answers.answer import About, Who, Wish
from app.forms import signup
from app.outbox.message import Letter, Sender, write
from app.people.viewer import OPERATOR
from app.station import Station
from tests.answers.dated import day, make, member, say, sent, told, when


def test_who_comes_gets_the_date_as_a_file(mailing: Station) -> None:
    row = make(mailing, when=when(day(10)), place="Maison du pré")
    say(mailing, row, member(mailing, "Nadia"))
    mail = sent(mailing)[0]
    event = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")[0]

    assert told(mailing) == [("nadia", "Votre inscription : Curage du béal")]
    assert "METHOD:PUBLISH" in mail.calendar
    assert event["DTSTART"].dt.replace(tzinfo=None) == day(10)
    assert str(event["SUMMARY"]) == "Curage du béal"
    assert "https://gare.example/agenda/curage" in str(event["URL"])
    assert "https://gare.example/-/answers/agenda/curage" in mail.text


def test_of_a_series_the_file_holds_the_one_date(mailing: Station) -> None:
    row = make(mailing, when=when(day(10), rule="FREQ=WEEKLY;COUNT=5"))
    second = day(17)
    say(mailing, row, member(mailing, "Nadia"), date=second.date().isoformat())
    events = icalendar.Calendar.from_ical(sent(mailing)[0].calendar).walk("VEVENT")

    assert [event["DTSTART"].dt.replace(tzinfo=None) for event in events] == [second]
    assert "RRULE" not in events[0]


def test_a_visitor_gets_a_private_link(mailing: Station) -> None:
    say(mailing, make(mailing), "Zoe")

    assert "https://gare.example/-/answer/mine/" in sent(mailing)[0].text


def test_who_waits_hears_at_which_place_and_has_no_file(mailing: Station) -> None:
    row = make(mailing, signup={"open": "yes", "places": "1"})
    for name in ("Nadia", "Karim", "Ana"):
        say(mailing, row, member(mailing, name))
    mail = sent(mailing)[-1]

    assert told(mailing)[-1] == ("ana", "Vous êtes sur la liste d’attente : Curage du béal")
    assert "n°\u00a02" in mail.text
    assert mail.calendar == ""


def test_who_moves_up_hears_of_it(mailing: Station) -> None:
    row = make(mailing, signup={"open": "yes", "places": "1"})
    say(mailing, row, member(mailing, "Nadia"))
    waits = say(mailing, row, member(mailing, "Karim"))
    with mailing.truth.begin() as connection:
        notices.tell_moved_up(connection, mailing, [waits.id])

    assert told(mailing)[-1] == ("karim", "Une place pour vous : Curage du béal")
    assert sent(mailing)[-1].calendar


@pytest.mark.parametrize("now", [{"when": when(day(-2))}, {"status": "cancelled"}])
def test_nobody_hears_of_a_place_at_what_has_begun_or_is_cancelled(mailing: Station, now: dict[str, Any]) -> None:
    row = make(mailing, signup={"open": "yes", "places": "1"})
    say(mailing, row, member(mailing, "Nadia"))
    waits = say(mailing, row, member(mailing, "Karim"))
    make(mailing, signup={"open": "yes", "places": "1"}, **now)
    with mailing.truth.begin() as connection:
        told_now = notices.tell_moved_up(connection, mailing, [waits.id])

    assert told_now == 0


def test_who_does_not_come_gets_no_mail(mailing: Station) -> None:
    say(mailing, make(mailing), member(mailing, "Nadia"), "no")

    assert sent(mailing) == []


def test_a_mail_says_role_number_and_tools(mailing: Station) -> None:
    row = make(mailing, signup={"open": "yes", "roles": [{"name": "Cuisine"}], "tools": ["Bêche", "Gants"]})
    settings = signup.of_record(mailing.door.form(OPERATOR, "chantier"), row.values)
    assert settings
    nadia = member(mailing, "Nadia")
    with mailing.truth.begin() as connection:
        wish = Wish("yes", 3, "cuisine", bring=("beche",))
        given = writing.take(connection, About(row.id), settings, Who(account_id=nadia.id), wish)
        notices.confirm(connection, mailing, given.id)

    assert "3 personnes\nRôle\u00a0: Cuisine\nVous apportez\u00a0: Bêche" in sent(mailing)[0].text


def test_a_page_that_is_not_his_to_read_any_more_tells_a_visitor_nothing(mailing: Station) -> None:
    row = make(mailing)
    given = say(mailing, row, "Zoe")
    make(mailing, audience="members")
    with mailing.truth.begin() as connection:
        is_told = notices.confirm(connection, mailing, given.id)

    assert not is_told


EVIL = "Fête\r\nBcc: eve@example.org\r\n\r\nEND:VEVENT\u2028X-EVIL:1"


@pytest.mark.parametrize("field", ["title", "place"])
def test_nothing_that_is_typed_reaches_a_header_or_a_line_of_the_calendar(mailing: Station, field: str) -> None:
    row = make(mailing, **{field: EVIL})
    say(mailing, row, member(mailing, "Nadia"))
    mail = sent(mailing)[0]
    sender = Sender("gare@example.org", "Gare", "fr", "geheim")
    raw = write(Letter(mail.to_address, mail.subject, mail.text, mail.html, calendar=mail.calendar), sender)
    message = BytesParser(policy=policy.default).parsebytes(raw)

    assert message["Bcc"] is None
    assert not any(line.startswith(("X-EVIL", "Bcc", "END:VEVENT\u2028")) for line in mail.calendar.splitlines())
    assert len(icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")) == 1
    assert not any(line.startswith("Bcc") for line in mail.text.splitlines())
