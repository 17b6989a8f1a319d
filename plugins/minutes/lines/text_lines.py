"""The lines of minutes that somebody wrote: without code, comments, and mail that is quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.minutes.lines.letters import composed, fold

MOST_LETTERS = 2_000  # of a line; nobody writes a longer one by hand
_FENCE = re.compile(r"[ >]{0,8}(`{3,}|~{3,})")
_WROTE = re.compile(r"(?:a ecrit|ecrivait|wrote|message d'origine|original message)\b[ :>-]{0,40}$")
_ITEM = re.compile(r"\s*(?:[-*+•–—]|\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number from 0, as it stands, and as it is read."""

    number: int
    source: str
    text: str

    @property
    def indent(self) -> int:
        """Give the columns before the first letter."""
        return len(self.text) - len(self.text.lstrip(" \t"))


def read_lines(text: str) -> Iterator[Line]:
    """Give the lines that are read, blank ones too."""
    outside = _Outside()
    for number, source in enumerate(text.split("\n")):
        source = source.rstrip("\r")
        if len(source) > MOST_LETTERS:
            continue
        line = composed(source).replace("\n", " ")
        if not outside.skips(line):
            yield Line(number, source, line)


class _Outside:
    """What the line before left open: code, a comment, quoted mail, a list."""

    def __init__(self) -> None:
        self._fence = ""
        self._is_comment = self._is_mail = self._is_list = False
        self._is_blank = True

    def skips(self, line: str) -> bool:
        """Tell whether a line is not to be read, and remember what it opens and closes."""
        if self._in_fence(line) or self._in_comment(line) or self._in_mail(line):
            return True
        stripped = line.strip()
        if not stripped:
            self._is_blank = True
            return False
        if _ITEM.match(line):
            is_code = self._is_code(line)
            self._is_list = self._is_list or not is_code
        else:
            is_code = self._is_code(line)
            self._is_list = self._is_list and (line[0] in " \t" or not self._is_blank)
        self._is_blank = is_code and self._is_blank
        return is_code

    def _is_code(self, line: str) -> bool:
        return self._is_blank and not self._is_list and line.startswith(("    ", "\t"))

    def _in_fence(self, line: str) -> bool:
        found = _FENCE.match(line)
        if not self._fence:
            self._fence = found[1] if found and (found[1][0] == "~" or "`" not in line[found.end() :]) else ""
            return bool(self._fence)
        if found and found[1].startswith(self._fence) and not line[found.end() :].strip():
            self._fence = ""
        return True

    def _in_comment(self, line: str) -> bool:
        if self._is_comment:
            self._is_comment = "-->" not in line
            return True
        if not line.lstrip().startswith("<!--"):
            return False
        self._is_comment = "-->" not in line
        return True

    def _in_mail(self, line: str) -> bool:
        """Below "Ana a écrit :" what stands behind > is mail, and so is what stands behind two of them."""
        quoted = line.lstrip()
        if quoted.startswith(">"):
            return self._is_mail or quoted[1:].lstrip().startswith(">")
        if quoted:
            self._is_mail = bool(_WROTE.search(fold(quoted[-120:])))
        return False
