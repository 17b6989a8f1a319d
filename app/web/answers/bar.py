"""Taking part, on the page of a record: numbers and buttons, the same for all readers of equal rights."""

from types import SimpleNamespace

from app.catalog.record_rows import RecordRow
from app.forms.form import Form
from app.web.addresses import url
from app.web.answers.dates import closed, next_dates, thing_of
from app.web.answers.shown import counted, numbers
from app.web.kit import viewer

DATES = 3


def bar(form: Form, row: RecordRow) -> SimpleNamespace | None:
    """Give what `answers/_bar.html` shows; None where one cannot sign up, or all is over."""
    thing = thing_of(form, row)
    if thing is None or not thing.settings.is_open:
        return None
    dates = next_dates(thing, DATES + 1)
    known = counted(dates)
    shown = [numbers(date, known) for date in dates[:DATES]]
    for date, here in zip(dates, shown, strict=False):
        here.closed = closed(date)
    if not shown:
        return None
    has_dates = bool(dates[0].day)
    address = url("answers.show", path=row.path) if has_dates else shown[0].address
    return SimpleNamespace(
        dates=shown, has_more=len(dates) > DATES, has_dates=has_dates, address=address, path=row.path,
        is_signed_in=viewer().is_signed_in,
    )  # fmt: skip
