"""What was read of the wiki for many people, shared by all who may read it, until the wiki changes."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from app.follow import journal
from app.follow.journal import Happening
from app.follow.rhythm import Told
from app.follow.sections import Source, sources
from app.hooks import Section
from app.people.viewer import Viewer
from app.station import Station

log = logging.getLogger(__name__)

_IN_ORDER = attrgetter("at", "change")


class Readings:
    """Reads what happened after one point and up to another, for anybody with the rights of a viewer.

    Each audience is read once, through the door, for a reader who belongs to nothing else. So nothing that is read
    here depends on any person.
    """

    def __init__(self, station: Station, after: Told, newest: Told) -> None:
        self._station, self._after, self._newest = station, after, newest
        self._generation, self._read = "", dict[str, list[Happening]]()
        self._asked: tuple[object, list[Section]] = (None, [])

    def happenings(self, viewer: Viewer) -> list[Happening]:
        """List what happened, the oldest first."""
        read = [self._of_audience(audience) for audience in self._station.door.audiences(viewer)]
        return sorted((one for happenings in read for one in happenings), key=_IN_ORDER)

    def _of_audience(self, audience: str) -> list[Happening]:
        # A page that is narrowed makes another generation: what was read before must not be told any more.
        generation = self._station.door.generation()
        if generation != self._generation:
            self._generation, self._read = generation, {}
        if audience not in self._read:
            reader = Viewer("", "", (audience,), may_write=False, is_admin=False)
            self._read[audience] = journal.read(self._station, reader, self._after, self._newest)
        return self._read[audience]

    def sections(self, viewer: Viewer, since: int) -> list[Section]:
        """List the parts of a weekly mail that do not depend on what somebody follows.

        Kept for the next one only: those who may read the same come one after another.
        """
        reader = replace(viewer, name="", pseudonym="", may_write=False, referent_of=(), spaces=())
        key = (self._station.door.generation(), reader, since)
        if self._asked[0] != key:
            asked = (self._ask(source, reader, since) for source in sources(self._station))
            self._asked = (key, [section for found in asked for section in found])
        return self._asked[1]

    def _ask(self, source: Source, reader: Viewer, since: int) -> Sequence[Section]:
        try:
            found = source(reader, since, self._newest.until + 1)
        except Exception:  # the border: a plugin's fault must not keep mails from going out
            log.exception("a part of the weekly mail failed")
            return ()
        return (found,) if isinstance(found, Section) else found or ()
