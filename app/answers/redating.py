"""Keep answers with their date when what takes place once becomes a series, or a series becomes a single date."""

from app.answers import moving
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
        return moving.redate(connection, page_id, {date: new}) > 0
