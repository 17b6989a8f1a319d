"""A page as a block: what it says before its first heading, and links to its parts."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import render_template

from app.catalog.rows import Body
from app.errors import N_, Invalid
from app.hooks import MacroArguments
from app.people.viewer import Viewer
from app.web.addresses import address
from app.web.fill import fill_body
from app.web.kit import door, station
from app.web.macros import MacroContext
from app.wiki.page import HOME, fold

MOST_PARTS = 8
# In cleaned HTML `<` begins a tag and nothing else. A heading that stands in no quote or list bears its number.
_HEADING = re.compile(r'<h[2-6] id="[^"]*" data-section="')
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset({"br", "hr", "img", "input", "col", "wbr"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page: its heading, and where it stands."""

    text: str
    address: str


def find(viewer: Viewer, name: str) -> str | None:
    """Find the path of the page that is called so, among those that somebody may read; never that of the home page."""
    wanted = name.strip().strip("/")
    target = door().resolve(viewer, [wanted]).get(fold(wanted)) if wanted else None
    return target.path if target and target.path != HOME else None


def title_of(viewer: Viewer, path: str) -> str:
    """Give the title of a page that may be read."""
    return door().titles(viewer, (path,))[path]


def show(context: MacroContext, path: str, template: str = "board/page.html") -> str:
    """Show what a page says first, and its parts."""
    page, body, _ = door().view(context.viewer, path)
    first = _first(body)
    html = fill_body(path, first, above=(*context.above, path), prefix=context.prefix)
    parts = [
        Part(one["text"], f"{address(path)}#{one['anchor']}")
        for one in body.details["headings"]
        if first.html != body.html and one["level"] == 2
    ]
    return render_template(
        template, html=html, parts=parts[:MOST_PARTS], title=page.title, place=address(path),
        is_whole=first.html == body.html,
    )  # fmt: skip


def corner(context: MacroContext, arguments: MacroArguments, usual: Mapping[str, str], template: str, none: str) -> str:
    """Show the page that a call names, else the one that is called as usual in the language of the site.

    Without one, `none` says so; where nobody asked, nothing does.
    """
    wanted = arguments.get("page") or arguments.get("", "") or usual.get(station().settings.get().language, "")
    path = find(context.viewer, wanted)
    if path in context.above:
        raise Invalid(N_("This page would show itself without end."))
    if path:
        return show(context, path, template)
    return render_template(none) if context.above else ""


def _first(body: Body) -> Body:
    """Give what stands before the first heading; all of it where that cannot be taken apart."""
    found = _HEADING.search(body.html)
    html = body.html[: found.start()] if found else body.html
    if not _is_balanced(html):
        return body
    calls = [one for one in body.details["macros"] if f'data-macro="{one["n"]}"' in html]
    return replace(body, html=html, details={**body.details, "macros": calls})


def _is_balanced(html: str) -> bool:
    """Tell whether every element that is opened is closed: a heading may stand inside of one."""
    open_: Counter[str] = Counter()
    for is_end, name in _TAG.findall(html):
        open_[name] += -1 if is_end else 1
    return not any(count for name, count in open_.items() if name not in _VOID)
