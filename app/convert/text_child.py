"""Read PDF, Word, OpenDocument and plain text files. Runs in a child process (`app.convert.text`)."""

import logging
import re
import time
import unicodedata
import zipfile
from itertools import islice
from pathlib import Path

import mammoth
import pypdf

from app.convert.packages import Checker, check_docx, list_xml

MAX_TEXT = 1_000_000  # characters
MAX_PDF_PAGES = 1_000
PDF_SECONDS = 7.0  # after which a long PDF is left where it is, before the budget ends it
MAX_PLAIN_BYTES = 4 * MAX_TEXT

_ODF_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_ODF_BLOCKS = {_ODF_TEXT + "p", _ODF_TEXT + "h"}
_ODF_GAPS = {_ODF_TEXT + "s": " ", _ODF_TEXT + "tab": "\t", _ODF_TEXT + "line-break": "\n"}
_ODF_UNREAD = {_ODF_TEXT + "tracked-changes", "urn:oasis:names:tc:opendocument:xmlns:office:1.0 annotation"}
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿœ])[-\u00ad\u2010]\n(?=[a-zà-ÿœ])")
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has much to say on damaged files


def read_text(path: str, kind: str) -> str:
    """Read a file of one of the kinds of `app.convert.text.READABLE`."""
    file = Path(path)
    if kind == "pdf":
        text = _read_pdf(file)
    elif kind == "docx":
        text = _read_docx(file)
    elif kind in ("odt", "ods", "odp"):
        text = _read_odf(file)
    else:
        text = _read_plain(file)
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", text[:MAX_TEXT])).strip()


def _read_pdf(file: Path) -> str:
    deadline = time.monotonic() + PDF_SECONDS
    parts: list[str] = []
    size = 0
    for page in islice(pypdf.PdfReader(file).pages, MAX_PDF_PAGES):
        parts.append(page.extract_text())
        size += len(parts[-1])
        if size > MAX_TEXT or time.monotonic() > deadline:
            break
    return _HYPHENATED.sub("", "\n".join(parts))


def _read_docx(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        check_docx(archive)
    with file.open("rb") as stream:
        return str(mammoth.extract_raw_text(stream).value)


def _read_odf(file: Path) -> str:
    """Read the paragraphs as they stream by, where odfdo would build the whole tree in memory first."""
    with zipfile.ZipFile(file) as archive:
        members = {member.filename: member for member in list_xml(archive)}
        if "content.xml" not in members:
            return ""
        reader = _OdfReader()
        with archive.open(members["content.xml"]) as stream:
            reader.read(stream)
    return "".join(reader.parts)


class _OdfReader(Checker):
    """Collects the text of the paragraphs and headings, without what was deleted or remarked in the margin."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unread = 0
        self._depth = 0
        self._size = 0
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take

    def _start(self, name: str, _attributes: object) -> None:
        self._unread += name in _ODF_UNREAD
        self._depth += name in _ODF_BLOCKS
        if name in _ODF_GAPS:
            self._take(_ODF_GAPS[name])

    def _end(self, name: str) -> None:
        self._unread -= name in _ODF_UNREAD
        if name in _ODF_BLOCKS:
            self._take("\n")
            self._depth -= 1

    def _take(self, text: str) -> None:
        if self._depth and not self._unread and self._size < MAX_TEXT:
            self.parts.append(text)
            self._size += len(text)


def _read_plain(file: Path) -> str:
    with file.open("rb") as stream:
        data = stream.read(MAX_PLAIN_BYTES)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) == MAX_PLAIN_BYTES and error.start > len(data) - 4:  # cut in the middle of a letter
            return data[: error.start].decode("utf-8-sig")
    return data.decode("cp1252", "replace")
