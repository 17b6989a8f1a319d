"""The contract with plugins: `class Plugin`, and every name of the program that a plugin may import.

A plugin imports from here and from `app.errors`, and nothing else of `app`; what is here stays as it is until a
CHANGELOG says otherwise. How to write one: plugins/README.md. Names of the web are fetched when they are first asked
for, because the job process and the commands load plugins too and do without the web.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow, days_of
from app.catalog.readers import opens
from app.catalog.record_rows import MapPoint, Point, RecordQuery, RecordRow
from app.convert.pads import read_pad
from app.convert.pads import title_of as pad_title
from app.database.engine import forget_traces, make_engine, sqlite_url
from app.database.truth import new_metadata
from app.forms.form import SHOWN, Choice, Field, Form, words_in
from app.forms.poll import Poll
from app.forms.poll import of_record as poll_of
from app.forms.record import label_of_key
from app.hooks import (
    Arrival,
    Concern,
    Concerns,
    Deleted,
    Draft,
    Findable,
    FoundThing,
    Job,
    Line,
    Macro,
    MacroArguments,
    Renamed,
    Saved,
    Section,
    Way,
)
from app.locks import only_one
from app.outbox.mails import Mail, clean_address
from app.outbox.mails import queue as queue_mail
from app.people.caring import tell, tell_caring
from app.people.groups import viewer_of
from app.people.named import find_people, naming, without_person
from app.people.rights import may_read
from app.people.signed import find_signed, name_account
from app.people.throttle import Rule, spend
from app.people.viewer import OPERATOR
from app.plugin_base import Plugin
from app.plugin_homes import HOME_OF
from app.wiki.clean import clean as clean_html
from app.wiki.clean import trust
from app.wiki.page import fold, slugify
from app.wiki.search import Document

if TYPE_CHECKING:
    from app.answers.needs import hands_needed, places_left
    from app.answers.votes import has_answered
    from app.backup.holding import list_holding
    from app.calendar.days import say_day
    from app.calendar.event import Event
    from app.calendar.ics_child import CalendarDate, CalendarDates, read_calendar_dates, read_calendar_events
    from app.calendar.sentences import say_date
    from app.convert.documents import Converted, convert_document
    from app.convert.text import text_of
    from app.jobs import forget_in_search
    from app.people.accounts import Account as Account
    from app.people.viewer import Viewer as Viewer
    from app.proposals.unnamed import remove_files
    from app.records.changing import RecordState, begin_record, change_record, keep_pictures
    from app.records.exchange.events_in import adopt_event, check_may_adopt, may_adopt, page_ids_of
    from app.records.exchange.export import export
    from app.records.outside import fetch, is_public, is_web
    from app.records.polls import list_polls
    from app.station import Station as Station
    from app.web.addresses import absolute, address, here, in_mail, url
    from app.web.answers.own_calendar import own_dates
    from app.web.calendars import calendar_file, named_file
    from app.web.embedding import embeddable, with_far_pictures
    from app.web.files import size_words
    from app.web.fill import fill_body
    from app.web.kept import packed, until_change, until_change_of
    from app.web.kit import (
        author,
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
    from app.web.language import day_in_words, spoken
    from app.web.macros import MacroContext
    from app.web.maps.points import encode_points
    from app.web.polls.wording import poll_winner
    from app.web.private_feeds import feed_owner, make_feed_key
    from app.web.protection import asker
    from app.web.qr import draw
    from app.web.records.private_values import private_values
    from app.web.records.showing import shown_of_many
    from app.web.records.shown import ShownField
    from app.web.searching_own import search_own
    from app.web.signin_mails import may_mail_links, site_name
    from app.web.templates import when

__all__ = [
    "OPERATOR",  # the viewer that is the site itself: may do everything
    "SHOWN",  # the states of records that views show which name none
    "Arrival",  # one line of what is new, on the home page
    "CalendarDate",  # one date of an event of another calendar
    "CalendarDates",  # such a calendar, with its dates worked out
    "Choice",  # one answer to choose
    "Concern",  # one thing that has aged
    "Concerns",  # those of one kind
    "Converted",  # a document as Markdown, with its pictures
    "Deleted",  # what `on_deleted` hears
    "Document",  # one thing for the search to find
    "Draft",  # what a new page or record begins with
    "Event",  # an event as other calendars know it
    "Field",  # one question of a form
    "Findable",  # things that the search finds among the pages
    "Form",  # a form with its fields
    "FoundThing",  # what the search shows of one
    "Job",  # work that is due every so many seconds
    "Line",  # one line of the weekly mail
    "Macro",  # one `{{name …}}` of pages
    "MacroArguments",  # what is written in its call
    "MacroContext",  # for whom and where it is shown
    "Mail",  # an address and words
    "MapPoint",  # one place on a map
    "OccurrenceQuery",  # which dates of records
    "OccurrenceRow",  # one date of a record
    "Plugin",  # the class to inherit
    "Point",  # degrees north and east
    "Poll",  # what a record asks people to answer
    "RecordQuery",  # which records of a form, in which order
    "RecordRow",  # one record
    "RecordState",  # what a record says: its answers, its free text
    "Renamed",  # what `on_renamed` hears
    "Rule",  # how often something may be tried
    "Saved",  # what `on_saved` hears
    "Section",  # a part of the weekly mail
    "ShownField",  # one answer of a record, ready for templates
    "Way",  # one way to take a record along
    "absolute",  # a complete address, for feeds and exports
    "address",  # of a page
    "adopt_event",  # makes a page of an event of another calendar
    "asker",  # who asks, by the address on the network
    "author",  # the pseudonym with which a change is signed
    "begin_record",  # saves a new record
    "cached",  # an answer that may be kept
    "calendar_file",  # such texts as one file
    "change_record",  # saves what a function makes of a record
    "check_admin",  # refuses everybody but administrators
    "check_may_adopt",  # refuses who may not make a page of an event of another calendar
    "clean_address",  # an address of mail as it is sent to; raises Invalid
    "clean_html",  # foreign HTML without what may do harm; raises OverBudget
    "convert_document",  # makes Markdown of a document, in a process that can be killed
    "day_in_words",  # in the language of the answer
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
    "find_people",  # whom a name means that somebody wrote
    "find_signed",  # the account that a signed link names, as long as it is the same
    "fold",  # the key by which names are compared
    "forget_in_search",  # lets no trace of what was removed stay in the search
    "forget_traces",  # lets no trace of erased rows stay in a database
    "generation",  # a mark that changes with every change of the wiki
    "hands_needed",  # dates for which people are looked for
    "has_answered",  # whether a member has answered a poll
    "here",  # the address that was asked for
    "in_mail",  # a complete address for a mail, if the site has one
    "is_public",  # whether a machine belongs to the open internet
    "is_web",  # whether this is an address of the web
    "keep_pictures",  # keeps those of a document, with the names that they get
    "label_of_key",  # what a filter says of a key: the label of a choice, the name of a century
    "list_holding",  # the backups that still hold what is erased now
    "list_polls",  # what is asked, whatever form asks it
    "make_engine",  # a database of the plugin's own, for what is derived
    "make_feed_key",  # a key for private feeds
    "may_adopt",  # whether somebody may do so
    "may_mail_links",  # whether mails go out that lead back here
    "may_read",  # whether somebody belongs to an audience
    "name_account",  # an account as a signed link names it
    "named_file",  # an answer with the name of a file
    "naming",  # which of some words mean an account
    "new_metadata",  # a registry for the plugin's tables
    "not_modified",  # 304 for who has the answer already
    "notice",  # a sentence on the next page
    "only_one",  # a lock between processes
    "opens",  # whether somebody may belong to the first audience who does not belong to the other
    "own_dates",  # what somebody said he comes to, for calendars
    "packed",  # a large file, kept in memory until something changes
    "pad_title",  # a title made of the address of a pad
    "page_ids_of",  # the identities of the pages that events of other calendars have become
    "places_left",  # free places of dates to which one signs up
    "poll_of",  # the poll of a record
    "poll_winner",  # what was chosen in a poll, in words
    "private_values",  # of records, by id: what the reader may see of them
    "queue_mail",  # sends a mail, with the transaction that causes it
    "read_calendar_dates",  # reads the calendar of another program, in a process that can be killed
    "read_calendar_events",  # the same, without its dates
    "read_pad",  # what a public pad holds
    "remove_files",  # removes stored files that nothing names any more
    "render",  # a template as an answer
    "say",  # the sentence of an error, translated
    "say_date",  # one date in words
    "say_day",  # a day in words, in a language
    "search_own",  # the plugin's own search
    "shown_of_many",  # what records say, ready for templates
    "site_name",  # on one line
    "size_words",  # a size in kilobytes or megabytes
    "slugify",  # a title as a part of an address
    "spend",  # counts what is tried; raises TooMany
    "spoken",  # the language of the answer
    "sqlite_url",  # the address of a database file
    "station",  # the parts of the instance
    "tell",  # a mail to somebody who has an account
    "tell_caring",  # a mail to those who look after a place
    "text_of",  # the text inside a file, read in a process that can be killed
    "trust",  # HTML that was cleaned, for templates
    "uncached",  # an answer that may not be kept
    "until_change",  # a view whose answer holds until something changes
    "until_change_of",  # the same, until something of the plugin's own changes, too
    "url",  # the address of a view
    "viewer",  # who is looking
    "viewer_of",  # somebody who has an account, as a viewer
    "when",  # a moment in words
    "with_far_pictures",  # an answer that shows pictures of other machines
    "without_person",  # the other names beside somebody, where several were written
    "words_in",  # words of a form in a language
]


def __getattr__(name: str) -> Any:
    """Fetch a name of the web."""
    if name not in HOME_OF:
        raise AttributeError(f"app.plugin has no “{name}”")
    return getattr(import_module(HOME_OF[name]), name)
