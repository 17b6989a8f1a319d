"""Answers go with the dates of a series that move to other days, and who comes is told of the new day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.answers import moving
from app.answers.tables import answer_mails, answer_objects, answers
from app.answers.telling import SETTLED
from app.catalog.record_rows import RecordRow
from app.station import Station
from tests.answers.dated import day, forget_mails, look, make, member, say, sent, told, when

WEEKLY = {"rule": "FREQ=WEEKLY;COUNT=4"}


def _iso(moment: datetime) -> str:
    return moment.date().isoformat()


OLD, NEW = _iso(day(17)), _iso(day(18))


@pytest.fixture
def row(mailing: Station) -> RecordRow:
    """Give a weekly event, to the second date of which Nadia comes."""
    found = make(mailing, when=when(day(10), **WEEKLY))
    say(mailing, found, member(mailing, "Nadia"), date=OLD)
    forget_mails(mailing)
    return found


def _days(site: Station, row: RecordRow) -> list[list[str]]:
    with site.truth.connect() as connection:
        return [
            sorted(connection.execute(select(table.c.date).where(table.c.page_id == row.id)).scalars())
            for table in (answers, answer_objects)
        ]


def test_answers_on_another_day_are_told_as_changed_and_not_as_cancelled(mailing: Station, row: RecordRow) -> None:
    make(mailing, when=when(day(11), **WEEKLY))
    with mailing.truth.begin() as connection:
        moved = moving.redate(connection, row.id, {OLD: NEW})
    look(mailing, day(0))
    look(mailing, day(0) + timedelta(seconds=SETTLED + 60))

    assert (moved, _days(mailing, row)) == (1, [[NEW], [NEW]])
    assert told(mailing) == [("nadia", "Changement : Curage du béal")]
    assert "Avant\u00a0: " in sent(mailing)[0].text


def test_answers_stay_where_others_have_answered_about_the_new_day(mailing: Station, row: RecordRow) -> None:
    with mailing.truth.begin() as connection:
        connection.execute(answer_objects.insert().values(page_id=row.id, date=NEW))
        moved = moving.redate(connection, row.id, {OLD: NEW})

    assert (moved, _days(mailing, row)) == (0, [[OLD], [OLD, NEW]])


def test_what_was_sent_about_a_date_goes_along(mailing: Station, row: RecordRow) -> None:
    with mailing.truth.begin() as connection:
        connection.execute(answer_mails.insert().values(page_id=row.id, date=OLD, what="nobody x", at=1))
        connection.execute(answer_mails.insert().values(page_id=row.id, date=NEW, what="nobody x", at=1))
        moving.redate(connection, row.id, {OLD: NEW})
        found = connection.execute(select(answer_mails.c.date).where(answer_mails.c.what == "nobody x")).scalars().all()

    assert found == [NEW]
