"""Letters of a line: folded one for one, so that places in the folded text hold in the text; and without marks."""

import re
import unicodedata

_FIRST, _LAST = 0xC0, 0x24F  # Latin letters with accents


def _folds() -> dict[int, str]:
    folds = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    for code in range(_FIRST, _LAST + 1):
        bare = unicodedata.normalize("NFD", chr(code))[0].lower()
        if bare.isascii():
            folds[code] = bare
    spaces = dict.fromkeys(map(ord, "\t\u00a0\u202f\u2007\u2009"), " ")
    return {**folds, **spaces, ord("’"): "'", ord("‘"): "'", ord("："): ":", ord("º"): "°", ord("‑"): "-"}


_FOLDS = _folds()
# Controls, and marks that only turn the direction of writing or have no width.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_LINK = re.compile(r"!?\[([^\[\]]{1,300})\]\([^()\s]{0,500}\)")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,300})\]\]")
_TAG = re.compile(r"</?(?:u|b|i|em|strong|mark|s|del|span|br)\b[^<>]{0,100}>", re.IGNORECASE)
_DOUBLE = re.compile(r"\*{2,3}|__|~~|==(?!>)|`")
_SINGLE = re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_MARK = re.compile(r"[*_~=`]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")


def fold(text: str) -> str:
    """Give a text of the same length in small letters without accents, with plain spaces, quotes and colons."""
    return text.lower().replace("\t", " ") if text.isascii() else text.translate(_FOLDS)


def composed(text: str) -> str:
    """Give a text with each accent joined to its letter, without what nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def words(text: str) -> str:
    """Give the words of a line without the marks of Markdown and HTML."""
    if "[" in text:
        text = _WIKI_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    if "<" in text:
        text = _TAG.sub("", text)
    if _MARK.search(text):
        text = _SINGLE.sub("", _DOUBLE.sub("", text))
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
