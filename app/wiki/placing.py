"""Turns a normalised draft into the page: headings get levels and anchors, links and macros numbers, images their file.

One walk over the tags that `app.wiki.clean.normalise` left. Markdown and raw HTML are judged alike here, so nothing
that a writer types by hand reaches further than what the page's own syntax can say.
"""

from dataclasses import dataclass, replace
from html import escape, unescape
from re import Match

from app.wiki.addresses import FILES_ADDRESS, Address, locate
from app.wiki.headings import Anchors, Heading, Levels, anchor_of
from app.wiki.links import Link, LinkKind
from app.wiki.macros import MacroCall
from app.wiki.page import fold
from app.wiki.plaintext import line_of
from app.wiki.syntax import Draft
from app.wiki.tags import TAG, read_attributes, write_tag

MAX_LINKS = 2_000  # a page; behind them wiki links are shown as words, and links to files are not counted
MAX_WORDS = 200  # characters kept of the words of a link
MAX_HEADING = 300  # characters kept of the words of a heading

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LOOKED_AT = _HEADINGS | {"a", "img"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A page that is complete but for the last cleaning. `title` is the text of its first heading of level 1."""

    html: str
    title: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    macros: tuple[MacroCall, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag whose end is awaited: its place among the parts, and where its content begins."""

    part: int
    start: int
    level: int = 0
    section: int = 0
    link: int | None = None
    end: str = ""
    fallback: str = ""


def place(html: str, draft: Draft, path: str, title: str) -> Placed:
    """Walk over `html`, the normalised form of `draft`, for the page `path` whose front matter says `title` or `""`.

    The first heading of level 1 is left out when it says the title: the template shows it.
    """
    walk = _Walk(html, draft, path, title)
    return Placed(walk.run(), walk.title or "", tuple(walk.headings), tuple(walk.links), tuple(walk.macros))


class _Walk:
    def __init__(self, html: str, draft: Draft, path: str, wanted_title: str) -> None:
        self._html, self._draft, self._path, self._wanted = html, draft, path, wanted_title
        self.title: str | None = None
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.macros: list[MacroCall] = []
        self._parts: list[str] = []
        self._anchors, self._levels = Anchors(), Levels()
        self._taken: set[tuple[str, int]] = set()
        self._open_headings: list[_Open] = []
        self._open_links: list[_Open] = []

    def run(self) -> str:
        position = 0
        for tag in TAG.finditer(self._html):
            self._parts.append(self._html[position : tag.start()])
            self._parts.append(self._tag(tag))
            position = tag.end()
        return ("".join(self._parts) + self._html[position:]).lstrip("\n")

    def _tag(self, tag: Match[str]) -> str:
        if tag["end"]:
            return self._end_link(tag.start()) if tag["end"] == "a" else self._end_heading(tag.start())
        name, text = tag["name"] or tag["bare"], tag["attributes"] or ""
        if name not in _LOOKED_AT and ' id="' not in text and " data-macro=" not in text:
            return tag[0]
        attributes = read_attributes(text)
        if "id" in attributes and not self._keep_id(attributes):
            del attributes["id"]
        if name in _HEADINGS:
            section = int(attributes["data-section"])
            self._open_headings.append(_Open(len(self._parts), tag.end(), int(name[1]), section))
            return ""
        if name == "a":
            return self._start_link(attributes, tag.end())
        if name == "img":
            return self._image(attributes)
        number = self._take("data-macro", attributes, len(self._draft.macros))
        if number is not None:
            attributes["data-macro"] = str(len(self.macros))
            self.macros.append(replace(self._draft.macros[number], n=len(self.macros)))
        return write_tag(name, attributes)

    def _keep_id(self, attributes: dict[str, str]) -> bool:
        if not attributes["id"].strip():
            return False
        attributes["id"] = anchor_of(unescape(attributes["id"]))
        return self._anchors.claim(attributes["id"])

    def _take(self, attribute: str, attributes: dict[str, str], count: int) -> int | None:
        """Read a number that the draft made; None, and no attribute, for one that a writer made or has repeated."""
        text = attributes.pop(attribute, "")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else count
        if number >= count or (attribute, number) in self._taken:
            return None
        self._taken.add((attribute, number))
        return number

    def _end_heading(self, end: int) -> str:
        opened = self._open_headings.pop()
        text = line_of(self._html[opened.start : end])[:MAX_HEADING]
        if opened.level == 1 and opened.section and self.title is None:
            self.title = text
            if not self.headings and text and (not self._wanted or fold(self._wanted) == fold(text)):
                del self._parts[opened.part :]
                return ""
        if not text:  # who jumps from heading to heading would land on nothing
            self._parts[opened.part] = "<p>"
            return "</p>"
        level, anchor = self._levels.place(opened.level), self._anchors.make(text)
        self.headings.append(Heading(level, text, anchor, opened.section))
        section = f' data-section="{opened.section}"' if opened.section else ""
        self._parts[opened.part] = f'<h{level} id="{escape(anchor)}"{section}>'
        return f"</h{level}>"

    def _start_link(self, attributes: dict[str, str], start: int) -> str:
        anchor = f'<span id="{attributes.pop("id")}">' if "id" in attributes else ""
        number = self._take("data-link", attributes, len(self._draft.wiki_links))
        link: int | None = None
        if "href" in attributes:
            link = self._lead(attributes, locate(unescape(attributes["href"]), self._path))
        elif number is not None:
            wiki = self._draft.wiki_links[number]
            link = self._add("wiki", wiki.target, wiki.anchor)
            if link is not None:
                attributes["data-link"] = str(link)
        if not attributes.keys() & {"href", "data-link"}:
            self._open_links.append(_Open(len(self._parts), start, end="</span>" if anchor else ""))
            return anchor
        fallback = attributes.get("href", "") or (escape(self.links[link].target) if link is not None else "")
        self._open_links.append(_Open(len(self._parts), start, link=link, end="</a>", fallback=fallback))
        return f"{anchor}{'</span>' if anchor else ''}{write_tag('a', attributes)}"

    def _lead(self, attributes: dict[str, str], address: Address) -> int | None:
        """Write where a link leads; a page's address is filled in when the page is served."""
        attributes["href"] = escape(address.url)
        if address.kind == "outside":
            attributes["class"] = "external"
        if address.kind == "plugin":
            del attributes["href"]
        if address.kind not in ("page", "file", "plugin"):
            return None
        link = self._add(address.kind, address.target, address.anchor)
        if link is not None and address.kind != "file":
            attributes.pop("href", None)
            attributes["data-link"] = str(link)
        return link

    def _end_link(self, end: int) -> str:
        opened = self._open_links.pop()
        words = line_of(self._html[opened.start : end])
        if opened.link is not None:
            self.links[opened.link] = replace(self.links[opened.link], words=words[:MAX_WORDS])
        return (opened.fallback if not words else "") + opened.end  # who cannot see a link must hear something

    def _image(self, attributes: dict[str, str]) -> str:
        """Show an attachment; an image of another host is not loaded but linked (UX.md, U4)."""
        alt = attributes.get("alt", "")
        address = locate(unescape(attributes.get("src", "")), self._path)
        if address.kind == "file":
            self._add("file", address.target, "", unescape(alt))
        elif not address.url.startswith(FILES_ADDRESS):
            if address.kind != "outside" or any(link.end == "</a>" for link in self._open_links):
                return alt
            url = escape(address.url)
            return f'<a class="external" href="{url}">{alt or url}</a>'
        sizes = {key: attributes[key] for key in ("width", "height") if attributes.get(key, "").isdecimal()}
        kept = {key: value for key, value in attributes.items() if key in ("id", "title")}
        return write_tag("img", {"src": escape(address.url), "alt": alt, **sizes, **kept, "loading": "lazy"})

    def _add(self, kind: LinkKind, target: str, anchor: str, words: str = "") -> int | None:
        if len(self.links) >= MAX_LINKS:
            return None
        self.links.append(Link(len(self.links), kind, target, anchor, words[:MAX_WORDS]))
        return len(self.links) - 1
