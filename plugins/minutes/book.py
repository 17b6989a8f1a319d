"""The minutes of a year as a book (EPUB 3): for readers of books, and to be kept. Written by EbookLib."""

import io
from pathlib import PurePosixPath
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from flask import Blueprint, Response, render_template
from flask_babel import gettext

from app.errors import N_, GareError, NotFound, Unavailable
from app.plugin import absolute, door, named_file, site_name, spoken, uncached, url, viewer
from plugins.minutes import paper, views

if TYPE_CHECKING:
    from ebooklib import epub
    from lxml.html import HtmlElement

blueprint = Blueprint("minutes_book", __name__)
_AT_WORK = Lock()  # a book takes seconds and hundreds of megabytes where minutes are long

FILES = "/-/files/"
KINDS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
MOST_BYTES = 40_000_000  # of all pictures together; those beyond stay as words
SOON = 0.3  # seconds: whoever waits for another one's book keeps a thread from those who only read
BUSY = N_("Somebody else's book is being made. Try again in a moment.")
NOTHING = N_("There are no minutes to make a book of. Choose another year.")


@blueprint.get("/book")
def show() -> Response:
    """Give the minutes that are asked for as a file, the oldest first; raises NotFound where there are none."""
    asked = views.read()
    if not _AT_WORK.acquire(timeout=SOON):
        raise Unavailable(BUSY)
    try:
        chapters, left_out = paper.list_shown(asked)
        if not chapters:
            raise NotFound(NOTHING)
        title = " ".join(filter(None, (gettext("Minutes"), _of_space(asked), asked.year)))
        book = write(title, chapters, left_out)
    finally:
        _AT_WORK.release()
    answer = Response(book, content_type="application/epub+zip")
    name = "-".join(filter(None, (gettext("minutes"), asked.space, asked.year)))
    return uncached(named_file(answer, f"{name}.epub"))


def _of_space(asked: "views.Asked") -> str:
    return dict(views.spaces()).get(asked.space, asked.space)


def write(title: str, chapters: list[SimpleNamespace], left_out: int = 0) -> bytes:
    """Make the book; each chapter has `title`, `day`, `fields` and `text`. It says how many older ones it lacks."""
    from ebooklib import epub  # slow to import, with lxml

    book, pictures = epub.EpubBook(), _Pictures()
    book.set_identifier(absolute(url("minutes_book.show")) + f"#{title}")
    book.set_title(f"{site_name()} · {title}")
    book.set_language(spoken())
    book.add_author(site_name())
    if left_out:
        book.add_metadata("DC", "description", paper.left_out_words(left_out))
    made = [_chapter(number, one, pictures) for number, one in enumerate(chapters, 1)]
    for item in (*made, *pictures.items, epub.EpubNcx(), epub.EpubNav()):
        book.add_item(item)
    book.toc = [epub.Link(one.file_name, one.title, one.file_name.partition(".")[0]) for one in made]
    book.spine = ["nav", *made]
    stream = io.BytesIO()
    epub.write_epub(stream, book)
    return stream.getvalue()


def _chapter(number: int, one: SimpleNamespace, pictures: "_Pictures") -> "epub.EpubHtml":
    from ebooklib import epub
    from lxml import etree, html

    tree = html.fragment_fromstring(render_template("minutes/chapter.html", one=one), create_parent="div")
    for drawing in tree.xpath("//svg | //form | //button | //link | //script"):
        drawing.drop_tree()
    for link in tree.xpath("//a[@href]"):
        link.set("href", _far(link.get("href")))
    for image in tree.xpath("//img"):
        _put_in(image, pictures)
    chapter = epub.EpubHtml(title=one.title, file_name=f"m{number:03}.xhtml", lang=spoken())
    chapter.content = etree.tostring(tree, method="xml", encoding="unicode")
    return chapter


def _far(href: str) -> str:
    """Let a link lead to the site from wherever the book is read; one within a page goes nowhere else."""
    try:
        return href if href.startswith("#") else urljoin(absolute(url("pages.home")), href)
    except ValueError:  # such as http://[
        return "#"


def _put_in(image: "HtmlElement", pictures: "_Pictures") -> None:
    """Let an image show a picture of the book; where it cannot be had, its words stand for it."""
    name = pictures.take(_path_of(image.get("src", "")))
    words, parent = image.get("alt", ""), image.getparent()
    for other in set(image.attrib) - {"alt"}:
        del image.attrib[other]
    if name:
        image.set("src", name)
    elif parent is not None:
        image.tail = words + (image.tail or "")
        image.drop_tree()


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


class _Pictures:
    """The pictures of a book, each once, as far as they fit and the reader may see them."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._names: dict[str, str] = {}
        self._room = MOST_BYTES

    def take(self, address: str) -> str:
        """Give the name of a picture in the book; nothing of one that does not belong there."""
        if address not in self._names:
            self._names[address] = self._take(address)
        return self._names[address]

    def _take(self, address: str) -> str:
        from ebooklib import epub

        _, found, place = unquote(address).partition(FILES)
        path, _, name = place.rpartition("/")
        kind = KINDS.get(PurePosixPath(name).suffix.lower(), "")
        if not (found and path and kind):
            return ""
        try:
            _, file = door().file(viewer(), path, name)
        except GareError:
            return ""
        content = file.read_bytes() if file.stat().st_size <= self._room else b""
        if not content:
            return ""
        self._room -= len(content)
        kept = f"pictures/{len(self.items) + 1:03}{PurePosixPath(name).suffix.lower()}"
        self.items.append(epub.EpubItem(uid=kept.replace("/", "-"), file_name=kept, media_type=kind, content=content))
        return kept
