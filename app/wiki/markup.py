"""From the text of a page to its HTML; what differs per reader is filled in by `fill`, when the page is served.

`syntax` makes a draft, `normalise` gives it one spelling, `placing` sets headings, links, macros, `clean` comes last.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import blake2b
from html import escape
from importlib.metadata import version
from typing import Any

from app.budget import Budget
from app.errors import OverBudget
from app.wiki.clean import clean, normalise
from app.wiki.headings import Heading
from app.wiki.links import Link
from app.wiki.macros import MacroCall
from app.wiki.page import INDEX
from app.wiki.placing import place
from app.wiki.plaintext import text_of
from app.wiki.syntax import readable, to_draft

__all__ = ["RENDERER", "Heading", "Link", "MacroCall", "Rendered", "Renderer", "as_code", "as_source", "render"]

# Part of the key of the cache: raise the number with every change of what a page looks like.
RENDERER = f"1 mistune {version('mistune')} nh3 {version('nh3')}"
MAX_REMEMBERED = 5_000
_EMPTY: dict[str, Any] = {"html": "", "headings": (), "links": (), "macros": (), "text": "", "title": ""}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML with placeholders for `fill`, and what the catalog and the search keep of it.

    `text` is the words without macros, a line for each block; `title` the first heading of level 1 or `""`.
    `is_source` says that the page was too large or too slow and is shown as it was typed.
    """

    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    macros: tuple[MacroCall, ...]
    text: str
    title: str
    is_source: bool


def render(body: str, path: str, title: str = "") -> Rendered:
    """Render the body of the page `path` in this process; text of unknown origin belongs into a `Renderer`.

    `title` is that of the front matter: a first heading of level 1 that says the same, or any when it is `""`,
    is left out. Raises OverBudget where the HTML is too large.
    """
    draft = to_draft(body)
    placed = place(normalise(draft.html), draft, path, title)
    html = clean(placed.html)
    return Rendered(html, placed.headings, placed.links, placed.macros, text_of(html), placed.title, is_source=False)


def render_json(body: str, path: str, title: str = "") -> dict[str, Any]:
    """Do as `render`, for the child of a `Budget`."""
    return asdict(render(body, path, title))


def as_source(body: str) -> Rendered:
    """Show a page as it was typed."""
    text = readable(body)
    return Rendered(f'<pre class="source">{escape(text)}</pre>', (), (), (), text, "", is_source=True)


def as_code(text: str) -> Rendered:
    """Show a form's text as it is; the catalog reads the form from `text`."""
    return Rendered(f'<pre class="source">{escape(readable(text))}</pre>', (), (), (), text, "", is_source=False)


class Renderer:
    """Renders within a time, in a process that can be killed; what takes longer is shown as source. Thread-safe.

    `seconds` for one page, `max_bytes` of its body in UTF-8; the plugins' `change_…` functions run in this process.
    """

    def __init__(
        self,
        *,
        seconds: float,
        max_bytes: int,
        change_markdown: Iterable[Callable[[str], str]] = (),
        change_html: Iterable[Callable[[str], str]] = (),
    ) -> None:
        self._max_bytes = max_bytes
        self._change_markdown, self._change_html = change_markdown, change_html
        self._budget = Budget("app.wiki.markup:render_json", seconds=seconds)
        self._too_dear: set[bytes] = set()

    def render(self, body: str, path: str, title: str = "") -> Rendered:
        """Render the body of the page `path`, whose front matter says `title` or `""`; never raises for a bad body."""
        changed = body
        for change in self._change_markdown:
            changed = change(changed)
        if not changed.strip():
            return self._finish(_EMPTY)  # many records have no text: thousands that come at once ask no child
        encoded = changed.encode("utf-8", "replace")
        mark = blake2b(encoded, digest_size=16).digest()
        if len(encoded) > self._max_bytes or mark in self._too_dear:
            return as_source(body)
        try:
            return self._finish(self._budget.call(readable(changed), path, title))
        except OverBudget:
            self._remember(mark)
            return as_source(body)

    def _remember(self, mark: bytes) -> None:
        """Keep what went over the budget, so that asking again for an old version costs nothing."""
        if len(self._too_dear) >= MAX_REMEMBERED:
            self._too_dear.clear()
        self._too_dear.add(mark)

    def _finish(self, answer: dict[str, Any]) -> Rendered:
        html: str = answer["html"]
        for change in self._change_html:
            html = change(html)
        return Rendered(
            clean(html),
            tuple(Heading(**heading) for heading in answer["headings"]),
            tuple(Link(**link) for link in answer["links"]),
            tuple(MacroCall(**call) for call in answer["macros"]),
            answer["text"],
            answer["title"],
            is_source=False,
        )

    def is_idle(self) -> bool:
        """Tell whether nothing else is being rendered."""
        return self._budget.is_idle()

    def spot(self, body: str) -> frozenset[str]:
        """Tell what the links and images of a body name, within the budget: for `links.rewrite`."""
        return frozenset(link.target.rpartition("/")[2] for link in self.render(body, INDEX).links)

    def close(self) -> None:
        """End the child processes that are not at work."""
        self._budget.close()
