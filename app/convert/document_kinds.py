"""What kind of document a file is: by its content first, by its name where content says nothing."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from app.errors import N_, Invalid

EMPTY = N_("This file is empty. Open it, save it again, and send the new one.")
DAMAGED = N_("This file is damaged. Open it, save it again, and send the new one.")
LOCKED = N_("This file has a password. Save it without one.")
OLD_WORD = N_("This is an old kind of Word file. Open it and save it as .docx or .odt.")
PDF = N_("A PDF cannot be changed into a text. Attach it to a page, or send its original.")
UNKNOWN = N_("This kind of file cannot be read here. Save it as .docx, .odt or .txt.")

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ODT = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})
_BY_NAME = {"html": "html", "htm": "html", "md": "text", "markdown": "text", "txt": "text", "text": "text", "": "text"}


def kind_of(content: bytes, name: str) -> str:
    """Give `docx`, `odt`, `html` or `text`; raises Invalid, with its cure, for what is none of them."""
    if not content.strip():
        raise Invalid(EMPTY)
    if content.startswith(b"PK"):
        return _kind_of_package(content)
    if content.startswith(_OLE):
        raise Invalid(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD_WORD)
    if content.startswith(rb"{\rtf"):
        raise Invalid(OLD_WORD)
    if b"%PDF-" in content[:1024]:
        raise Invalid(PDF)
    if _HTML.match(content[:20_000]):
        return "html"
    suffix = PurePosixPath(name).suffix.removeprefix(".").lower()
    if suffix in ("docx", "odt"):
        raise Invalid(DAMAGED)
    if suffix not in _BY_NAME or _is_binary(content):
        raise Invalid(UNKNOWN)
    return _BY_NAME[suffix]


def _kind_of_package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and archive.open("mimetype").read(100).decode("ascii", "replace").strip() in _ODT:
                return "odt"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise Invalid(DAMAGED) from error
    raise Invalid(UNKNOWN)


def _is_binary(content: bytes) -> bool:
    """Ask whether this is no text: more than a stray control character, which are not those of UTF-16."""
    start = content[:4096]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > len(start) / 50 + 1 and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
