"""The contract with plugins: `class Plugin`, and every name of the program that a plugin may import.

A plugin imports from here and from `app.errors`, and nothing else of `app`; what is here stays as it is until a
CHANGELOG says otherwise. How to write one: plugins/README.md. Names of the web are fetched when they are first asked
for, because the job process and the commands load plugins too and do without the web.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow, days_of
from app.catalog.record_rows import MapPoint, Point, RecordQuery, RecordRow
from app.database.truth import new_metadata
from app.forms.form import SHOWN, Choice, Field, Form, words_in
from app.forms.record import label_of_key
from app.hooks import Deleted, Job, Line, Macro, MacroArguments, Renamed, Saved, Section, Way
from app.wiki.page import fold

if TYPE_CHECKING:
    import click
    from flask import Blueprint
    from sqlalchemy import MetaData

    from app.answers.needs import hands_needed, places_left
    from app.calendar.event import Event
    from app.calendar.ics_child import CalendarDate, CalendarDates, read_calendar_dates, read_calendar_events
    from app.calendar.sentences import say_date
    from app.people.viewer import Viewer
    from app.records.exchange.events_in import adopt_event, check_may_adopt, may_adopt, page_ids_of
    from app.records.exchange.export import export
    from app.records.outside import fetch, is_public, is_web
    from app.station import Station
    from app.web.addresses import absolute, address, here, url
    from app.web.answers.own_calendar import own_dates
    from app.web.calendars import calendar_file, named_file
    from app.web.embedding import embeddable
    from app.web.fill import fill_body
    from app.web.kept import packed, until_change
    from app.web.kit import (
        cached,
        check_admin,
        door,
        etag_of,
        generation,
        not_modified,
        notice,
        render,
        say,
        station,
        uncached,
        viewer,
    )
    from app.web.language import spoken
    from app.web.macros import MacroContext
    from app.web.maps.points import encode_points
    from app.web.private_feeds import feed_owner, make_feed_key
    from app.web.qr import draw
    from app.web.records.private_values import private_values
    from app.web.records.showing import shown_of_many
    from app.web.records.shown import ShownField
    from app.web.templates import when

__all__ = [
    "SHOWN",  # the states of records that views show which name none
    "CalendarDate",  # one date of an event of another calendar
    "CalendarDates",  # such a calendar, with its dates worked out
    "Choice",  # one answer to choose
    "Deleted",  # what `on_deleted` hears
    "Event",  # an event as other calendars know it
    "Field",  # one question of a form
    "Form",  # a form with its fields
    "Job",  # work that is due every so many seconds
    "Line",  # one line of the weekly mail
    "Macro",  # one `{{name …}}` of pages
    "MacroArguments",  # what is written in its call
    "MacroContext",  # for whom and where it is shown
    "MapPoint",  # one place on a map
    "OccurrenceQuery",  # which dates of records
    "OccurrenceRow",  # one date of a record
    "Plugin",  # the class to inherit
    "Point",  # degrees north and east
    "RecordQuery",  # which records of a form, in which order
    "RecordRow",  # one record
    "Renamed",  # what `on_renamed` hears
    "Saved",  # what `on_saved` hears
    "Section",  # a part of the weekly mail
    "ShownField",  # one answer of a record, ready for templates
    "Way",  # one way to take a record along
    "absolute",  # a complete address, for feeds and exports
    "address",  # of a page
    "adopt_event",  # makes a page of an event of another calendar
    "cached",  # an answer that may be kept
    "calendar_file",  # such texts as one file
    "check_admin",  # refuses everybody but administrators
    "check_may_adopt",  # refuses who may not make a page of an event of another calendar
    "days_of",  # the first and the last day of a date
    "door",  # finds, lists and saves for a viewer
    "draw",  # a link as a QR code
    "embeddable",  # an answer that other sites may show in their pages, if an administrator allows it
    "encode_points",  # the points of a map, as its script reads them
    "etag_of",  # a mark of everything that an answer depends on
    "export",  # records as a file of some kind
    "feed_owner",  # whose key stands in the address of a private feed
    "fetch",  # asks a server of the open internet: not for long, not for much
    "fill_body",  # the text of a page as HTML, for whoever reads it
    "fold",  # the key by which names are compared
    "generation",  # a mark that changes with every change of the wiki
    "hands_needed",  # dates for which people are looked for
    "here",  # the address that was asked for
    "is_public",  # whether a machine belongs to the open internet
    "is_web",  # whether this is an address of the web
    "label_of_key",  # what a filter says of a key: the label of a choice, the name of a century
    "make_feed_key",  # a key for private feeds
    "may_adopt",  # whether somebody may do so
    "named_file",  # an answer with the name of a file
    "new_metadata",  # a registry for the plugin's tables
    "not_modified",  # 304 for who has the answer already
    "notice",  # a sentence on the next page
    "own_dates",  # what somebody said he comes to, for calendars
    "packed",  # a large file, kept in memory until something changes
    "page_ids_of",  # the identities of the pages that events of other calendars have become
    "places_left",  # free places of dates to which one signs up
    "private_values",  # of records, by id: what the reader may see of them
    "read_calendar_dates",  # reads the calendar of another program, in a process that can be killed
    "read_calendar_events",  # the same, without its dates
    "render",  # a template as an answer
    "say",  # the sentence of an error, translated
    "say_date",  # one date in words
    "shown_of_many",  # what records say, ready for templates
    "spoken",  # the language of the answer
    "station",  # the parts of the instance
    "uncached",  # an answer that may not be kept
    "until_change",  # a view whose answer holds until something changes
    "url",  # the address of a view
    "viewer",  # who is looking
    "when",  # a moment in words
    "words_in",  # words of a form in a language
]

_HOMES = {
    "app.answers.needs": ("hands_needed", "places_left"),
    "app.calendar.event": ("Event",),
    "app.calendar.ics_child": ("CalendarDate", "CalendarDates", "read_calendar_dates", "read_calendar_events"),
    "app.calendar.sentences": ("say_date",),
    "app.records.exchange.events_in": ("adopt_event", "check_may_adopt", "may_adopt", "page_ids_of"),
    "app.records.exchange.export": ("export",),
    "app.records.outside": ("fetch", "is_public", "is_web"),
    "app.web.addresses": ("absolute", "address", "here", "url"),
    "app.web.answers.own_calendar": ("own_dates",),
    "app.web.calendars": ("calendar_file", "named_file"),
    "app.web.embedding": ("embeddable",),
    "app.web.fill": ("fill_body",),
    "app.web.kept": ("packed", "until_change"),
    "app.web.kit": ("cached", "check_admin", "door", "etag_of", "generation", "not_modified", "notice", "render", "say",
                    "station", "uncached", "viewer"),
    "app.web.language": ("spoken",),
    "app.web.macros": ("MacroContext",),
    "app.web.maps.points": ("encode_points",),
    "app.web.private_feeds": ("feed_owner", "make_feed_key"),
    "app.web.qr": ("draw",),
    "app.web.records.private_values": ("private_values",),
    "app.web.records.showing": ("shown_of_many",),
    "app.web.records.shown": ("ShownField",),
    "app.web.templates": ("when",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Fetch a name of the web."""
    if name not in _HOME_OF:
        raise AttributeError(f"app.plugin has no “{name}”")
    return getattr(import_module(_HOME_OF[name]), name)


class Plugin:
    """What a plugin adds, hears and changes: it overrides what it needs, the rest does nothing.

    Its folder may hold `templates/NAME/`, `static/NAME/`, `forms/` (ready forms, brought into a site when the plugin is
    switched on for the first time) and `migrations/`. While it is switched off, nothing of it is called.
    A public name that is not of this class stops the start: what is the plugin's own begins with `_`.
    """

    name: ClassVar[str] = ""  # its folder's; tables, blueprints, templates and static files begin with it
    title: ClassVar[str] = ""  # English msgid, for administrators
    help: ClassVar[str] = ""  # what it is for, one sentence; English msgid
    word: str = ""  # first segment of its addresses, in French; the setting `plugin_words` may change it
    version: ClassVar[str] = "1"  # raise it when `change_markdown` or `change_html` give something else
    is_on_at_first: ClassVar[bool] = False  # on sites where nobody has switched it
    menu: ClassVar[Sequence[tuple[str, str]]] = ()  # entries of the main menu: English msgid, place below the word
    home_blocks: ClassVar[Sequence[str]] = ()  # its macros below the text of the home page, unless that calls them
    tables: "ClassVar[MetaData | None]" = None  # its own, made by `migrations/`

    station: "Station"  # the parts of the instance; there once it is open
    folder: Path

    # -- what I add --------------------------------------------------------------------------------------------------

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give its views; their addresses stand below the word."""
        return ()

    def macros(self) -> Sequence[Macro]:
        """Give its `{{name …}}`."""
        return ()

    def jobs(self) -> Sequence[Job]:
        """Give its work in the background; a job's name begins with the plugin's."""
        return ()

    def commands(self) -> "Sequence[click.Command]":
        """Give its commands: `gare NAME COMMAND`."""
        return ()

    def digest(self, viewer: "Viewer", since: int, until: int) -> Section | Sequence[Section] | None:  # noqa: ARG002
        """Give its parts of the weekly mail for who may read as `viewer` does; from and to in seconds since 1970."""
        return None

    def is_own_page(self, path: str) -> bool:  # noqa: ARG002
        """Tell whether a page below the word is a page like others, such as a record; all else is kept free."""
        return False

    def collection(self, form: str) -> str | None:  # noqa: ARG002
        """Give the address of the list of a form's records."""
        return None

    def ways_out(self, form: Form, row: RecordRow) -> Sequence[Way]:  # noqa: ARG002
        """Give ways to take a record along; they stand on its page."""
        return ()

    # -- what I hear -------------------------------------------------------------------------------------------------

    def on_saved(self, event: Saved) -> None:
        """Hear that a page was created, edited or brought back."""

    def on_renamed(self, event: Renamed) -> None:
        """Hear that a page moved."""

    def on_deleted(self, event: Deleted) -> None:
        """Hear that a page was deleted."""

    # -- what I change -----------------------------------------------------------------------------------------------

    def change_markdown(self, text: str) -> str:
        """Change the text of a page before it is rendered."""
        return text

    def change_html(self, html: str) -> str:
        """Change a rendered page before it is cleaned."""
        return html
