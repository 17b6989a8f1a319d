"""Documents that somebody has (Word, LibreOffice, web page, text) as Markdown with their pictures."""

import base64
from dataclasses import dataclass
from functools import cache

from app.budget import SENT, Budget
from app.errors import N_, TooLarge

SECONDS = 10.0
MEMORY = 500_000_000  # bytes of address space
MAX_BYTES = 20_000_000
READABLE = frozenset({"docx", "odt", "html", "htm", "md", "txt"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a document: a clean file name that no other of its pictures has, and the words that stand for it."""

    name: str
    content: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as Markdown, in which its pictures stand as `![words](image-1.png)`; `title` may be empty."""

    text: str
    pictures: tuple[Picture, ...]
    title: str


def convert_document(content: bytes, name: str) -> Converted:
    """Convert a file of one of the kinds of READABLE, told by its content first and its name second.

    Nothing in it runs and nothing outside it is fetched. Raises TooLarge above 20 MB and for too many or too large
    pictures, Invalid for other kinds and damaged files, OverBudget when it takes over 10 s or 500 MB.
    """
    if len(content) > MAX_BYTES:
        raise TooLarge(
            N_("This file is too large: at most %(most)s MB. Make it smaller first."), most=MAX_BYTES // 1_000_000
        )
    answer = _budget().call(base64.b64encode(content).decode("ascii"), name)
    pictures = (Picture(name, base64.b64decode(data), words) for name, data, words in answer["pictures"])
    return Converted(answer["text"], tuple(pictures), answer["title"])


@cache
def _budget() -> Budget:
    return Budget("app.convert.documents_child:convert", seconds=SECONDS, memory=MEMORY, size=1, places=SENT)
