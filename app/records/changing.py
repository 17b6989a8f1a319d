"""Begin and change records from a program: read, changed, saved; read anew where somebody was faster."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.catalog.editing import Edit, EditConflict, Outcome
from app.forms.form import Form, Values
from app.people.viewer import Viewer
from app.records.saving import RecordDraft, save, text_of
from app.station import Station
from app.wiki import frontmatter

TRIES = 5  # as often as somebody else may save in between


@dataclass(frozen=True, slots=True)
class RecordState:
    """What a record says: its answers (those of its page) and its free text, in Markdown."""

    values: Values
    body: str


def begin_record(
    station: Station, viewer: Viewer, form: Form, state: RecordState, author: str, *, path: str,
    more: Mapping[str, str] | None = None,
) -> Outcome:  # fmt: skip
    """Save a new record at a path, with a number where that is taken; raises what a save raises.

    `more` are keys of its page that are no answers, such as `audience`.
    """
    text = text_of(station, form, RecordDraft(state.values, body=state.body), today=station.today(), more=more)
    edit = Edit(station.door.free_path(path), text, None, author, readers=form.audience)
    return station.door.save(viewer, edit)


def change_record(
    station: Station, viewer: Viewer, path: str, change: Callable[[RecordState], RecordState], author: str,
    summary: str = "",
) -> Outcome:  # fmt: skip
    """Let a record say what `change` makes of it; raises NotFound, Conflict, and what a save raises."""
    for left in reversed(range(TRIES)):
        row = station.door.record(viewer, path)
        form = station.door.form(viewer, row.form)
        _, _, text = station.door.revision(viewer, path, row.revision)
        changed = change(RecordState(row.values, frontmatter.split(text)[1]))
        draft = RecordDraft(changed.values, body=changed.body, path=path, base=row.revision, summary=summary)
        try:
            return save(station, viewer, form, draft, author, station.today())
        except EditConflict:
            if not left:
                raise
    raise AssertionError("the last try gives or raises")
