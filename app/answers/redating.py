"""Keep answers with their date when what takes place once becomes a series, or a series becomes a single date."""

from sqlalchemy import select, update

from app.answers.recipients import QUIET
from app.answers.tables import answer_mails, answer_objects, answers
from app.answers.told import Told
from app.people.viewer import OPERATOR
from app.station import Station


def follow(station: Station, page_id: str, date: str, said: Told) -> bool:
    """Let the answers about a date that is not known any more bear the name that it has now; tells whether it has one.

    It is the same date when it is on the day that people were told.
    """
    day = said.times[0].date().isoformat()
    new = "" if date else day
    row = station.door.occurrence(OPERATOR, page_id, new)
    if row is None or row.start.date().isoformat() != day:
        return False
    with station.truth.begin() as connection:
        taken = (answer_objects.c.page_id == page_id, answer_objects.c.date == new)
        if connection.execute(select(answer_objects.c.id).where(*taken)).first():
            return False  # others have answered about it since: those two are not joined
        for table in (answers, answer_objects):
            mine = (table.c.page_id == page_id, table.c.date == date)
            connection.execute(update(table).where(*mine).values(date=new))
        sent = (answer_mails.c.page_id == page_id, answer_mails.c.date == date, ~answer_mails.c.what.like(f"{QUIET}%"))
        connection.execute(update(answer_mails).where(*sent).values(date=new))
    return True
