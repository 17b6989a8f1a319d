"""Polls as a plugin: the form, the list, what stands on the home page and in the weekly mail."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.errors import N_
from app.plugin import Form, Macro, Plugin, RecordRow, Way

if TYPE_CHECKING:
    from flask import Blueprint

    from app.plugin import Arrival, Draft, Section, Viewer

FORM = "poll"
_YEAR = re.compile(r"[0-9]{4}")


class Polls(Plugin):
    """Asks people for a date, a choice, their consent; answering itself is of the core, for every form."""

    name = "polls"
    title = N_("Polls")
    help = N_("Find a date, choose, decide by consent between two meetings.")
    word = "sondages"
    is_on_at_first = True
    menu = ((N_("Polls"), ""),)
    home_blocks = ("polls",)

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give the list."""
        from plugins.polls.views import blueprint  # the web, which jobs do without

        return (blueprint,)

    def macros(self) -> Sequence[Macro]:
        """Give the open ones as a block."""
        return (Macro("polls", _block, N_("Shows what is asked at the moment."), "{{polls count=5}}"),)

    def arrivals(self, viewer: "Viewer", limit: int) -> "Sequence[Arrival]":
        """Give what was closed lately, with its outcome."""
        from plugins.polls.digest import news  # as below

        return news(self.station, viewer, limit)

    def digest(self, viewer: "Viewer", since: int, until: int) -> "Sequence[Section]":
        """Say what is asked, and what was decided."""
        from plugins.polls.digest import sections  # fetches what the web does without

        return sections(self.station, viewer, since, until)

    def checkup(self) -> "Sequence[tuple[str, Mapping[str, str]]]":
        """Say which polls are over and have no outcome."""
        from plugins.polls.digest import checkup  # as above

        return checkup(self.station)

    def draft(self, viewer: "Viewer", reference: str) -> "Draft | None":
        """Let an event begin with the date that was chosen: `PATH` of the poll."""
        from plugins.polls.chosen import draft  # as above

        return draft(self.station, viewer, reference)

    def ways_out(self, form: Form, row: RecordRow) -> Sequence[Way]:
        """Lead from the chosen date to its event."""
        from plugins.polls.chosen import ways  # as above

        return ways(self.station, form, row)

    def is_own_page(self, path: str) -> bool:
        """Leave polls to the pages: they stand in a folder of their year."""
        below = path.split("/")[1:]
        return len(below) > 1 and bool(_YEAR.fullmatch(below[0]))

    def collection(self, form: str) -> str | None:
        """Give the address of the list of polls."""
        from app.plugin import url

        return url("polls_list.show") if form == FORM else None


def _block(context: object, arguments: object) -> str:
    from plugins.polls.views import block

    return block(context, arguments)  # type: ignore[arg-type]
