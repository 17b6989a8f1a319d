"""Read Word files as HTML. Runs in a child process (`documents.py`).

mammoth reads them; before it does, every part is looked through for declarations, and nothing outside is fetched.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any

import mammoth

from app.convert.document_pictures import MOST_READ, Pictures
from app.convert.docx_numbers import Numbers, marked_items
from app.convert.docx_pairs import paragraph_pairs, take_out_hidden
from app.convert.docx_styles import WordStyles
from app.convert.packages import check_docx, read_part

# Names of styles as Word writes them in every language; then those of LibreOffice. `!` leaves out.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name^='toc '] => !
p[style-name='TOC Heading'] => !
p[style-name^='Contents '] => !
p[style-name='Contents Heading'] => !
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => em
r[style-name='Strong Emphasis'] => strong
r[style-name='HTML Code'] => code
r[style-name='Source Text'] => code
"""
_NOTE_MARK = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*" id="[^"]*">\[(\d+)\]</a></sup>')
_NOTES = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')
_WAY_BACK = re.compile(r'(?:<p>)?\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>(?:</p>)?')
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(archive: zipfile.ZipFile, file: IO[bytes], pictures: Pictures) -> tuple[str, str]:
    """Give the HTML of a Word file and the title that its properties say."""
    check_docx(archive)
    styles = WordStyles(read_part(archive, "word/styles.xml"))
    numbers = Numbers(read_part(archive, "word/numbering.xml"), styles)
    body = read_part(archive, "word/document.xml")

    def mend(document: Any) -> Any:
        numbers.mark(paragraph_pairs(body, document))
        take_out_hidden(body, document)
        return document

    result = mammoth.convert_to_html(
        file,
        transform_document=mend,
        style_map=_STYLES + styles.style_map(),
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=mammoth.images.img_element(_keeper(pictures)),
    )
    title = next(read_part(archive, "docProps/core.xml").iter(_TITLE), None)
    html = marked_items(_mark_notes(str(result.value)))
    return html, (title.text or "") if title is not None else ""


def _keeper(pictures: Pictures) -> Callable[[Any], dict[str, str]]:
    def keep(image: Any) -> dict[str, str]:
        try:
            with image.open() as stream:
                address = pictures.keep(stream.read(MOST_READ))
        except (KeyError, ValueError, OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            return {}  # elsewhere, missing or damaged: its words stay
        return {"src": address} if address else {}

    return keep


def _mark_notes(html: str) -> str:
    html = _NOTE_MARK.sub(r'<sup class="note-ref">\1</sup>', html)
    return _NOTES.sub('<ol class="notes">', _WAY_BACK.sub("", html))
