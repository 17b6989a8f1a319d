"""What somebody typed into the search box: words, "phrases" and -exclusions. Every text is a valid question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.wiki import nfc
from app.wiki.analysis import Word, find_words, list_words

MAX_TEXT = 300  # characters that are read
MAX_CLAUSES = 12
MAX_EXCLUDED = 6
MAX_PHRASE = 8  # words
MIN_PREFIX = 3  # letters; shorter beginnings stand in too many words to help

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PART = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Clause:
    """A word, perhaps only its beginning, or several words that stand side by side."""

    words: tuple[Word, ...]
    is_prefix: bool = False

    @property
    def is_common(self) -> bool:
        return all(word.is_common for word in self.words)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: all of `clauses`, none of `excluded`."""

    text: str
    clauses: tuple[Clause, ...]
    excluded: tuple[Clause, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words to be highlighted, as typed."""
        return tuple(dict.fromkeys(word.surface for clause in self.clauses for word in clause.words))

    def loosened(self) -> tuple[Clause, ...]:
        """Give each word as a clause of its own, for when nothing holds the phrases."""
        singles = [Clause((word,), clause.is_prefix) for clause in self.clauses for word in clause.words]
        return tuple(dict.fromkeys(singles))[:MAX_CLAUSES]

    def corrected(self, corrections: Mapping[str, str]) -> str:
        """Give the text with other words in place of some, named by their folded form."""
        parts, end = [], 0
        for word, word_start, word_end in find_words(self.text):
            if word.folded in corrections:
                parts += [self.text[end:word_start], corrections[word.folded]]
                end = word_end
        return "".join(parts) + self.text[end:]


def parse(text: str) -> Query:
    """Read a question; never raises. What is over the limits is left out."""
    text = nfc.normalize(text[:MAX_TEXT]).translate(_QUOTES)
    clauses: list[Clause] = []
    excluded: list[Clause] = []
    for part in _PART.finditer(text):
        if part["minus"]:  # -grand-père leaves out the two side by side, not every grand
            excluded += _read_phrase(part["phrase"] or part["plain"] or "")
        elif part["phrase"] is not None:
            clauses += _read_phrase(part["phrase"])
        else:
            clauses += [Clause((word,), len(word.folded) >= MIN_PREFIX) for word in list_words(part["plain"])]
    return Query(text.strip(), _choose(clauses), tuple(excluded[:MAX_EXCLUDED]))


def _read_phrase(text: str) -> list[Clause]:
    words = list_words(text)
    kept = [word for word in words if not word.is_common]
    if kept:  # common words have no places in the index, so "fête de la musique" is fête beside musique
        return [Clause(tuple(kept[:MAX_PHRASE]))]
    return [Clause((word,)) for word in words[:MAX_PHRASE]]


def _choose(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Leave out words that every page holds, unless there are no others; only the last word may go on."""
    ended = [replace(clause, is_prefix=False) for clause in clauses[:-1]] + clauses[-1:]
    telling = [clause for clause in ended if not clause.is_common] or ended
    return tuple(dict.fromkeys(telling))[:MAX_CLAUSES]
