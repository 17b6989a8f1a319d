"""The alarm of a list that receives mail no more."""

from email.message import EmailMessage

from flask import Flask
from sqlalchemy import select

from app.outbox.tables import mails
from app.people import accounts
from plugins.archive import alarms, lists
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.lists import MailList
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in

DAY = 86_400
NOW = 1_700_000_000


def _mail(number: int, at: int, answers: str = "") -> Raw:
    message = EmailMessage()
    message["From"], message["Message-ID"] = f"p{number}@example.org", f"<{number}.{at}@example.org>"
    message["Subject"] = f"Sujet {number}"
    if answers:
        message["In-Reply-To"] = f"<{answers}>"
    message.set_content("Bonjour")
    return Raw(bytes(message), str(number), at)


def _receive(archive: Archive, list_: MailList, *, every: int, count: int, until: int, run_id: int = 0) -> None:
    raws = [_mail(number, until - number * every) for number in range(count)]
    take_in(archive, list_, raws, now=NOW, run_id=run_id)


def _fresh(app: Flask) -> tuple[Archive, MailList]:
    archive = door_of(app.extensions["gare"]).archive
    return archive, lists.make(archive.truth, "vive", "Liste vive", now=NOW)


def test_a_list_that_falls_silent_is_told_once_and_the_alarm_ends_by_itself(app: Flask) -> None:
    archive, list_ = _fresh(app)
    with archive.truth.begin() as connection:
        accounts.add(connection, "Nadia", email="nadia@example.org", is_admin=True)
    _receive(archive, list_, every=DAY // 2, count=40, until=NOW - 4 * DAY)

    alarms.run(archive, NOW)
    alarms.run(archive, NOW + DAY)
    said = alarms.said_of(archive, list_)
    with archive.truth.connect() as connection:
        told = connection.execute(select(mails.c.id).where(mails.c.kind == "archive-alarm")).all()
    take_in(archive, list_, [_mail(99, NOW + DAY)], now=NOW + DAY)
    alarms.run(archive, NOW + DAY + 60)

    assert said == (alarms.SILENT, {"days": "5"})
    assert len(told) == 1
    assert alarms.said_of(archive, list_) is None


def test_a_list_with_long_pauses_is_not_alarming(app: Flask) -> None:
    archive, list_ = _fresh(app)
    _receive(archive, list_, every=10 * DAY, count=30, until=NOW - 20 * DAY)

    assert alarms.run(archive, NOW) is None


def test_a_list_that_was_only_imported_is_not_looked_at(app: Flask) -> None:
    archive, list_ = _fresh(app)
    _receive(archive, list_, every=DAY // 2, count=40, until=NOW - 40 * DAY, run_id=7)

    assert alarms.run(archive, NOW) is None


def test_answers_to_what_never_came_are_a_hole(app: Flask) -> None:
    archive, list_ = _fresh(app)
    _receive(archive, list_, every=3600, count=60, until=NOW - DAY)
    lost = [_mail(200 + n, NOW - 3600 * 20 + n * 3600, f"perdu{n}@example.org") for n in range(20)]
    take_in(archive, list_, lost, now=NOW)

    alarms.run(archive, NOW)

    assert alarms.said_of(archive, list_) == (alarms.HOLES, {})


def test_an_alarm_is_silenced_and_stands_on_the_page_of_health_until_then(app: Flask) -> None:
    archive, list_ = _fresh(app)
    _receive(archive, list_, every=DAY // 2, count=40, until=NOW - 9 * DAY)
    alarms.run(archive, NOW)

    before = alarms.checkup(archive)
    alarms.silence(archive, list_)

    assert [values["list"] for _, values in before] == ["Liste vive"]
    assert not alarms.checkup(archive)
