"""Cut a line into words, marks and blanks, as a reader of any script would."""

import re
from collections.abc import Sequence

_MARKS = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u3001-\u301f"
# Chinese and Japanese write no blanks: each sign counts as a word.
_SIGNS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[^\s{_MARKS}{_SIGNS}]+|\s+|.")
_WORD = re.compile(rf"[^\s{_MARKS}{_SIGNS}]+|[{_SIGNS}]")


def tokens(text: str) -> list[str]:
    """Cut a text so that the pieces joined give it back; `l’été` is three pieces."""
    return _TOKEN.findall(text)


def words_of(text: str) -> list[str]:
    """List the words of a text, without blanks and punctuation."""
    return _WORD.findall(text)


def has_word(pieces: Sequence[str]) -> bool:
    """Say whether one of these tokens is a word."""
    return any(_WORD.match(piece) for piece in pieces)
