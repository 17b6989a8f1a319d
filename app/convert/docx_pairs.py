"""What mammoth read of a Word file, beside the XML it read it from: it tells nothing of numbers and hidden words."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from mammoth import documents

from app.convert.docx_styles import VALUE, WORD

_UNREAD = frozenset(
    WORD + name for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"}


def paragraph_pairs(body: Element, document: Any) -> list[tuple[Element, Any]]:
    """Give the paragraphs as they stand in the file, each with what was made of it; none where they do not match."""
    elements = [one for one in _elements(body, WORD + "p") if one.find(f"{WORD}pPr/{WORD}rPr/{WORD}del") is None]
    made = list(_made(document, documents.Paragraph))
    return list(zip(elements, made, strict=True)) if len(elements) == len(made) else []


def take_out_hidden(body: Element, document: Any) -> None:
    """Empty the runs of words that a reader of the document does not see."""
    elements, made = list(_elements(body, WORD + "r")), list(_made(document, documents.Run))
    if len(elements) != len(made):
        return
    for element, run in zip(elements, made, strict=True):
        hidden = element.find(f"{WORD}rPr/{WORD}vanish")
        if (
            hidden is not None
            and hidden.get(VALUE) not in ("0", "false", "off")
            and _words(element) == _words_made(run)
        ):
            run.children = []


def _elements(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the elements of a name that mammoth reads, as they stand in the file."""
    for child in parent:
        if child.tag in _UNREAD or (child.tag == WORD + "tr" and child.find(f"{WORD}trPr/{WORD}del") is not None):
            continue
        if child.tag == tag:
            yield child
        yield from _elements(child, tag)


def _made(parent: Any, kind: type) -> Iterator[Any]:
    for child in getattr(parent, "children", ()):
        if isinstance(child, kind):
            yield child
        yield from _made(child, kind)


def _words(run: Element) -> str:
    return "".join(text.text or "" for text in run.findall(WORD + "t"))


def _words_made(run: Any) -> str:
    return "".join(text.value for text in _made(run, documents.Text))
