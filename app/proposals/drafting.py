"""Make a proposal of what somebody typed: checked as a save is, so that a moderator can take it as it stands."""

from app.catalog.editing import EMPTY, with_restricted
from app.catalog.wiki import check_text
from app.errors import N_, Invalid
from app.people.door import Door
from app.people.viewer import Viewer
from app.proposals.proposals import Draft
from app.wiki import frontmatter
from app.wiki.page import title_of_path

NOT_YOURS = N_("Only administrators set this: %(keys)s. Change the text, then propose it.")
UNCHANGED = N_("Nothing has changed yet. Change the text, then propose it.")


def prepare(door: Door, viewer: Viewer, typed: Draft, max_bytes: int) -> tuple[Draft, tuple[str, ...]]:
    """Check what was typed and give it as it is kept: the keys that decide who reads and writes stay as they were.

    Names those of them that were typed otherwise, too.

    Raises Invalid, TooLarge, Conflict where the place of a new page is taken, Refused where it is not open.
    """
    door.check_proposable(viewer, typed.path, is_new=typed.base is None)
    text = check_text(typed.text, max_bytes)
    before = door.revision(viewer, typed.path, typed.base)[2] if typed.base else ""
    if not frontmatter.split(text)[1].strip() and (not before or frontmatter.split(before)[1].strip()):
        raise Invalid(EMPTY)
    kept, keys = with_restricted(text, before)
    if kept == before:
        raise Invalid(NOT_YOURS, keys=", ".join(keys)) if keys else Invalid(UNCHANGED)
    title = frontmatter.parse(kept).text("title") or title_of_path(typed.path)
    return Draft(typed.path, typed.base, " ".join(title.split()), kept, typed.summary), keys
