"""Where plugins and the parts of later issues add themselves: plain lists of callables, passed on as arguments.

The core never hears of a plugin: `app/loader.py` fills these lists, `create_app` hands them to whoever calls them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MacroArguments = Mapping[str, str]


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
    """Work that is due every `every` seconds; `run()` gives a sentence for the log, or None when there was nothing."""

    name: str
    every: float
    run: Callable[[], str | None]


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
class Way:
    """One way to take a record along: where it leads, and words for it (an English msgid).

    One with an `icon` is for people, one with a `mimetype` is found by programs, which need no words.
    """

    words: str
    address: str
    icon: str = ""
    mimetype: str = ""


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
    collections: list[Callable[[str], str | None]] = field(default_factory=list)
    ways_out: list[Callable[[Any, Any], Sequence[Way] | None]] = field(default_factory=list)
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
