"""From text to words that can be compared: elisions cut off, accents folded, plurals and feminines brought together.

One stem serves French and English alike, so that it does not matter in which language a page or a question is
written, nor whether its `lang` is right: both sides pass through the same function.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.wiki import nfc

MAX_WORD = 64  # characters; a longer run of letters is cut into several words
APOSTROPHES = "'’ʼ‘´"
_WORD = re.compile(rf"[^\W_]{{1,{MAX_WORD}}}(?:[{APOSTROPHES}][^\W_]{{1,{MAX_WORD}}}){{0,3}}")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens and joiners stand inside words
_ELISIONS = "c d entr j jusqu l lorsqu m n presqu puisqu qu quelqu quoiqu s t".split()
# Words that every page holds; they are looked for in titles and headings only. Folded, French then English.
COMMON = frozenset(
    (
        "a ai as au aux avec ce ces cet cette dans de des du elle elles en est et eu il ils je la le les leur leurs lui"
        " ma mais me mes moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses si sont sous sur ta te tes"
        " toi tu un une vos votre vous y"
        " an and are at be been but by for from had has have he her his in is it its my not of our she that the their"
        " them they this to was we were with you your"
    ).split()
)
_ENDINGS = (("tric", "teu"), ("eus", "eu"), ("eur", "eu"), ("ail", "al"), ("iv", "if"), ("er", ""), ("y", "i"))


class Word(NamedTuple):
    """A word as written (lower case), without accents, and its stem."""

    surface: str
    folded: str
    stem: str
    is_common: bool


def list_words(text: str) -> list[Word]:
    """Cut a text into its words, in order."""
    return [_analyse(token) for token in _WORD.findall(_prepare(text))]


def find_words(text: str) -> Iterator[tuple[Word, int, int]]:
    """Yield the words of a short text with their start and end in it; the text must be composed (NFC)."""
    for match in _WORD.finditer(text):
        yield _analyse(match[0]), match.start(), match.end()


def _prepare(text: str) -> str:
    if text.isascii():
        return text
    return _INVISIBLE.sub("", nfc.normalize(text))


@lru_cache(maxsize=40_000)
def _analyse(token: str) -> Word:
    surface = nfc.normalize(token.lower(), "NFKC")
    parts = _APOSTROPHE.split(surface)
    if len(parts) > 1 and parts[0] in _ELISIONS:
        parts = parts[1:]
    if len(parts) > 1 and parts[-1] == "s":  # the English possessive
        parts = parts[:-1]
    surface = "".join(parts)
    folded = fold(surface)
    return Word(surface, folded, stem(folded), folded in COMMON)


def fold(text: str) -> str:
    """Lower the case and take off accents and ligatures: "Œuvre" → "oeuvre"."""
    if text.isascii():
        return text.lower()
    decomposed = nfc.normalize(text.casefold().replace("œ", "oe").replace("æ", "ae"), "NFKD")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def stem(folded: str) -> str:
    """Bring together singular and plural, masculine and feminine, infinitive and participle of a folded word.

    After the idea of J. Savoy's minimal French stemmer (2004) with English plurals (D. Harman's S-stemmer, 1991):
    épiceries → epiceri, chevaux → cheval, animatrice → animateu, collective → collectif, cities → citi.
    """
    if len(folded) < 4 or not folded.isalpha():
        return folded
    word = _strip_feminine(_strip_plural(folded))
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word


def _strip_plural(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    if word.endswith("ux") or (word.endswith("s") and not word.endswith("ss")):
        return word[:-1]
    return word


def _strip_feminine(word: str) -> str:
    for _ in range(2):  # animée → anim: the mute e, then the folded é of the participle
        if len(word) > 3 and word.endswith("e"):
            word = word[:-1]
    return word
