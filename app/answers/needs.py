"""What dates still need: free places beside each in the agenda, hands in the weekly mail; for one page of dates."""

from collections.abc import Sequence

from app.answers import counting
from app.answers.answer import About
from app.answers.counting import NONE, Open
from app.catalog.occurrence_rows import OccurrenceRow
from app.forms import signup
from app.forms.signup import Signup
from app.people.viewer import Viewer
from app.station import Station


def places_left(station: Station, viewer: Viewer, rows: Sequence[OccurrenceRow]) -> dict[tuple[str, str], int]:
    """Count the free places, by identity and day, of each date that has so many and to which one can sign up."""
    wanted = {about: one for about, one in _wanted(station, viewer, rows).items() if one.places is not None}
    if not wanted:
        return {}
    with station.truth.connect() as connection:
        known = counting.counts(connection, wanted)
    return {(about.page_id, about.date): known.get(about, NONE).free(one) or 0 for about, one in wanted.items()}


def hands_needed(station: Station, viewer: Viewer, rows: Sequence[OccurrenceRow]) -> dict[tuple[str, str], Open]:
    """Find the dates for which people are looked for, by identity and day: a task or the places are not full."""
    wanted = _wanted(station, viewer, rows)
    if not wanted:
        return {}
    with station.truth.connect() as connection:
        found = counting.open_places(connection, wanted)
    return {(about.page_id, about.date): one for about, one in found.items()}


def _wanted(station: Station, viewer: Viewer, rows: Sequence[OccurrenceRow]) -> dict[About, Signup]:
    """Read how one signs up for each date; those are left out for which one does not."""
    door, today = station.door, station.today()
    forms = {form.name: form for form in door.dated_forms(viewer)}
    records = door.records_by_id(viewer, {row.id for row in rows})
    found = {page_id: signup.of_record(forms[record.form], record.values)
             for page_id, record in records.items() if record.form in forms}  # fmt: skip
    return {
        About(row.id, row.original): settings
        for row in rows
        if row.status != "cancelled" and (settings := found.get(row.id)) and settings.is_open
        if settings.until is None or settings.until >= today
    }
