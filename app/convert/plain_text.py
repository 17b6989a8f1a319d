"""Files of plain text: in which letters they are written, and what must not be taken as it stands."""

import codecs
import re
import unicodedata

_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff]")
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE
)
_RULE = re.compile(r"---[ \t]*\n")
_END_OF_BLOCK = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)


def decode(content: bytes) -> str:
    """Read bytes as UTF-8, UTF-16 with its mark, what an HTML page says of itself, else Windows' western letters."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _plain(content.decode("utf-16", "replace"))
    try:
        return _plain(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _plain(content.decode(_charset_of(content), "replace"))


def _charset_of(content: bytes) -> str:
    said = _CHARSET.search(content[:4096])
    try:
        info = codecs.lookup(said[1].decode("ascii")) if said else None
        return info.name if info is not None and isinstance(b"a".decode(info.name), str) else "cp1252"
    except (LookupError, UnicodeError, ValueError):
        return "cp1252"


def _plain(text: str) -> str:
    text = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text)
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


def read_markdown(text: str) -> tuple[str, str]:
    """Give a text without a block of `name: value` lines at its top, which would speak for the page, and its title."""
    text = text.strip("\n")
    title = ""
    while opening := _RULE.match(text + "\n"):
        closing = _END_OF_BLOCK.search(text, min(opening.end(), len(text)))
        if closing is None or closing.start() == opening.end():
            text = text[opening.end() :].lstrip("\n")
            continue
        block = text[opening.end() : closing.start()]
        title = title or _title_in(block)
        text = f"{_fenced(block)}\n\n{text[closing.end() :].lstrip()}"
    return text.rstrip(), _first_heading(text) or title


def _title_in(block: str) -> str:
    title = _TITLE.search(block)
    return title[1].strip().strip("\"'") if title else ""


def _fenced(block: str) -> str:
    """Show lines as they are."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block)), default=0))
    return f"{fence}\n{block.strip()}\n{fence}"


def _first_heading(text: str) -> str:
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
        elif not fence and (heading := _HEADING.fullmatch(line)):
            return heading[1]
    return ""
