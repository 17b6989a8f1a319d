"""Where plugins and the parts of later issues add themselves: plain lists of callables, passed on as arguments.

The core never hears of a plugin: `app/loader.py` fills these lists, `create_app` hands them to whoever calls them.
"""

from collections.abc import Callable, Mapping
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
    `help` and `example` are shown in the editor's list of blocks; both are English msgids.
    """

    name: str
    render: Callable[[Any, MacroArguments], str]
    help: str
    example: str


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


@dataclass(slots=True)
class Hooks:
    """The lists. `change_…` callables take and return; the others only hear."""

    saved: list[Callable[[Saved], None]] = field(default_factory=list)
    renamed: list[Callable[[Renamed], None]] = field(default_factory=list)
    deleted: list[Callable[[Deleted], None]] = field(default_factory=list)
    change_markdown: list[Callable[[str], str]] = field(default_factory=list)
    change_html: list[Callable[[str], str]] = field(default_factory=list)
    macros: dict[str, Macro] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    digest: list[Callable[[Any, int, int], Section]] = field(default_factory=list)
