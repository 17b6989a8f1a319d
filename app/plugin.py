"""The contract with plugins: `class Plugin`, and every name of the program that a plugin may import.

A plugin imports from here and from `app.errors`, and nothing else of `app`; what is here stays as it is until a
CHANGELOG says otherwise. How to write one: plugins/README.md. Names of the web are fetched when they are first asked
for, because the job process and the commands load plugins too and do without the web.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from app.catalog.record_rows import RecordQuery, RecordRow
from app.database.truth import new_metadata
from app.forms.form import SHOWN, Choice, Field, Form, words_in
from app.forms.record import label_of_key
from app.hooks import Deleted, Job, Line, Macro, MacroArguments, Renamed, Saved, Section
from app.wiki.page import fold

if TYPE_CHECKING:
    import click
    from flask import Blueprint
    from sqlalchemy import MetaData

    from app.people.viewer import Viewer
    from app.records.exchange.export import export
    from app.station import Station
    from app.web.addresses import absolute, address, here, url
    from app.web.embedding import embeddable
    from app.web.kept import until_change
    from app.web.kit import (
        cached,
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
    from app.web.records.private_values import private_values
    from app.web.records.showing import ShownField, shown_of_many

__all__ = [
    "SHOWN",  # the states of records that views show which name none
    "Choice",  # one answer to choose
    "Deleted",  # what `on_deleted` hears
    "Field",  # one question of a form
    "Form",  # a form with its fields
    "Job",  # work that is due every so many seconds
    "Line",  # one line of the weekly mail
    "Macro",  # one `{{name …}}` of pages
    "MacroArguments",  # what is written in its call
    "MacroContext",  # for whom and where it is shown
    "Plugin",  # the class to inherit
    "RecordQuery",  # which records of a form, in which order
    "RecordRow",  # one record
    "Renamed",  # what `on_renamed` hears
    "Saved",  # what `on_saved` hears
    "Section",  # a part of the weekly mail
    "ShownField",  # one answer of a record, ready for templates
    "absolute",  # a complete address, for feeds and exports
    "address",  # of a page
    "cached",  # an answer that may be kept
    "door",  # finds, lists and saves for a viewer
    "embeddable",  # an answer that other sites may show in their pages, if an administrator allows it
    "encode_points",  # the points of a map, as its script reads them
    "etag_of",  # a mark of everything that an answer depends on
    "export",  # records as a file of some kind
    "fold",  # the key by which names are compared
    "generation",  # a mark that changes with every change of the wiki
    "here",  # the address that was asked for
    "label_of_key",  # what a filter says of a key: the label of a choice, the name of a century
    "new_metadata",  # a registry for the plugin's tables
    "not_modified",  # 304 for who has the answer already
    "notice",  # a sentence on the next page
    "private_values",  # of records, by id: what the reader may see of them
    "render",  # a template as an answer
    "say",  # the sentence of an error, translated
    "shown_of_many",  # what records say, ready for templates
    "spoken",  # the language of the answer
    "station",  # the parts of the instance
    "uncached",  # an answer that may not be kept
    "until_change",  # a view whose answer holds until something changes
    "url",  # the address of a view
    "viewer",  # who is looking
    "words_in",  # words of a form in a language
]

_HOMES = {
    "app.records.exchange.export": ("export",),
    "app.web.addresses": ("absolute", "address", "here", "url"),
    "app.web.embedding": ("embeddable",),
    "app.web.kept": ("until_change",),
    "app.web.kit": ("cached", "door", "etag_of", "generation", "not_modified", "notice", "render", "say",
                    "station", "uncached", "viewer"),
    "app.web.language": ("spoken",),
    "app.web.macros": ("MacroContext",),
    "app.web.maps.points": ("encode_points",),
    "app.web.records.private_values": ("private_values",),
    "app.web.records.showing": ("ShownField", "shown_of_many"),
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

    def digest(self, viewer: "Viewer", since: int, until: int) -> Section | None:  # noqa: ARG002
        """Give its part of the weekly mail for who may read as `viewer` does; from and to in seconds since 1970."""
        return None

    def is_own_page(self, path: str) -> bool:  # noqa: ARG002
        """Tell whether a page below the word is a page like others, such as a record; all else is kept free."""
        return False

    def collection(self, form: str) -> str | None:  # noqa: ARG002
        """Give the address of the list of a form's records."""
        return None

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
