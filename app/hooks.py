"""Where plugins and the parts of later issues add themselves: plain lists of callables, passed on as arguments.

The core never hears of a plugin: `app/loader.py` fills these lists, `create_app` hands them to whoever calls them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

MacroArguments = Mapping[str, str]
Sentence = tuple[str, Mapping[str, str]]  # an English msgid, and its values


@dataclass(frozen=True, slots=True)
class Saved:
    """A page was created, edited or brought back: `old_text` is None when none was there. `author` is a pseudonym."""

    path: str
    text: str
    old_text: str | None
    author: str
    revision: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A page moved from `old_path` to `path`; its identity stays."""

    path: str
    old_path: str
    author: str
    revision: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A page was deleted; `revision` is the commit that did it."""

    path: str
    author: str
    revision: str


@dataclass(frozen=True, slots=True)
class Macro:
    """One `{{name …}}`: `render(context, arguments)` gives HTML from an autoescaped template.

    `context` is `app.web.macros.MacroContext`: the viewer, the door, the page that holds the call and the depth.
    The viewer has rights and no name: all readers with these rights see the same (decision 0025).
    `help` and `example` are shown in the editor's list of blocks; both are English msgids. `plugin` is whose it is.
    """

    name: str
    render: Callable[[Any, MacroArguments], str]
    help: str
    example: str
    plugin: Any = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is due every `every` seconds; `run()` gives a sentence for the log, or None when there was nothing.

    Jobs of one `lane` run one after another, lanes side by side: what is slow to come has a lane of its own.
    """

    name: str
    every: float
    run: Callable[[], str | None]
    lane: str = "plugins"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: words, the path of the page that they lead to or `""`, pseudonyms of who did it.

    Whoever did all of it is not told.
    """

    words: str
    path: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a digest; `title` is an English msgid. Without lines it is left out."""

    title: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of what is new, on the home page: `word` says what it is (an English msgid)."""

    title: str
    address: str
    day: date
    word: str


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that whoever looks after pages should see: `address` is where it is mended, `aside` says more.

    Both texts are in the language of the reader.
    """

    words: str
    address: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Concerns:
    """A part of the page “What has aged”, the most pressing first; `title` is an English msgid.

    Without lines it is left out. `address` leads to all of them, for whoever wants more than the page shows.
    """

    title: str
    lines: tuple[Concern, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take a record along: where it leads, and words for it (an English msgid).

    One with an `icon` is for people, one with a `mimetype` is found by programs, which need no words.
    """

    words: str
    address: str
    icon: str = ""
    mimetype: str = ""


@dataclass(frozen=True, slots=True)
class FoundThing:
    """What the search shows of something that is no page; `at` in seconds since 1970, `text` is searched for words."""

    title: str
    address: str
    text: str
    at: int
    breadcrumb: str = ""


class Findable(Protocol):
    """Things of a plugin that the search finds among the pages; documents are of `app.plugin.Document`.

    Each document carries as `audience` words that `audiences` gives to who may read it: one word for a whole list, so
    that a list can be closed at once and nothing is indexed anew. Keys begin with `prefix`, which ends with a colon.
    """

    kind: str  # of its documents; no name of a form
    label: str  # what the filter of the search page says; English msgid
    prefix: str  # such as `mail:`

    def audiences(self, viewer: Any) -> frozenset[str]:
        """Give the words of documents that somebody may read."""

    def waiting(self, limit: int) -> tuple[Sequence[Any], Sequence[str], Any]:
        """Give the next documents to be indexed, keys to be removed, and a mark for `done`; nothing where none wait."""

    def done(self, mark: Any) -> None:
        """Hear that those of a mark are in the index: they wait no more."""

    def everything(self) -> Iterator[Any]:
        """Give all documents, for an index that is built anew; no key twice."""

    def found(self, viewer: Any, keys: Collection[str]) -> Mapping[str, FoundThing]:
        """Give what is shown of these keys; what the viewer may not read, or is no more, is left out."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new page or record begins with: its text in Markdown, answers by name of field, where it comes from.

    `folder` is where a record of it stands, if not in that of its form.
    """

    title: str
    text: str
    source_words: str = ""
    source_address: str = ""
    folder: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)  # values as the front matter holds them


@dataclass(slots=True)
class Hooks:
    """The lists. `change_…` callables take and return; the others only hear.

    `plugins` are those that are loaded, of `app.plugin.Plugin`; `changers` those of them that change pages. Which are
    switched on is a setting of the site and changes while it is up: `is_on` says it, and is asked at each call.
    """

    saved: list[Callable[[Saved], None]] = field(default_factory=list)
    renamed: list[Callable[[Renamed], None]] = field(default_factory=list)
    deleted: list[Callable[[Deleted], None]] = field(default_factory=list)
    change_markdown: list[Callable[[str], str]] = field(default_factory=list)
    change_html: list[Callable[[str], str]] = field(default_factory=list)
    macros: dict[str, Macro] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    digest: list[Callable[[Any, int, int], Section | Sequence[Section] | None]] = field(default_factory=list)
    arrivals: list[tuple[Any, Callable[[Any, int], Sequence[Arrival] | None]]] = field(default_factory=list)
    cares: list[Callable[[Any], Sequence[Concerns] | None]] = field(default_factory=list)
    collections: list[Callable[[str], str | None]] = field(default_factory=list)
    ways_out: list[Callable[[Any, Any], Sequence[Way] | None]] = field(default_factory=list)
    findables: list[Callable[[], Findable | None]] = field(default_factory=list)
    reindex: list[Callable[[Callable[[str, int, int], None]], None]] = field(default_factory=list)
    checkups: list[tuple[str, Callable[[], Sequence[Sentence] | None]]] = field(default_factory=list)
    keeps: list[Callable[[Collection[str]], Collection[str]]] = field(default_factory=list)
    plugins: list[Any] = field(default_factory=list)
    changers: list[Any] = field(default_factory=list)
    is_on: Callable[[Any], bool] = lambda plugin: bool(plugin.is_on_at_first)

    def keeper(self, path: str) -> Any | None:
        """Give the plugin that keeps the address of a page for itself: no page is made there."""
        first = path.strip("/").partition("/")[0].casefold()
        owners = (one for one in self.plugins if one.word == first and self.is_on(one))
        return next((one for one in owners if not one.is_own_page(path)), None)

    def changed_by(self) -> str:
        """Name the plugins that change how pages look, with their versions: what is kept of pages depends on them."""
        return "".join(f", {one.name} {one.version}" for one in self.changers if self.is_on(one))

    def owner(self, name: str) -> Any | None:
        """Give the plugin that a view or blueprint is of: its name begins with the plugin's."""
        first = name.partition(".")[0]
        owners = [one for one in self.plugins if first == one.name or first.startswith(f"{one.name}_")]
        return max(owners, key=lambda one: len(one.name), default=None)

    def collection(self, form: str) -> str | None:
        """Give the address of the list of a form's records, where a plugin has one."""
        return next((found for ask in self.collections if (found := ask(form))), None)

    def searched(self) -> list[Findable]:
        """Give what plugins that are on let the search find."""
        return [found for give in self.findables if (found := give()) is not None]

    def kept(self, oids: Collection[str]) -> set[str]:
        """Name the stored files that things of plugins name, those that are switched off too: they stay."""
        return {oid for keeps in self.keeps for oid in keeps(oids)}

    def scheme(self, target: str) -> Any | None:
        """Give the plugin that knows where links such as `mail:…` lead, if it is on."""
        scheme = target.partition(":")[0].casefold()
        return next((one for one in self.plugins if scheme in one.schemes and self.is_on(one)), None)
