"""Minutes as a plugin: what it adds to the site."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.errors import N_
from app.plugin import Arrival, Form, Job, Macro, Plugin, RecordRow, Way
from plugins.minutes import meetings
from plugins.minutes.tables import metadata

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from app.plugin import Concerns, Draft, Section, Viewer

_YEAR = re.compile(r"[0-9]{4}")


class Minutes(Plugin):
    """Keeps what meetings talk about, decide and ask somebody to do."""

    name = "minutes"
    title = N_("Minutes")
    help = N_("Agendas of meetings, notes, decisions, and who does what.")
    word = "reunions"
    is_on_at_first = True
    menu = ((N_("Minutes"), ""),)
    tables = metadata
    home_blocks = ("minutes",)

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give the views."""
        # the web, which jobs do without
        from plugins.minutes import answering, book, confirming, feed, importing, items, paper, registers, states, views

        reading, writing = (views, registers, feed, paper, book), (items, states, confirming, importing, answering)
        return tuple(one.blueprint for one in (*reading, *writing))

    def commands(self) -> "Sequence[click.Command]":
        """Give the command that brings notes in."""
        from plugins.minutes.commands import import_group

        return (import_group(lambda: self.station),)

    def jobs(self) -> Sequence[Job]:
        """Remind those who do something."""
        return (Job("minutes-remind", 1800, self._remind),)

    def digest(self, viewer: "Viewer", since: int, until: int) -> "Sequence[Section]":
        """Say which minutes came, and what is to be done."""
        from plugins.minutes.digest import sections  # fetches what the web does without

        return sections(self.station, viewer, since, until)

    def arrivals(self, viewer: "Viewer", limit: int) -> Sequence[Arrival]:
        """Give the latest minutes, and what was decided there."""
        from plugins.minutes.block import news

        return news(viewer, limit)

    def care(self, viewer: "Viewer") -> "Sequence[Concerns]":
        """Give actions that are late, and minutes that wait to be read again."""
        from plugins.minutes.care import concerns

        return concerns(self.station, viewer)

    def checkup(self) -> "Sequence[tuple[str, Mapping[str, str]]]":
        """Say what is late."""
        from plugins.minutes.digest import checkup  # as above

        return checkup(self.station)

    def _remind(self) -> str | None:
        from plugins.minutes.reminding import run  # slow to import

        return run(self.station)

    def macros(self) -> Sequence[Macro]:
        """Give the registers as blocks."""
        return (
            Macro("minutes", _latest, N_("Shows the latest minutes."), "{{minutes count=3}}"),
            Macro("decisions", _decisions, N_("Shows what was decided last."), "{{decisions count=5}}"),
            Macro("actions", _actions, N_("Shows what is to be done, and by whom."), "{{actions count=10}}"),
        )

    def draft(self, viewer: "Viewer", reference: str) -> "Draft | None":
        """Let notes begin with an event: `PATH`, or `PATH@DAY` of a series."""
        from plugins.minutes import starting  # speaks the language of the reader

        return starting.draft(self.station, viewer, reference)

    def ways_out(self, form: Form, row: RecordRow) -> Sequence[Way]:
        """Lead from an event to its notes, and from notes to what is done with them."""
        if form.name == meetings.FORM:
            from plugins.minutes.states import ways

            return ways(row)
        if form.name == "event":
            from plugins.minutes.items import ways_of_event

            return ways_of_event(self.station, row)
        return ()

    def is_own_page(self, path: str) -> bool:
        """Leave meetings to the pages: they stand in a folder of their year."""
        below = path.split("/")[1:]
        return len(below) > 1 and bool(_YEAR.fullmatch(below[0]))

    def collection(self, form: str) -> str | None:
        """Give the address of the list of meetings."""
        from app.plugin import url

        return url("minutes.show") if form == meetings.FORM else None


def _latest(context: object, arguments: object) -> str:
    from plugins.minutes.block import latest

    return latest(context, arguments)  # type: ignore[arg-type]


def _decisions(context: object, arguments: object) -> str:
    from plugins.minutes.block import decisions

    return decisions(context, arguments)  # type: ignore[arg-type]


def _actions(context: object, arguments: object) -> str:
    from plugins.minutes.block import actions

    return actions(context, arguments)  # type: ignore[arg-type]
