"""The door of the archive: the one way by which views, feeds, exports and mails find what a viewer may read of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import N_, NotFound
from app.plugin import may_read
from plugins.archive import lists
from plugins.archive.reading import Reading

if TYPE_CHECKING:
    from app.plugin import Station, Viewer
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

NO_LIST = N_("There is no such list here, or it is not open to you.")
NO_MESSAGE = N_("There is no such message here, or it is not open to you.")


@dataclass(frozen=True, slots=True)
class ArchiveDoor:
    """Finds lists for a viewer; what may not be read is not told from what is not there."""

    archive: "Archive"

    def lists(self, viewer: "Viewer") -> list["MailList"]:
        """List those that somebody may read, by title."""
        found = [one for one in lists.load(self.archive.truth) if may_read_list(viewer, one)]
        return sorted(found, key=lambda one: one.title.casefold())

    def find(self, viewer: "Viewer", name: str) -> "MailList":
        """Find a list by its name; raises NotFound."""
        found = lists.find(self.archive.truth, name)
        if found is None or not may_read_list(viewer, found):
            raise NotFound(NO_LIST)
        return found

    def open(self, viewer: "Viewer", name: str) -> Reading:
        """Open a list to read it; raises NotFound."""
        return self.reading(viewer, self.find(viewer, name))

    def reading(self, viewer: "Viewer", list_: "MailList") -> Reading:
        """Read a list that was found for a viewer."""
        return Reading(self.archive, list_, sees_hidden=may_manage(viewer, list_))

    def list_holding(self, viewer: "Viewer", code: str) -> "MailList":
        """Find the first list that somebody may read and that has a message; raises NotFound."""
        for one in self.lists(viewer):
            if self.reading(viewer, one).find_message(code) is not None:
                return one
        raise NotFound(NO_MESSAGE)


def may_manage(viewer: "Viewer", list_: "MailList") -> bool:
    """Tell whether somebody looks after a list: administrators, and referents of the group of its space."""
    return viewer.is_admin or bool(list_.space and list_.space in viewer.referent_of)


def may_read_list(viewer: "Viewer", list_: "MailList") -> bool:
    """Tell whether somebody reads a list: who looks after it; once it is shown, its audience."""
    return may_manage(viewer, list_) or (list_.is_shown and may_read(viewer, list_.audience))


def is_public(list_: "MailList") -> bool:
    """Tell whether everybody may read a list: only then may search engines."""
    return list_.is_shown and list_.audience == "public"


def door_of(station: "Station") -> ArchiveDoor:
    """Give the door of the archive of a site; raises NotFound where it was opened without plugins."""
    own = next((one for one in station.hooks.plugins if one.name == "archive"), None)
    if own is None:
        raise NotFound(NO_LIST)
    return ArchiveDoor(own._archive)
