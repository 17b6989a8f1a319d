"""A calendar that goes with a mail: programs find it, people open it, nothing typed breaks out of it."""

from email.message import EmailMessage

from sqlalchemy import select

from app.outbox.tables import mails as table
from app.station import Station
from tests.outbox.conftest import Postman, put, send

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nSUMMARY:Curage du béal\r\nEND:VCALENDAR\r\n"


def _sent(station: Station, postman: Postman, calendar: str) -> EmailMessage:
    put(station, calendar=calendar)
    send(station)
    return postman.messages[0]


def test_a_calendar_goes_as_a_file_that_programs_take_over(sending_station: Station, postman: Postman) -> None:
    part = next(_sent(sending_station, postman, CALENDAR).iter_attachments())

    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "agenda.ics"
    assert part["Content-Type"].params["method"] == "PUBLISH"
    assert part.get_payload(decode=True).decode() == CALENDAR


def test_the_words_stay_those_that_are_read_first(sending_station: Station, postman: Postman) -> None:
    message = _sent(sending_station, postman, CALENDAR)

    assert message.get_body(["plain"]).get_content().strip() == "Un mot."
    assert "Un mot." in message.get_body(["html"]).get_content()


def test_a_mail_without_a_calendar_carries_no_file(sending_station: Station, postman: Postman) -> None:
    assert list(_sent(sending_station, postman, "").iter_attachments()) == []


def test_a_lone_return_makes_no_line_of_its_own(sending_station: Station, postman: Postman) -> None:
    part = next(_sent(sending_station, postman, "SUMMARY:a\rATTACH:b\n\0").iter_attachments())

    assert part.get_payload(decode=True).decode() == "SUMMARY:a ATTACH:b\r\n\ufffd"


def test_of_a_mail_that_was_sent_no_calendar_is_kept(sending_station: Station, postman: Postman) -> None:
    _sent(sending_station, postman, CALENDAR)
    with sending_station.truth.connect() as connection:
        kept = connection.execute(select(table.c.calendar)).scalar_one()

    assert kept == ""
