"""What an administrator typed of the home page, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext

from app.catalog.readers import CLOSED
from app.errors import N_, Invalid
from app.people.viewer import Viewer
from app.web.board import lead
from app.web.board.arrangement import MAX_NAME, MAX_TITLE, MOST_ENTRIES, PAGE, Entry
from app.web.kit import UNFIT, door
from app.web.setup import one_line

NEW = "new_page"  # the field for one more page


@dataclass(frozen=True, slots=True)
class Typed:
    """The entries as they were typed, and by field what is wrong; pages are paths where nothing is."""

    entries: tuple[Entry, ...]
    errors: Mapping[str, str]

    def without(self, number: int) -> "Typed":
        """Leave out a page that is a block, with what is wrong of it: it may be gone. Other blocks stay."""
        if not (0 <= number < len(self.entries) and self.entries[number].block == PAGE):
            return self
        is_only_fault = self.errors.keys() <= {f"title-{number}", f"page-{number}"}
        left = (*self.entries[:number], *self.entries[number + 1 :])
        return Typed(left, {}) if is_only_fault else self


def read_form(form: Mapping[str, str], known: Mapping[str, object], viewer: Viewer) -> Typed:
    """Read the entries of a form; raises Invalid for what no browser sends of ours."""
    number, entries, errors = 0, list[Entry](), dict[str, str]()
    while f"block-{number}" in form:
        if number >= MOST_ENTRIES:
            raise Invalid(N_("The home page shows at most %(most)s blocks."), most=MOST_ENTRIES)
        entry = _entry(form, number)
        if entry.block not in known and entry.block != PAGE:
            raise Invalid(N_("There is no such block. Open this page again."))
        if len(entry.title) > MAX_TITLE:
            errors[f"title-{number}"] = gettext("Type at most %(cap)s letters.", cap=MAX_TITLE)
        page, fault = find_page(viewer, entry.page, is_needed=entry.block == PAGE)
        if fault:
            errors[f"page-{number}"] = fault
        entries.append(replace(entry, page=page))
        number += 1
    if len({one.key for one in entries}) < len(entries) and not errors:
        raise Invalid(N_("A block stands there twice. Open this page again."))
    return Typed(tuple(entries), errors)


def _entry(form: Mapping[str, str], number: int) -> Entry:
    title, page = (one_line(UNFIT.sub("", form.get(f"{name}-{number}", ""))) for name in ("title", "page"))
    return Entry(form[f"block-{number}"], title, not form.get(f"shown-{number}"), page)


def find_page(viewer: Viewer, name: str, *, is_needed: bool = True) -> tuple[str, str]:
    """Give the path of a page that can be a block, and a sentence: empty, or why there is none."""
    if not name:
        return "", gettext("Type the name of a page.") if is_needed else ""
    path = lead.find(viewer, name) if len(name) <= MAX_NAME else None
    if path is None or path.startswith("_"):
        return name[:MAX_NAME], gettext("There is no page named “%(name)s”.", name=name[:60])
    if door().find(viewer, path).audience == CLOSED:
        return name, gettext("Only administrators read this page. Choose another one.")
    return path, ""
