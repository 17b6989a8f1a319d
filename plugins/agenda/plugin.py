"""The agenda as a plugin: what it adds to the site."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.errors import N_
from app.plugin import Form, Job, Macro, Plugin, RecordRow, Way
from plugins.agenda.tables import metadata

if TYPE_CHECKING:
    from flask import Blueprint

    from app.plugin import Section, Viewer

_YEAR = re.compile(r"[0-9]{4}")


class Agenda(Plugin):
    """Shows the dates of all records that have some, and gives them to other calendars."""

    name = "agenda"
    title = N_("Agenda")
    help = N_("What takes place: lists, months, posters, calendars for phones.")
    word = "agenda"
    is_on_at_first = True
    menu = ((N_("Agenda"), ""),)
    tables = metadata
    home_blocks = ((N_("Next departures"), "agenda"),)

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give the views, and what is made of them: calendars, feeds."""
        # the web, which jobs do without
        from plugins.agenda import atom, calendars, elsewhere, embed, linked_data, managing, paper, subscribe, views

        of_events = (calendars.events, linked_data.events)
        of_dates = (views, subscribe, calendars, atom, linked_data, embed, paper, elsewhere, managing)
        return (*(one.blueprint for one in of_dates), *of_events)

    def jobs(self) -> Sequence[Job]:
        """Ask for the agendas of others."""
        return (Job("agenda-sources", 30, self._ask_others),)

    def _ask_others(self) -> str | None:
        from plugins.agenda import fetching  # slow to import

        return fetching.run_due(self.station)

    def ways_out(self, form: Form, row: RecordRow) -> Sequence[Way]:
        """Give an event to calendars of people and to programs."""
        if not form.of_type("schedule"):
            return ()
        from app.plugin import url
        from plugins.agenda.calendars import event_address

        calendar = event_address("agenda_event.calendar", row.path)
        linked = event_address("agenda_linked_event.event", row.path)
        return (
            Way(N_("Put into my calendar"), calendar, "calendar", "text/calendar"),
            Way(N_("Poster to print"), url("agenda_poster.poster", path=row.path), "page"),
            Way("", linked, mimetype="application/ld+json"),
        )

    def digest(self, viewer: "Viewer", since: int, until: int) -> "Sequence[Section]":  # noqa: ARG002
        """Say what takes place soon, and where a hand is needed."""
        from plugins.agenda import digest  # fetches what the web does without

        return digest.sections(self.station, viewer, until)

    def macros(self) -> Sequence[Macro]:
        """Give the block that shows dates inside a page."""
        example = '{{agenda view="list" count=5}}'
        return (Macro("agenda", _show_block, N_("Shows the next dates of the agenda."), example),)

    def is_own_page(self, path: str) -> bool:
        """Leave records to the pages: they stand in a folder of their year."""
        below = path.split("/")[1:]
        return len(below) > 1 and bool(_YEAR.fullmatch(below[0]))

    def collection(self, form: str) -> str | None:
        """Give the address of the list of events."""
        from app.plugin import url

        return url("agenda.show") if form == "event" else None


def _show_block(context: object, arguments: object) -> str:
    from plugins.agenda.block import show

    return show(context, arguments)  # type: ignore[arg-type]
