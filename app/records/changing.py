"""Begin and change records from a program: read, changed, saved; read anew where somebody was faster."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.catalog.editing import Edit, EditConflict, Outcome
from app.convert.documents import Picture
from app.errors import GareError
from app.forms.form import Form, Values
from app.people.viewer import Viewer
from app.records.saving import RecordDraft, save, text_of
from app.station import Station
from app.wiki import frontmatter
from app.wiki.files import Pointer
from app.wiki.uploads import prepare_upload

NO_FILES: Mapping[str, Pointer] = {}
TRIES = 5  # as often as somebody else may save in between


@dataclass(frozen=True, slots=True)
class RecordState:
    """What a record says: its answers (those of its page) and its free text, in Markdown."""

    values: Values
    body: str


def begin_record(
    station: Station, viewer: Viewer, form: Form, state: RecordState, author: str, *, path: str,
    files: Mapping[str, Pointer] = NO_FILES,
) -> Outcome:  # fmt: skip
    """Save a new record at a path, with a number where that is taken, with its files; raises what a save raises."""
    text = text_of(station, form, RecordDraft(state.values, body=state.body), today=station.today())
    edit = Edit(station.door.free_path(path), text, None, author, files=files, readers=form.audience)
    return station.door.save(viewer, edit)


def keep_pictures(station: Station, text: str, pictures: Iterable[Picture]) -> tuple[str, dict[str, Pointer]]:
    """Keep the pictures of a document, and give its text with the names that they have now.

    Of one that cannot be drawn its words stay.
    """
    files: dict[str, Pointer] = {}
    for one in pictures:
        try:
            drawn = prepare_upload(one.name, one.content, max_bytes=station.config.upload_bytes)
        except GareError:
            text = re.sub(rf"!\[([^\]]*)\]\({re.escape(one.name)}\)", r"\1", text)
            continue
        files[drawn.name] = station.wiki.files.put(drawn.content)
        text = text.replace(f"]({one.name})", f"]({drawn.name})")
    return text, files


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
