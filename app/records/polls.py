"""The polls of the site, whatever form asks them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.catalog.record_rows import RecordQuery, RecordRow
from app.forms import poll as polls
from app.forms.poll import Poll

if TYPE_CHECKING:
    from app.people.viewer import Viewer

MOST = 2000  # of one form


def list_polls(
    door: Any, viewer: "Viewer", where: Mapping[str, tuple[str, ...]] | None = None
) -> list[tuple[RecordRow, Poll]]:
    """List the polls that somebody may read, of each form those that were changed last first."""
    found = []
    for name in door.forms(viewer):
        form = door.find_form(viewer, name)
        if form is None or polls.field_of(form) is None:
            continue
        rows, _ = door.records(viewer, RecordQuery(name, where or {}, order="edited", is_descending=True, limit=MOST))
        found += [(row, poll) for row in rows if (poll := polls.of_record(form, row.values)) is not None]
    return found
