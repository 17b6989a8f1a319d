"""What the page of a record says of its life: the same for all who read it, on any day, so that answers are kept."""

from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.record_rows import RecordRow
from app.forms.form import CHECKED
from app.web.addresses import url
from app.web.kit import door, viewer
from app.web.life.contact import may_write_to
from app.web.life.states import STATES, day_words


def bar(row: RecordRow) -> SimpleNamespace:
    """Give what `life/_bar.html` shows: state, days, where to write, to report an error, to look after the record."""
    return SimpleNamespace(
        state=gettext(STATES[row.state]) if row.state in STATES else "",
        is_good=row.state == CHECKED,
        verified=day_words(row.verified),
        expires=day_words(row.expires),
        contact=url("contact.show", path=row.path) if may_write_to(row) else "",
        report=url("record_reports.show", path=row.path),
        life=url("record_life.show", path=row.path) if viewer().is_signed_in else "",
        duplicate=url("record_duplicate.fill", path=row.path) if _is_done_again(row) else "",
    )


def _is_done_again(row: RecordRow) -> bool:
    """Tell whether the viewer is offered to make another one like it: of what takes place, where he may send one."""
    form = door().find_form(viewer(), row.form)
    return form is not None and bool(form.of_type("schedule")) and door().may_submit(viewer(), form)
