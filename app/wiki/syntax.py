"""Markdown as this wiki understands it: mistune, its plugins, and our own rules for wiki links, macros and tables.

Makes a draft: HTML that is neither clean nor complete. `app.wiki.placing` and `app.wiki.clean` make the page of it.
"""

import re
from dataclasses import dataclass

from mistune import BaseRenderer, Markdown
from mistune.plugins.def_list import def_list
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.task_lists import task_lists

from app.wiki.bareurls import bare_urls
from app.wiki.blocks import Blocks, PageState, Start
from app.wiki.drafthtml import DraftHTML
from app.wiki.inlines import Inlines
from app.wiki.macros import MacroCall, macros
from app.wiki.tables import tables
from app.wiki.wikilinks import WikiLink, wiki_links

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A page in the making; `data-link` and `data-macro` in `html` are indices into the two lists."""

    html: str
    wiki_links: tuple[WikiLink, ...]
    macros: tuple[MacroCall, ...]


def build(renderer: BaseRenderer) -> Markdown:
    """Put the parser together, with every rule that a page may use."""
    rules = (footnotes, tables, strikethrough, def_list, task_lists, wiki_links, macros, bare_urls)
    return Markdown(renderer=renderer, block=Blocks(), inline=Inlines(), plugins=rules)


_renderer = DraftHTML()
_markdown = build(_renderer)  # holds no state of a page: that is in PageState


def to_draft(body: str) -> Draft:
    """Turn the body of a page into a draft. Hostile text may take minutes: see `app.wiki.markup.Renderer`."""
    state = PageState()
    html = str(_markdown.parse(readable(body), state)[0])
    return Draft(html, tuple(state.env.get("wiki_links", ())), tuple(state.env.get("macros", ())))


def list_starts(body: str) -> list[Start]:
    """List the headings that stand in no quote, list, definition or note; the n-th of them is section n."""
    state = PageState()
    text = readable(body).replace("\r\n", " \n").replace("\r", "\n")  # keeps every offset
    state.process(text if text.endswith("\n") else f"{text}\n")
    _markdown.block.parse(state)
    return state.starts


def readable(body: str) -> str:
    """Replace by U+FFFD what neither HTML nor a feed may hold: controls and halves of surrogate pairs; offsets stay."""
    return _CONTROLS.sub("\ufffd", body)
