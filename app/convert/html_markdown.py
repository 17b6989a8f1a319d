"""Write plain HTML as Markdown, with as few backslashes as keep the text what it is."""

import re
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

MEANT = "\ue000"  # stands before [x] or [^1] that is meant; a private character, taken out of the input
_MEANT = re.compile(rf"{MEANT}(\[(?:[ x]|\^\d+)\])")
_ESCAPES = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~])  # a backslash that would escape
    | `
    | \*(?=\S) | (?<=\S)\*
    | (?<![^\W_])_(?=\S) | (?<=\S)_(?![^\W_])
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    | ~(?=~)
    | \{(?=\{)
    | \[(?=\[|[^\[\]]*\][(:\[]|\^|[ xX]\])
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"^(?=#{1,6}(?:\s|$)|[-=]{2,}[ \t]*$|:\s)|^(?P<year>\d{3,9})(?=[.)]\s)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_BREAKS = re.compile(r"(?: {2}\n[ \t]*){2,}")
_SPACE = " \t\n\xa0\u202f"
_PUNCTUATION = _SPACE + ":;,.!?»«)(…\"'’-–—"


def write(soup: BeautifulSoup) -> str:
    """Give the Markdown of a document."""
    text = _Writer(heading_style="ATX", bullets="-", table_infer_header=True).convert_soup(soup)
    text = _BLANK_LINES.sub("\n\n", _BREAKS.sub("\n\n", text.replace(MEANT, "")))
    text = "\n".join(line.rstrip() + ("  " if line.endswith("  ") else "") for line in text.split("\n")).strip()
    return re.sub(r"\A(?:---\s+)+", "", text + "\n").strip()  # a rule at the very top would be front matter


class _Writer(MarkdownConverter):
    def escape(self, text: str, parent_tags: set[str]) -> str:
        if MEANT in text:
            parts = _MEANT.split(text)
            return "".join(part if i % 2 else self.escape(part, parent_tags) for i, part in enumerate(parts))
        text = _ESCAPES.sub(r"\\\g<0>", text)
        if "a" in parent_tags:
            text = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", text)
        return text.replace("|", r"\|") if parent_tags & {"td", "th"} else text

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - named by its caller
        text = text.strip(" \t\n")
        return f" {text} " if "_inline" in parent_tags else f"\n\n{_guard_lines(text)}\n\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = quote(str(el["href"]), safe="!#$%&'*+,-./:;=?@_~[]")
        if el.get_text().strip() in (el["href"], href) or "_noformat" in parent_tags:
            return el.get_text().strip()
        before, core, after = _peel(text)
        return f"{before}[{core}]({href}){after}" if core else text

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - named by its caller
        words = " ".join(str(el.get("alt", "")).split())
        return f"![{self.escape(words, parent_tags | {'a'})}]({el['src']})"

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _mark("**", el, text, parent_tags)

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _mark("*", el, text, parent_tags)

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _mark("~~", el, text, parent_tags)

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - named by its caller
        return f"«\u00a0{text}\u00a0»"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - named by its caller
        for line_break in el.find_all("br"):
            line_break.replace_with("\n")
        text = el.get_text().strip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return f"\n\n{fence}\n{text}\n{fence}\n\n" if text.strip() else ""


def _mark(symbol: str, el: Tag, text: str, parent_tags: set[str]) -> str:
    """Put symbols around a text, where CommonMark reads them as such: not between punctuation and a letter."""
    if "_noformat" in parent_tags:
        return text
    before, core, after = _peel(text, is_tight_before=_ends(el), is_tight_after=_begins(el))
    return f"{before}{symbol}{core}{symbol}{after}" if core else text


def _peel(text: str, *, is_tight_before: bool = False, is_tight_after: bool = False) -> tuple[str, str, str]:
    """Cut off spaces at both ends, and punctuation at an end that touches a letter."""
    before = len(text) - len(text.lstrip(_PUNCTUATION if is_tight_before else _SPACE))
    after = len(text.rstrip(_PUNCTUATION if is_tight_after else _SPACE))
    return text[:before], text[before:after], text[after:]


def _ends(el: Tag) -> bool:
    """Ask whether a letter or digit stands right before an element."""
    before = el.previous_sibling
    return before is not None and before.get_text()[-1:].isalnum()


def _begins(el: Tag) -> bool:
    """Ask whether a letter or digit stands right after an element."""
    after = el.next_sibling
    return after is not None and after.get_text()[:1].isalnum()


def _guard_lines(text: str) -> str:
    """Keep a line from being read as a heading, a rule, a definition or item 2026 of a list."""
    return _LINE_START.sub(lambda match: f"{match['year']}\\" if match["year"] else "\\", text)
