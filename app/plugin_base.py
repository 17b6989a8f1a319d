"""The class that a plugin inherits; plugins import it from `app.plugin`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.forms.form import Form
from app.hooks import Arrival, Concerns, Deleted, Draft, Findable, Job, Macro, Renamed, Saved, Section, Way

if TYPE_CHECKING:
    import click
    from flask import Blueprint
    from flask_smorest import Blueprint as ApiBlueprint
    from sqlalchemy import MetaData

    from app.catalog.record_rows import RecordRow
    from app.people.viewer import Viewer
    from app.station import Station


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
    home_blocks: "ClassVar[Sequence[str | tuple[str, str]]]" = ()  # macros, or (words above, macro)
    tables: "ClassVar[MetaData | None]" = None  # its own, made by `migrations/`
    schemes: ClassVar[Sequence[str]] = ()  # of links that `link` leads somewhere: `[words](mail:…)`

    station: "Station"  # the parts of the instance; there once it is open
    folder: Path

    # -- what I add --------------------------------------------------------------------------------------------------

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give its views; their addresses stand below the word."""
        return ()

    def api(self) -> "Sequence[ApiBlueprint]":
        """Give its part of the JSON API; its addresses stand below `/-/api/v1/`, its name begins with `api_`."""
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

    def arrivals(self, viewer: "Viewer", limit: int) -> Sequence[Arrival]:  # noqa: ARG002
        """Give what is new of it, the latest first, for the home page; its own `home_blocks` hide at first."""
        return ()

    def care(self, viewer: "Viewer") -> Sequence[Concerns]:  # noqa: ARG002
        """Give what has aged of it, for who looks after pages and may read as `viewer` does: `/-/aged` lists it."""
        return ()

    def is_own_page(self, path: str) -> bool:  # noqa: ARG002
        """Tell whether a page below the word is a page like others, such as a record; all else is kept free."""
        return False

    def collection(self, form: str) -> str | None:  # noqa: ARG002
        """Give the address of the list of a form's records."""
        return None

    def ways_out(self, form: Form, row: "RecordRow") -> Sequence[Way]:  # noqa: ARG002
        """Give ways to take a record along; they stand on its page."""
        return ()

    def search_documents(self) -> Findable | None:
        """Give what the search finds of it among the pages."""
        return None

    def draft(self, viewer: "Viewer", reference: str) -> Draft | None:  # noqa: ARG002
        """Give what a new page or record begins with: `/-/new?from=NAME:REFERENCE`; None where he may not read it."""
        return None

    def link(self, scheme: str, target: str) -> str:  # noqa: ARG002
        """Give where a link of one of its schemes leads, such as `/listes/m/…`; words only where it is empty."""
        return ""

    # -- what is asked of me -----------------------------------------------------------------------------------------

    def keeps(self, oids: Collection[str]) -> Collection[str]:  # noqa: ARG002
        """Name those stored files that it needs, before any is removed; asked while it is switched off too."""
        return ()

    def reindex(self, progress: Callable[[str, int, int], None]) -> None:
        """Build anew what it derives; also after a backup was brought back."""

    def checkup(self) -> Sequence[tuple[str, Mapping[str, str]]]:
        """Say what needs care of it, for administrators: English msgids with their values; nothing when all is well."""
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
