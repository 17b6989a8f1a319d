"""Mails go out once, are tried again where that helps, and no faster than they may."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from sqlalchemy import func, select

from app.outbox import mails, sending
from app.outbox.tables import mails as table
from app.station import Station
from tests.outbox.conftest import ACCEPTED, Postman, Server, put, send

MINUTE, HOUR = 60, 3600
Later = Callable[[float], None]


def _listed(station: Station) -> list[mails.Queued]:
    with station.truth.connect() as connection:
        return mails.list_unsent(connection, 100)


def test_what_is_due_goes_out_in_its_order(sending_station: Station, postman: Postman) -> None:
    put(sending_station, "a@example.org")
    put(sending_station, "b@example.org")
    said = send(sending_station)

    assert said == "2 sent"
    assert postman.addressees == ["a@example.org", "b@example.org"]
    assert send(sending_station) is None
    assert _listed(sending_station) == []


def test_a_mail_for_later_waits_until_then(sending_station: Station, postman: Postman, later: Later) -> None:
    with sending_station.truth.begin() as connection:
        mail = mails.Mail("nadia@example.org", "Rappel", "Demain.")
        mails.queue(connection, mail, due_at=sending.time.time() + HOUR)
    early = send(sending_station)
    later(HOUR + 1)

    assert early is None
    assert send(sending_station) == "1 sent"


def test_of_a_mail_that_was_sent_no_words_are_kept(sending_station: Station, later: Later) -> None:
    put(sending_station, text="Le code est 123456.", html="<p>123456", headers={"X-Code": "123456"})
    send(sending_station)
    with sending_station.truth.connect() as connection:
        kept = connection.execute(select(table.c.text, table.c.html, table.c.headers)).one()
    later(sending.KEEP_SENT + 10)
    sending.tidy(sending_station.truth)

    assert tuple(kept) == ("", "", "{}")
    with sending_station.truth.connect() as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


@pytest.mark.usefixtures("sending_station")
def test_two_job_processes_send_each_mail_once(station: Station, server: Server, postman: Postman) -> None:
    for number in range(30):
        put(station, f"n{number}@example.org")
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(server.port), "SMTP_SECURITY": "none",
                "MAIL_FROM": "gare@example.org"}  # fmt: skip
    environment = os.environ | {f"GARE_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "app.cli", "--instance", str(station.config.instance), "jobs"]
    both = [subprocess.Popen(command, env=environment) for _ in range(2)]

    assert [one.wait(60) for one in both] == [0, 0]
    assert sorted(postman.addressees) == sorted(f"n{number}@example.org" for number in range(30))


def test_two_machines_on_one_database_send_each_mail_once(
    sending_station: Station, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [put(sending_station, f"n{number}@example.org") and f"n{number}@example.org" for number in range(20)]
    monkeypatch.setattr(sending, "only_one", lambda _file: nullcontext(True))  # the lock of a file is on one machine
    both = [threading.Thread(target=send, args=(sending_station,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    send(sending_station)  # what both left to each other when they met

    assert sorted(postman.addressees) == sorted(wanted)


def test_a_mail_that_is_put_off_is_tried_again_ever_later_and_then_fails(
    sending_station: Station, postman: Postman, later: Later
) -> None:
    postman.at_rcpt = lambda _address: "451 4.7.1 Greylisted, try again later"
    put(sending_station)
    moment, said = 0.0, [send(sending_station)]
    for wait in (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 24 * HOUR):
        later(moment + wait - 2)
        said.append(send(sending_station))
        moment += wait + 2
        later(moment)
        said.append(send(sending_station))

    assert said == ["1 put off", None] * 6 + ["1 failed"]
    assert [mail.error for mail in _listed(sending_station)] == ["451 4.7.1 Greylisted, try again later"]
    later(moment + 48 * HOUR)
    assert send(sending_station) is None


def test_a_mail_that_was_put_off_goes_out_later(sending_station: Station, postman: Postman, later: Later) -> None:
    postman.at_data = lambda _address: "452 4.2.2 Mailbox full"
    put(sending_station)
    send(sending_station)
    postman.at_data = lambda _address: ACCEPTED
    later(MINUTE + 1)

    assert send(sending_station) == "1 sent"


@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
def test_a_mail_that_is_refused_for_good_fails_at_once_and_holds_up_no_other(
    sending_station: Station, postman: Postman, where: str, later: Later
) -> None:
    refusal = "550 5.1.1 No such user"
    setattr(postman, where, lambda address: refusal if address.startswith("nobody") else ACCEPTED)
    put(sending_station, "nobody@example.org")
    put(sending_station, "nadia@example.org")
    said = send(sending_station)
    later(48 * HOUR)

    assert said == "1 failed, 1 sent"
    assert postman.addressees == ["nadia@example.org"]
    assert [(mail.to, mail.error) for mail in _listed(sending_station)] == [("nobody@example.org", refusal)]
    assert send(sending_station) is None


def test_a_mail_that_failed_can_be_tried_again_by_hand(sending_station: Station, postman: Postman) -> None:
    postman.at_rcpt = lambda _address: "550 5.1.1 No such user"
    mail_id = put(sending_station)
    send(sending_station)
    postman.at_rcpt = lambda _address: ACCEPTED
    with sending_station.truth.begin() as connection:
        told = mails.try_again(connection, mail_id)

    assert told
    assert send(sending_station) == "1 sent"


def test_a_mail_that_is_being_sent_is_not_sent_again_by_hand(sending_station: Station) -> None:
    mail_id = put(sending_station)
    with sending_station.truth.begin() as connection:
        sending._claim(connection, 100)
        told = mails.try_again(connection, mail_id)

    assert not told
    assert send(sending_station) is None


def test_a_mail_whose_sender_died_is_sent_after_a_while(sending_station: Station, later: Later) -> None:
    put(sending_station)
    with sending_station.truth.begin() as connection:
        sending._claim(connection, 100)
    later(sending.LEASE + 1)

    assert send(sending_station) == "1 sent"


def test_a_mail_that_arrives_twice_can_be_told_by_its_number(
    sending_station: Station, postman: Postman, later: Later
) -> None:
    put(sending_station)
    for moment in (0, sending.LEASE + 1):
        later(moment)
        with sending_station.truth.begin() as connection:
            row = sending._claim(connection, 100)
        with sending.smtp.connected(sending_station.config) as server:
            sender = sending.sender_of(sending_station.config, sending_station.settings.get())
            sending._send(server, sender, row)

    assert len({message["Message-ID"] for message in postman.messages}) == 1
    assert len(postman.messages) == 2
