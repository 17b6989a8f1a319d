"""The archive of mailing lists as a plugin: what it adds to the site."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.errors import N_
from app.plugin import Arrival, Job, Macro, Plugin
from plugins.archive.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import click
    from flask import Blueprint
    from flask_smorest import Blueprint as ApiBlueprint

    from app.plugin import Draft, Findable, Section, Viewer
    from plugins.archive.archive import Archive
    from plugins.archive.mailbox import Watch


class ListArchive(Plugin):
    """Keeps the mails of discussion lists, and shows them to those who may read them."""

    name = "archive"
    title = N_("Lists")
    help = N_("What was said on mailing lists: discussions, months, files, search.")
    word = "listes"
    is_on_at_first = True
    menu = ((N_("Lists"), ""),)
    tables = metadata
    schemes = ("mail",)
    home_blocks = ("threads",)
    _is_healed = False  # since this process began

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give the views, and what is made of them: feeds, files of messages."""
        # the web, which jobs do without
        from plugins.archive import (
            asking_views,
            feeds,
            file_views,
            forgetting_views,
            mailbox_views,
            managing,
            mbox_out,
            message_views,
            searching,
            thread_views,
            uploading,
            views,
        )

        reading = (views, thread_views, message_views, file_views, feeds, mbox_out, searching)
        return tuple(
            one.blueprint for one in (*reading, asking_views, forgetting_views, managing, mailbox_views, uploading)
        )

    def api(self) -> "Sequence[ApiBlueprint]":
        """Give discussions to programs."""
        from plugins.archive.api import blueprint  # the web, which jobs do without

        return (blueprint,)

    def commands(self) -> "Sequence[click.Command]":
        """Give the commands."""
        from plugins.archive.commands import import_group
        from plugins.archive.exporting import export_group
        from plugins.archive.live_commands import group

        return (import_group(lambda: self._archive), export_group(lambda: self._archive), group(lambda: self._archive))

    def jobs(self) -> Sequence[Job]:
        """Take exports in that were uploaded."""
        return (
            Job("archive-imports", 2, self._import, lane="archive-imports"),
            Job("archive-mailboxes", 1, self._fetch, lane="archive-mailboxes"),
            Job("archive-files", 5, self._read_files, lane="archive-files"),
            Job("archive-demo", 5, self._follow_demo),
            Job("archive-retention", 86_400, self._forget_old, lane="archive-retention"),
            Job("archive-alarms", 3600, self._look_for_silence),
            Job("archive-heal", 30, self._heal, lane="archive-heal"),
        )

    def _import(self) -> str | None:
        from plugins.archive.importing import run_due  # slow to import

        return run_due(self._archive)

    def _read_files(self) -> str | None:
        from plugins.archive.file_texts import read_due  # slow to import

        return read_due(self._archive)

    def _forget_old(self) -> str | None:
        from plugins.archive.retention import run_due  # slow to import

        return run_due(self._archive)

    def _follow_demo(self) -> str | None:
        from plugins.archive.demo_following import follow  # slow to import

        return follow(self._archive)

    def _look_for_silence(self) -> str | None:
        from plugins.archive.alarms import run  # slow to import

        return run(self._archive)

    def checkup(self) -> "Sequence[tuple[str, Mapping[str, str]]]":
        """Name the lists of which mail may be missing, and those of which somebody waits for an answer."""
        from plugins.archive import alarms, asking, mailbox  # slow to import

        return [one for module in (alarms, mailbox, asking) for one in module.checkup(self._archive)]

    def macros(self) -> Sequence[Macro]:
        """Give the block that shows threads inside a page."""
        example = "{{threads count=5}}"
        return (Macro("threads", _show_block, N_("Shows the latest discussions of the lists."), example),)

    def digest(self, viewer: "Viewer", since: int, until: int) -> "Sequence[Section]":
        """Say what was written about."""
        from plugins.archive.digest import sections  # fetches what the web does without
        from plugins.archive.door import ArchiveDoor

        return sections(ArchiveDoor(self._archive), viewer, since, until)

    def arrivals(self, viewer: "Viewer", limit: int) -> Sequence[Arrival]:
        """Give the latest discussions."""
        from plugins.archive import list_shown  # the web, which jobs do without
        from plugins.archive.door import ArchiveDoor

        door = ArchiveDoor(self._archive)
        readings = [door.reading(viewer, one) for one in door.lists(viewer)]
        lines = [line for one in readings for line in list_shown.threads(one.list_, one.threads(1, limit)[:limit])]
        latest = sorted(lines, key=lambda line: line.at, reverse=True)[:limit]
        zone = ZoneInfo(self.station.config.timezone)
        return [Arrival(one.subject, one.address, one.at.astimezone(zone).date(), N_("Discussion")) for one in latest]

    def search_documents(self) -> "Findable":
        """Let the search find messages among the pages."""
        from plugins.archive.finding import Mails  # the archive is slow to import

        return Mails(self._archive)

    def reindex(self, progress: "Callable[[str, int, int], None]") -> None:
        """Make archive.db anew from the messages as they came."""
        from plugins.archive.rebuilding import rebuild  # slow to import

        rebuild(self._archive, progress)

    def keeps(self, oids: "Collection[str]") -> "Collection[str]":
        """Name the files that messages have; all of them while that is not known."""
        from plugins.archive.healing import keeps  # slow to import

        return keeps(self._archive, oids)

    def _heal(self) -> str | None:
        from plugins.archive.healing import heal_all, is_healed  # slow to import

        if self._is_healed and is_healed(self._archive):
            return None
        healed = heal_all(self._archive)
        self._is_healed = True
        return f"{healed} messages taken in again" if healed else None

    def draft(self, viewer: "Viewer", reference: str) -> "Draft | None":
        """Let a page begin with a thread or a message: `LIST/t/CODE`, `LIST/m/CODE`."""
        from plugins.archive import linking  # the web
        from plugins.archive.door import ArchiveDoor

        return linking.draft(ArchiveDoor(self._archive), viewer, reference)

    def link(self, scheme: str, target: str) -> str:  # noqa: ARG002
        """Lead from `mail:MESSAGE-ID` to the message."""
        from plugins.archive.linking import address_of  # the web

        return address_of(target)

    def _fetch(self) -> str | None:
        return self._watch.run_due()

    @cached_property
    def _watch(self) -> "Watch":
        from plugins.archive.mailbox import Watch  # speaks to mail servers, which the web does without

        return Watch(self._archive)

    @cached_property
    def _archive(self) -> "Archive":
        """Give the archive of this site, opened when it is first asked for."""
        from plugins.archive.archive import Archive

        return Archive(self.station)


def _show_block(context: object, arguments: object) -> str:
    from plugins.archive.block import show

    return show(context, arguments)  # type: ignore[arg-type]
