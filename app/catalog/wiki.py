"""The wiki as one thing: pages in git, the catalog that follows them, attachments, search. Knows no readers' rights."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.budget import Budget
from app.catalog import audience, horizon
from app.catalog.catalog import Catalog, CatalogDamaged, get_fact
from app.catalog.describe import body_of, body_row, head_of
from app.catalog.indexer import Indexer
from app.catalog.readers import ALL, PUBLIC
from app.catalog.rows import Body, PageRow
from app.config import Config
from app.errors import N_, Invalid, StorageFull, TooLarge, Unavailable
from app.hooks import Hooks
from app.wiki import nfc
from app.wiki.files import FileStore
from app.wiki.frontmatter import parse
from app.wiki.markup import RENDERER, Rendered, Renderer, as_code
from app.wiki.page import form_of
from app.wiki.search import SearchIndex
from app.wiki.store import Change, Commit, Move, MovedMeanwhile, Store

log = logging.getLogger(__name__)
T = TypeVar("T")
SOON = 20_000  # characters: a text that is surely rendered within half a second, however hostile
ATTEMPTS = 5  # a push from outside may come in between; then the change is made again on the new state


@dataclass(frozen=True, slots=True)
class Session:
    """What a change is planned with: the lock is held, the catalog stands at git's tip."""

    connection: Connection
    store: Store

    def read(self, blob: str) -> str:
        """Read a text."""
        return self.store.read_blob(blob).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Plan:
    """One commit to be made. `ready` holds, by path, texts of pages that are rendered already, or soon are."""

    changes: Sequence[Change | Move]
    author: str
    summary: str
    ready: Mapping[str, tuple[str, Future[Rendered]]] = field(default_factory=dict)


class Wiki:
    """The parts of one instance's wiki, and the one way to change pages: `change`."""

    def __init__(
        self,
        config: Config,
        hooks: Hooks,
        language: Callable[[], str],
        reading: Callable[[], str] = lambda: PUBLIC,
        writing: Callable[[], str] = lambda: ALL,
    ) -> None:
        instance = config.instance
        self.config, self.hooks = config, hooks
        self.store = Store(instance / "content.git", lock_seconds=config.lock_seconds)
        self.files = FileStore(instance / "files", cache=instance / "thumbnails")
        self.search = SearchIndex(instance / "search")
        self.catalog = Catalog(instance / "catalog.db", hooks.changed_by)
        self.renderer, self.previews = _renderer(config, hooks), _renderer(config, hooks)
        self.sections = Budget("app.wiki.sections:bounds", seconds=config.render_seconds, size=1)
        self.language, self.reading, self.writing = language, reading, writing
        self.indexer = Indexer(self.store, self.render, language)

    @property
    def instance(self) -> Path:
        """The folder of everything that this installation knows."""
        return self.config.instance

    def close(self) -> None:
        """Let go of the databases and child processes."""
        self.catalog.close()
        self.renderer.close()
        self.previews.close()
        self.sections.close()
        self.store.close()

    def render(self, path: str, text: str) -> Rendered:
        """Render a whole page text, within the budget."""
        return _render(self.renderer, path, text)

    def render_soon(self, path: str, text: str) -> Future[Rendered]:
        """Render a page text while git is at work: on two processors a save then waits for one of them.

        What may take long is rendered before this returns, so that nobody who holds the lock waits for it: long texts,
        and all texts while others are being rendered. Raises Unavailable.
        """
        if len(text) <= SOON and self.renderer.is_idle():
            thread = ThreadPoolExecutor(1)
            rendered = thread.submit(self.render, path, text)
            thread.shutdown(wait=False)
            return rendered
        now: Future[Rendered] = Future()
        now.set_result(self.render(path, text))
        return now

    def preview(self, path: str, text: str) -> Body:
        """Render a text as the page that it would be; saves do not wait for it."""
        return _body(body_row(path, _render(self.previews, path, text), parse(head_of(path, text))))

    def section_bounds(self, body: str, number: int) -> tuple[int, int]:
        """Find a section of a body, within the budget; raises NotFound, OverBudget."""
        start, end = self.sections.call(body, number)
        return start, end

    def is_current(self, body: Body) -> bool:
        """Tell whether a kept rendering is of this program's renderer."""
        return body.render_key == RENDERER

    def render_again(self, page: PageRow) -> Body:
        """Render a page whose kept rendering is of an older program. It is not kept: reading changes nothing."""
        text = self.store.read_blob(page.blob).decode("utf-8", "replace")
        return self.preview(page.path, text)

    def check_address(self, path: str) -> None:
        """Refuse a page at an address that a plugin keeps for itself; raises Invalid."""
        if (keeper := self.hooks.keeper(path)) is not None:
            raise Invalid(N_("“%(name)s” begins addresses of an extension. Choose another name."), name=keeper.word)

    def change(self, plan: Callable[[Session], Plan | None]) -> Commit | None:
        """Plan and make one change under the lock; plans again when a push came in between. None: nothing to do."""
        for _ in range(ATTEMPTS):
            try:
                with self.store.writing() as writer:
                    self._catch_up(writer.tip)
                    with self.catalog.reading() as connection:
                        planned = plan(Session(connection, self.store))
                    if planned is None:
                        return None
                    commit = writer.commit(planned.changes, author=planned.author, summary=planned.summary)
                    self._follow(commit, planned.ready)
                    return commit
            except MovedMeanwhile:
                continue
        raise Unavailable(N_("The site is very busy. Try again in a moment."))

    def _follow(self, commit: Commit, ready: Mapping[str, tuple[str, Future[Rendered]]]) -> None:
        """Bring the catalog to a commit. Git has it, so it is saved: a catalog that fails is healed later."""
        try:
            rendered = {path: (text, soon.result()) for path, (text, soon) in ready.items()}
        except Exception:  # the save stands; the next one, or the job process, catches up
            log.exception("pages of %s could not be rendered", commit.revision)
            return
        try:
            with self.catalog.changing() as connection:
                self.indexer.take_in(connection, [commit], rendered)
        except Exception as error:  # the save stands, whatever this is; the job process heals what is derived
            log.exception("catalog could not follow %s", commit.revision)
            if not isinstance(error, Unavailable | StorageFull):  # those need no rebuild, only to catch up later
                self.catalog.mark_damaged()

    def tell(self, listeners: Iterable[Callable[[T], None]], event: T) -> None:
        """Let plugins hear of a change; it stands, whatever they do."""
        for hear in listeners:
            try:
                hear(event)
            except Exception:  # the border: a plugin's fault must not make a save look failed
                log.exception("a plugin failed to hear %s", type(event).__name__)

    def catch_up(self) -> None:
        """Take in what came from outside; raises CatalogDamaged when a rebuild is needed. Cheap when nothing came."""
        with self.catalog.reading() as connection:
            if get_fact(connection, "tip") == self.store.tip() and self._is_as_site_says(connection):
                return
        with self.store.writing() as writer:
            self._catch_up(writer.tip)

    def _is_as_site_says(self, connection: Connection) -> bool:
        is_zone = horizon.zone_of(connection) == self.config.timezone
        return is_zone and audience.of_site(connection) == self.reading()

    def _catch_up(self, tip: str | None) -> None:
        with self.catalog.reading() as connection:
            is_right, known = self._is_as_site_says(connection), get_fact(connection, "tip")
        if not is_right:
            with self.catalog.changing() as connection:
                self.indexer.follow_site(connection, self.reading(), self.config.timezone)
        if tip is None or known == tip:
            return
        with self.catalog.changing() as connection:
            if self.indexer.catch_up(connection, tip):
                return
        self.catalog.mark_damaged()
        raise CatalogDamaged


def _renderer(config: Config, hooks: Hooks) -> Renderer:
    return Renderer(
        seconds=config.render_seconds,
        max_bytes=config.render_bytes,
        change_markdown=hooks.change_markdown,
        change_html=hooks.change_html,
    )


def _render(renderer: Renderer, path: str, text: str) -> Rendered:
    return as_code(text) if form_of(path) else renderer.render(body_of(text), path, parse(text).text("title"))


def _body(row: dict[str, Any]) -> Body:
    return Body(row["render_key"], row["html"], json.loads(row["details"]))


def check_text(text: str, max_bytes: int) -> str:
    """Bring a typed page text into the stored form: LF, NFC, one newline at the end. Raises Invalid, TooLarge."""
    if "\0" in text:
        raise Invalid(N_("The text holds a character that cannot be kept (NUL). Remove it."))
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Invalid(N_("The text holds broken characters. Copy it again from its source.")) from error
    if size > max_bytes:
        raise TooLarge(
            N_("The page is too long: %(size)s kB, at most %(cap)s kB. Cut it in two pages."),
            size=size // 1000,
            cap=max_bytes // 1000,
        )
    nfc.check_marks(text)
    unified = nfc.normalize(text.replace("\r\n", "\n").replace("\r", "\n"))
    return unified.rstrip("\n") + "\n" if unified.strip() else unified.strip()
