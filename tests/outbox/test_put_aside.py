"""Mails that must not go out any more: sign-in mails that came too late, and what of them is kept."""

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.jobs import Runner
from app.outbox import health, mails
from app.outbox.tables import mails as table
from app.people import signin
from app.station import Station
from tests.outbox.conftest import ACCEPTED, Postman, closed_port, put, send, through

MINUTE, DAY = 60, 86_400
CODE = "123456"
Later = Callable[[float], None]


def _put_code(station: Station, to: str = "nadia@example.org") -> int:
    return put(station, to, f"{CODE} is your code", text=f"{CODE}\n", html=f"<p>{CODE}", headers={"X-Code": CODE},
               kind="signin")  # fmt: skip


def _kept(station: Station) -> list[str]:
    """Give all that the database keeps of mails, as text."""
    with station.truth.connect() as connection:
        return [str(tuple(row)) for row in connection.execute(select(table))]


def _waiting(station: Station) -> list[mails.Queued]:
    with station.truth.connect() as connection:
        return mails.list_unsent(connection, 100)


def test_of_a_sign_in_mail_that_was_sent_not_even_the_subject_is_kept(sending_station: Station) -> None:
    _put_code(sending_station)

    assert send(sending_station) == "1 sent"
    assert CODE not in str(_kept(sending_station))


def test_of_a_sign_in_mail_that_failed_no_code_is_kept_and_it_is_not_tried_again(
    sending_station: Station, postman: Postman
) -> None:
    postman.at_rcpt = lambda _address: "550 5.1.1 No such user"
    mail_id = _put_code(sending_station)
    said = send(sending_station)
    with sending_station.truth.begin() as connection:
        is_tried = mails.try_again(connection, mail_id)

    assert (said, is_tried) == ("1 failed", False)
    assert CODE not in str(_kept(sending_station))
    assert [mail.error for mail in _waiting(sending_station)] == ["550 5.1.1 No such user"]


def test_a_sign_in_mail_that_is_put_off_can_be_tried_at_once(sending_station: Station, postman: Postman) -> None:
    postman.at_rcpt = lambda _address: "451 4.7.1 Greylisted"
    mail_id = _put_code(sending_station)
    send(sending_station)
    postman.at_rcpt = lambda _address: ACCEPTED
    with sending_station.truth.begin() as connection:
        is_tried = mails.try_again(connection, mail_id)

    assert (is_tried, send(sending_station)) == (True, "1 sent")


def test_a_code_lives_as_long_as_its_mail_may_wait() -> None:
    assert mails.URGENT_SECONDS == signin.SECONDS


@pytest.mark.parametrize(("minutes", "arrived"), [(29, ["nadia@example.org", "idris@example.org"]),
                                                  (31, ["idris@example.org"])])  # fmt: skip
def test_after_an_outage_no_dead_code_goes_out(
    station: Station, sending_station: Station, postman: Postman, later: Later, minutes: int, arrived: list[str]
) -> None:
    away = through(station, closed_port())
    _put_code(station, "nadia@example.org")
    put(station, "idris@example.org")
    send(away)
    later(minutes * MINUTE)
    send(sending_station)

    assert postman.addressees == arrived
    assert CODE not in str(_kept(station))


def test_a_code_that_was_too_late_is_said_and_is_no_fault_of_the_server(sending_station: Station, later: Later) -> None:
    for number in range(5):
        _put_code(sending_station, f"n{number}@example.org")
    later(31 * MINUTE)
    send(sending_station)
    with sending_station.truth.connect() as connection:
        found = health.examine(connection)

    assert {mail.error for mail in _waiting(sending_station)} == {mails.TOO_LATE}
    assert (found.failed, found.waiting) == (0, 0)


def test_a_server_that_is_away_is_told_to_the_log_once(station: Station, caplog: pytest.LogCaptureFixture) -> None:
    put(station)
    with caplog.at_level(logging.INFO):
        Runner(through(station, closed_port())).once()

    assert len([one for one in caplog.records if "Connection refused" in one.getMessage()]) == 1


def test_a_refused_sender_puts_all_off_and_fails_none(sending_station: Station, postman: Postman, later: Later) -> None:
    postman.at_mail = lambda _address: "550 5.7.1 Sender not allowed"
    for number in range(3):
        put(sending_station, f"n{number}@example.org")
    said = []
    for moment in range(0, 4 * DAY, DAY // 12):
        later(moment)
        said.append(send(sending_station))
    listed = _waiting(sending_station)
    postman.at_mail = lambda _address: ACCEPTED
    later(5 * DAY)

    assert set(said) == {"The mail server does not take our mail: 550 5.7.1 Sender not allowed"}
    assert [(mail.failed_at, mail.tries, mail.error) for mail in listed] == [
        (None, 0, "550 5.7.1 Sender not allowed")
    ] * 3
    assert send(sending_station) == "3 sent"


def test_a_mail_that_is_too_large_for_the_server_fails_alone(sending_station: Station, postman: Postman) -> None:
    answers = iter(["552 5.3.4 Message too big", ACCEPTED])
    postman.at_mail = lambda _address: next(answers)
    put(sending_station, "large@example.org")
    put(sending_station, "small@example.org")

    assert send(sending_station) == "1 failed, 1 sent"
    assert postman.addressees == ["small@example.org"]


def test_mails_that_came_back_with_a_backup_wait_for_somebody(sending_station: Station, postman: Postman) -> None:
    mail_id = put(sending_station)
    _put_code(sending_station)
    with sending_station.truth.begin() as connection:
        count = mails.put_aside(connection)
    said = send(sending_station)
    kept = _kept(sending_station)
    with sending_station.truth.begin() as connection:
        mails.try_again(connection, mail_id)

    assert (count, said) == (2, None)
    assert CODE not in str(kept)
    assert send(sending_station) == "1 sent"
    assert postman.addressees == ["nadia@example.org"]
