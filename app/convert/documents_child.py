"""Read a document of any kind as Markdown with its pictures. Runs in a child process (`documents.py`)."""

import base64
import io
import re
import unicodedata
import zipfile
import zlib
from html import unescape
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from app.convert.document_kinds import DAMAGED, LOCKED, kind_of
from app.convert.document_pictures import Pictures
from app.convert.docx_child import read_docx
from app.convert.html_child import tidy, write_down
from app.convert.html_markdown import MEANT
from app.convert.odt_child import read_odt
from app.convert.plain_text import decode, read_markdown
from app.errors import Invalid

MAX_TITLE = 200  # characters
_HTML_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, ExpatError, KeyError, ValueError, EOFError, OSError,
           NotImplementedError)  # fmt: skip
_NOT_IN_TITLES = re.compile(rf"{MEANT}\[[^\]]*\]|[\0-\x1f\x7f-\x9f\ud800-\udfff{MEANT}]+")


def convert(content: str, name: str) -> dict[str, Any]:
    """Convert a file, given as base64 and its name: `text`, `title` and `pictures` of name, base64 and words."""
    data = base64.b64decode(content)
    kind = kind_of(data, name)
    if kind == "text":
        text, title = read_markdown(decode(data))
        return _answer(text, title, [])
    pictures = Pictures()
    if kind == "html":
        html = decode(data)
        said = _HTML_TITLE.search(html[:20_000])
        title = unescape(said[1]) if said else ""
    else:
        html, title = _read_package(kind, data, pictures)
    soup = tidy(html, pictures)
    heading = soup.find("h1")
    named = pictures.name(soup.find_all("img"))
    return _answer(write_down(soup), heading.get_text() if heading and heading.get_text(strip=True) else title, named)


def _read_package(kind: str, data: bytes, pictures: Pictures) -> tuple[str, str]:
    file = io.BytesIO(data)
    try:
        with zipfile.ZipFile(file) as archive:
            return read_docx(archive, file, pictures) if kind == "docx" else read_odt(archive, pictures)
    except RuntimeError as error:
        if isinstance(error, RecursionError):
            raise
        raise Invalid(LOCKED) from error  # as zipfile says that a part is encrypted
    except _BROKEN as error:
        raise Invalid(DAMAGED) from error


def _answer(text: str, title: str, pictures: list[tuple[str, bytes, str]]) -> dict[str, Any]:
    return {
        "text": text,
        "title": unicodedata.normalize("NFC", re.sub(" {2,}", " ", _NOT_IN_TITLES.sub(" ", title)).strip()[:MAX_TITLE]),
        "pictures": [(name, base64.b64encode(content).decode("ascii"), words) for name, content, words in pictures],
    }
