"""HTML to the text that people read, in one pass; for showing and searching, never to be served as HTML."""

import html
import re

_MOST = 4_000_000  # characters of HTML that are read
_TOKEN = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>|<[!?][^<>]*+>")
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_NO_LETTER = re.compile(r"&#x?[0-9a-fA-F]{9,}+;?")  # Python refuses numbers of thousands of digits
_BLOCKS = frozenset(
    "p div tr table ul ol h1 h2 h3 h4 h5 h6 pre section article header footer blockquote hr dl dt dd address".split()
)
_APART = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre".split())
_SILENT = frozenset("script style head title template noscript object svg math".split())
_MANY_LINES = re.compile(r"\n{3,}")
_DEEPEST = 20


def _unescaped(text: str) -> str:
    return html.unescape(_NO_LETTER.sub("\ufffd", text))


class _Writer:
    """Gathers lines; `depth` is in how many quotes it stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.silent = ""
        self.in_pre = 0
        self.link = ""
        self.link_words: list[str] = []

    def say(self, text: str) -> None:
        if self.silent or not text:
            return
        text = _unescaped(text)
        if self.in_pre:
            first, *others = text.split("\n")
            self.line.append(first)
            for other in others:
                self.end_line()
                self.line.append(other)
            return
        self.line.append(re.sub(r"[ \t\r\n\f]+", " ", text).replace("\xa0", " "))
        if self.link:
            self.link_words.append(text)

    def end_line(self) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.in_pre else re.sub(r" {2,}", " ", text).strip()
        marks = ">" * min(self.depth, _DEEPEST)
        self.lines.append(f"{marks} {text}".rstrip() if marks else text)
        self.line = []

    def block(self, name: str) -> None:
        if "".join(self.line).strip():
            self.end_line()
        self.line = []
        if name in _APART and self.lines and self.lines[-1].strip("> "):
            self.end_line()

    def open(self, name: str, attributes: str) -> None:
        if name == "br":
            self.end_line()
        elif name == "li":
            self.block(name)
            self.line.append("- ")
        elif name in ("td", "th"):
            self.line.append(" ")
        elif name == "a" and (found := _HREF.search(attributes[:4000])):
            self.link, self.link_words = _unescaped(found[1] or found[2] or found[3] or "").strip(), []
        elif name in _BLOCKS:
            self.block(name)
            self.depth += name == "blockquote"
            self.in_pre += name == "pre"

    def close(self, name: str) -> None:
        if name == "a" and self.link:
            words, link = "".join(self.link_words).strip(), self.link
            self.link = ""
            is_told = link.removeprefix("mailto:").rstrip("/") in words
            if link.lower().startswith(("http://", "https://", "mailto:")) and not is_told:
                self.line.append(f" <{link}>")
        elif name in _BLOCKS or name == "li":
            self.block(name)
            self.depth = max(0, self.depth - (name == "blockquote"))
            self.in_pre = max(0, self.in_pre - (name == "pre"))


def text_of(source: str) -> str:
    """Give the words of HTML with its lines; quotes are marked with `>`, links follow their words."""
    source, writer, position, is_comment = source[:_MOST], _Writer(), 0, False
    for token in _TOKEN.finditer(source):
        if not is_comment:
            writer.say(source[position : token.start()])
        position = token.end()
        if is_comment or token[0] == "<!--":
            is_comment = token[0] != "-->"
        elif token[0] == "-->":
            writer.say("-->")
        elif token[2]:
            _tag(writer, token[1] == "/", token[2].lower(), token[3])
    if not is_comment:
        writer.say(source[position:])
    writer.end_line()
    return _MANY_LINES.sub("\n\n", "\n".join(writer.lines)).strip("\n")


def _tag(writer: _Writer, is_end: bool, name: str, attributes: str) -> None:
    if writer.silent:
        # A body ends a head that was never closed.
        if (is_end and name == writer.silent) or (name == "body" and writer.silent in ("head", "title")):
            writer.silent = ""
    elif name in _SILENT:
        writer.silent = "" if is_end or attributes.endswith("/") else name
    elif is_end:
        writer.close(name)
    else:
        writer.open(name, attributes)
