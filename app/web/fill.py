"""Fill a rendered page for the one who reads it: links to pages, macros, pencils at the headings."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from flask import request
from flask_babel import gettext
from markupsafe import Markup, escape

from app.catalog.rows import Body
from app.people.viewer import Viewer
from app.web.addresses import static, url
from app.web.kit import door, is_fallback, station, viewer
from app.web.macros import MacroContext, render_macros
from app.wiki.fill import ResolvedLink, embed, fill
from app.wiki.page import address_of, fold


def fill_body(
    path: str,
    body: Body,
    edit_section: Callable[[int], str] | None = None,
    *,
    above: tuple[str, ...] = (),
    prefix: str = "",
) -> Markup:
    """Make the HTML of a page for the viewer; `above` are the pages that include it, `prefix` that of its ids there."""
    links, macros = body.details["links"], body.details["macros"]
    shown = render_macros(MacroContext(viewer(), path, (*above, path), prefix), macros, body.html) if macros else {}
    resolved = resolve_links(viewer(), links) if links else {}
    html = embed(body.html, prefix) if prefix else body.html
    return fill(html, base=request.script_root, links=resolved, macros=shown, edit_section=edit_section)


def resolve_links(reader: Viewer, links: list[dict[str, Any]]) -> dict[int, ResolvedLink]:
    """Find where the links of a page lead for this reader; a page that is not there leads to "create it"."""
    wanted = [link for link in links if link["kind"] in {"wiki", "page"}]
    if is_fallback():  # nothing can be looked up: each leads to its name's address, which finds the page later
        return {link["n"]: ResolvedLink(f"/{quote(fold(link['target']))}") for link in wanted}
    targets = door().resolve(reader, [link["target"] for link in wanted]) if wanted else {}
    resolved = {}
    for link in wanted:
        anchor = f"#{quote(link['anchor'])}" if link["anchor"] else ""
        target = targets.get(fold(link["target"]))
        if target is not None:
            resolved[link["n"]] = ResolvedLink(quote(address_of(target.path)) + anchor)
        elif link["kind"] == "page" and station().hooks.keeper(link["target"]):  # what a plugin shows is no page
            resolved[link["n"]] = ResolvedLink(quote(address_of(link["target"])) + anchor)
        else:
            resolved[link["n"]] = _to_be_written(link)
    return resolved | {link["n"]: _led(link["target"]) for link in links if link["kind"] == "plugin"}


def _led(target: str) -> ResolvedLink:
    """Ask the plugin of a link such as `mail:…` where it leads; without it, only the words are shown."""
    plugin = station().hooks.scheme(target)
    scheme, _, rest = target.partition(":")
    href = plugin.link(scheme, rest) if plugin else ""
    return ResolvedLink(href) if href else ResolvedLink("", is_plain=True)


def _to_be_written(link: dict[str, Any]) -> ResolvedLink:
    key = "path" if link["kind"] == "page" else "title"
    title = gettext("Page to be written: %(name)s", name=link["target"])
    return ResolvedLink(f"/-/new?{urlencode({key: link['target']})}", exists=False, title=title)


def heading_links(path: str) -> Callable[[int], str]:
    """Give the pencil of a section: a link that opens it in the editor."""
    return _pencils(url("edit.edit", path=path), gettext("Edit"), gettext("Edit this part"))


def proposal_links(path: str) -> Callable[[int], str]:
    """Give the pencil of those who may not write a page: it opens the section to propose a change."""
    return _pencils(url("propose.edit", path=path), gettext("Propose"), gettext("Propose a change of this part"))


def _pencils(target: str, label: str, description: str) -> Callable[[int], str]:
    address, sprite = escape(target), escape(static("icons.svg"))
    word, phrase = escape(label), escape(description)
    before = f' <span class="pencil"><a rel="nofollow" href="{address}?section='
    icon = f'<svg class="icon" aria-hidden="true"><use href="{sprite}#edit"></use></svg>'
    after = f'" aria-label="{phrase}">{icon} {word}</a></span>'
    return lambda number: f"{before}{number}{after}"
