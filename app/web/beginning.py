"""What a new page or record begins with: a title, a template, the draft of a plugin (`?from=NAME:REFERENCE`)."""

import re
from dataclasses import replace

from flask import request
from flask_babel import gettext

from app.hooks import Draft
from app.web.kit import door, station, viewer
from app.wiki import frontmatter
from app.wiki.page import form_of, parse_path, title_of_path

TEMPLATES = "_templates/"
MOST = 400  # characters of a reference
_MARKUP = re.compile(r"([\\\[\]<>])")


def draft() -> Draft | None:
    """Ask the plugin that the address names for the draft; None where there is none for this reader."""
    name, _, reference = request.values.get("from", "")[:MOST].replace("\0", "").partition(":")
    hooks = station().hooks
    plugin = next((one for one in hooks.plugins if one.name == name and hooks.is_on(one)), None)
    found: Draft | None = plugin.draft(viewer(), reference) if plugin and reference else None
    return replace(found, text=_with_source(found)) if found and found.source_address else found


def _with_source(found: Draft) -> str:
    """Put a link to where a draft comes from below its text."""
    words = _MARKUP.sub(r"\\\1", " ".join(found.source_words.split()) or found.source_address)
    source = gettext("Source: %(link)s", link=f"[{words}](<{found.source_address}>)")
    return f"{found.text.rstrip()}\n\n{source}\n"


def begun_title() -> str:
    """Give the title that the address says, or that of the draft."""
    if said := request.args.get("title", ""):
        return said
    begun = draft()
    return begun.title if begun else ""


def begun_from() -> dict[str, str]:
    """Take the draft along to the next address."""
    said = request.values.get("from", "")[:MOST]
    return {"from": said} if said else {}


def starting_text(path: str) -> str:
    """Give a new page its title, and the text of the template that was chosen."""
    title = " ".join(begun_title().split())[:150] or title_of_path(path)
    begun = draft()
    text = begun.text if begun else ""
    template = request.args.get("template", "")
    if template.startswith(TEMPLATES):
        _, text = door().text(viewer(), parse_path(template))
        text = frontmatter.rewrite(text, {"id": None})
    return "" if form_of(path) else frontmatter.rewrite(text or "\n", {"title": title})
