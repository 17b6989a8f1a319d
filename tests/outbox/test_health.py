"""What `gare check` and the admin page say about the mail."""

import time
from collections.abc import Callable

from app.checkup.mail import mail as examine
from app.outbox import health, mails
from app.station import Station
from tests.outbox.conftest import ACCEPTED, Postman, Server, closed_port, put, send, through

HOUR, DAY = 3600, 86_400
Later = Callable[[float], None]


def _care(station: Station) -> list[str]:
    return [said.sentence % said.values for said in examine(station) if not said.is_good]


def _good(station: Station) -> list[str]:
    return [said.sentence % said.values for said in examine(station) if said.is_good]


def test_a_site_without_a_mail_server_is_well_as_long_as_nothing_waits_for_a_day(
    station: Station, later: Later
) -> None:
    empty = _care(station)
    put(station)
    later(DAY - 60)
    after_hours = _care(station)
    later(DAY + 60)

    assert (empty, after_hours) == ([], [])
    assert _care(station) == ["1 mails wait. Name a mail server on the page of settings."]


def test_a_server_without_a_sender_is_found(station: Station) -> None:
    incomplete = through(station, 25, mail_from="")

    assert _care(incomplete) == ["nobody knows who the mails are from. Set mail_from in gare.toml."]


def test_a_server_that_is_away_for_an_hour_is_found(station: Station, later: Later) -> None:
    away = through(station, closed_port())
    put(station)
    send(away)
    at_once = _care(away)
    later(HOUR + 60)
    send(away)

    assert at_once == []
    assert _care(away) == ["no mail goes out: [Errno 111] Connection refused. Try: gare mail test ADDRESS"]


def test_a_server_that_takes_nothing_is_found(sending_station: Station, postman: Postman) -> None:
    postman.at_rcpt = lambda _address: "554 5.7.1 Relay access denied"
    for number in range(4):
        put(sending_station, f"n{number}@example.org")
    send(sending_station)

    assert _care(sending_station) == ["no mail was taken: 554 5.7.1 Relay access denied. Try: gare mail test ADDRESS"]


def test_one_address_that_does_not_exist_needs_no_care(sending_station: Station, postman: Postman) -> None:
    postman.at_rcpt = lambda address: "550 No such user" if address.startswith("nobody") else ACCEPTED
    put(sending_station, "nobody@example.org")
    alone = send(sending_station), _care(sending_station)
    put(sending_station)
    send(sending_station)

    assert alone == ("1 failed", [])
    assert _good(sending_station) == ["1 sent in a day, 1 refused, 0 wait"]


def test_mails_that_the_limit_holds_back_for_a_day_are_found(station: Station, server: Server, later: Later) -> None:
    slow = through(station, server.port, mail_per_hour=1)
    for number in range(3):
        put(slow, f"n{number}@example.org")
    send(slow)
    later(DAY + HOUR)
    send(slow)

    assert _care(slow) == ["1 mails wait for a day. Raise mail_per_hour in gare.toml."]


def test_a_mail_that_was_for_later_is_late_from_then_on(sending_station: Station, later: Later) -> None:
    put(sending_station, due_at=time.time() + 5 * DAY)
    later(5 * DAY + 60)
    with sending_station.truth.connect() as connection:
        found = health.examine(connection)

    assert (found.waiting, found.overdue) == (1, 60)


def test_a_mail_that_was_for_later_is_not_late_because_the_server_was_away_for_a_moment(
    station: Station, later: Later
) -> None:
    away = through(station, closed_port())
    put(station, due_at=time.time() + 5 * DAY)
    later(5 * DAY + 10)
    send(away)
    later(5 * DAY + 40)
    with station.truth.connect() as connection:
        found = health.examine(connection)
        (mail,) = mails.list_unsent(connection, 1)
    care = _care(away)
    later(5 * DAY + HOUR + 60)

    assert (found.overdue, care) == (40, [])
    assert mail.due_at == mail.created_at + 10 + 60  # tried again after a minute, not after half an hour
    assert _care(away) == ["no mail goes out: [Errno 111] Connection refused. Try: gare mail test ADDRESS"]


def test_a_mail_that_was_for_later_and_is_put_off_is_late_since_then(
    sending_station: Station, postman: Postman, later: Later
) -> None:
    postman.at_rcpt = lambda _address: "451 4.7.1 Greylisted"
    put(sending_station, due_at=time.time() + 5 * DAY)
    later(5 * DAY + 10)
    send(sending_station)
    later(5 * DAY + 30)
    with sending_station.truth.connect() as connection:
        found = health.examine(connection)

    assert (found.waiting, found.overdue) == (1, 30)
