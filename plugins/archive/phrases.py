"""What is to go from texts: words that somebody named, or whatever repeats a message that is erased."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plugins.archive.message.quotes import fold, fresh
from plugins.archive.message.subjects import base_of

GONE = "[…]"
_WORD = re.compile(r"\w+")
_RUN = 3  # words in a row that tell a text; two of them stand in any two mails
_MOST_SUBJECT = 1000
_FEWEST = 3  # letters of a name
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_ANNOUNCING = re.compile(r"(?:a|le|on|écrit|ecrit|écrivait|wrote|writes|à|de|from|message|re|at)", re.IGNORECASE)
_LONG = 9  # letters of a word that tells a text by itself where a line has less than three


@dataclass(frozen=True, slots=True)
class Words:
    """Words that somebody named: they go wherever they stand, however they are broken into lines or spelt in case."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, named: Iterable[str]) -> "Words":
        """Make it of what was typed; longer ones first, so that none is cut in two."""
        typed = sorted({" ".join(one.split()) for one in named} - {""}, key=len, reverse=True)
        between = r"(?:[ \t]*\n[ \t>]*|[ \t\u00a0\u202f]+)"
        said = (between.join(map(re.escape, one.split())) for one in typed)
        return cls(re.compile("|".join(map(_alone, said)) or r"(?!)", re.IGNORECASE))

    def change(self, text: str) -> str:
        """Give a text without them."""
        return self.pattern.sub(GONE, text)

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text is worth looking at."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Copies:
    """Lines of others that repeat a message: those with three words in a row that it has too, within quotes."""

    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Copies":
        """Make it of what people read of the messages that go."""
        return cls(frozenset(run for text in texts for run in runs_of(text)))

    def without(self, runs: Collection[tuple[str, ...]]) -> "Copies":
        """Leave out what others had written before."""
        return Copies(self.runs - frozenset(runs))

    def change(self, text: str) -> str:
        """Give a text whose quotes are without these lines."""
        pieces = []
        for piece in fold(text):
            is_copy = piece.kind in ("quote", "forwarded")
            pieces.append("\n".join(map(self._line, piece.text.split("\n"))) if is_copy else piece.text)
        return "\n".join(pieces)

    def _line(self, line: str) -> str:
        if not any(run in self.runs for run in _runs(line)):
            return line
        return line[: len(line) - len(line.lstrip("> \t"))] + GONE

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text is worth looking at."""
        return any(run in self.runs for run in _runs(text))


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody's address of mail, wherever it stands; not a longer one that ends or begins with it."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, address: str) -> "Address | None":
        """Make it; None of what is no complete address, or it would take half of all others."""
        if not _ADDRESS.fullmatch(address):
            return None
        return cls(re.compile(rf"(?<![\w.+'=-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE))

    def change(self, text: str) -> str:
        """Give a text without it."""
        return self.pattern.sub(GONE, text)

    def may_stand_in(self, text: str) -> bool:
        """Tell whether it stands in a text."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Names:
    """Somebody's name where others announce what he wrote; his address goes everywhere, by `Address`."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, name: str) -> "Names | None":
        """Make it; None of what is no name, but a word of the announcing itself."""
        words = name.split()
        if len("".join(words)) < _FEWEST or not name[:1].isalpha() or any(_ANNOUNCING.fullmatch(one) for one in words):
            return None
        between = r"\s+".join(map(re.escape, words))
        return cls(re.compile(rf"(?<!\w){between}(?!\w)"))

    def change(self, text: str) -> str:
        """Give a text whose attributions are without the name."""
        pieces = fold(text)
        return "\n".join(
            self.pattern.sub(GONE, piece.text) if piece.kind == "attribution" else piece.text for piece in pieces
        )

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text is worth looking at."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subject of a message, where answers repeat it."""

    bases: frozenset[str]

    def change(self, text: str) -> str:
        """Give what stands for it."""
        return f"Re: {GONE}" if self.may_stand_in(text) else text

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text is such a subject."""
        if "\n" in text or len(text) > _MOST_SUBJECT:
            return False
        base, is_reply = base_of(text)
        return is_reply and base in self.bases


Phrases = Words | Copies | Address | Names | Subjects


def _alone(pattern: str) -> str:
    """Let a pattern match whole words only, where it begins or ends with one."""
    before = r"(?<!\w)" if pattern[:1].isalnum() else ""
    return f"{before}{pattern}" + (r"(?!\w)" if pattern[-1:].isalnum() else "")


def runs_of(text: str) -> Iterable[tuple[str, ...]]:
    """Give the words in a row that somebody wrote himself in a message."""
    return _runs(fresh(text))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Give each three words in a row of a text, over line ends; of a shorter one a word that is long enough."""
    words = [word.casefold() for word in _WORD.findall(text)]
    for at in range(len(words) - _RUN + 1):
        yield tuple(words[at : at + _RUN])
    if len(words) < _RUN:
        yield from ((word,) for word in words if len(word) >= _LONG)
