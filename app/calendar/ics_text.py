"""Texts and addresses as they may stand in a calendar: no line break of theirs ever begins a line of the file."""

import re
from urllib.parse import quote

BASE = "gare:///"  # the site's address, in stored texts
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # whatever some program takes for an end of line
_UNFIT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"(?:https?://|gare:///)\S+")
_OWN = re.compile(r"^((?:URL|IMAGE)[^\r\n:]*:)gare:///((?:[^\r\n]|\r\n )*)", re.MULTILINE)
_FOLD = 74  # octets in a line that continues another


def text(said: str) -> str:
    """Give a text of several lines; ends of line are `\\n`."""
    return _UNFIT.sub("", _BREAKS.sub("\n", said)).strip()


def line(said: str) -> str:
    """Give a text of one line."""
    return " ".join(text(said).split())


def uri(said: str) -> str:
    """Give an address, percent-encoded (RFC 3986), or nothing where it is none that a program could open."""
    cleaned = text(said)
    return quote(cleaned, safe=":/?#[]@!$&'()*+,;=%~-._") if _ADDRESS.fullmatch(cleaned) else ""


def fold_own(written: str) -> str:
    """Fold the lines that hold an address of this site so that its beginning stands whole, at the end of a line."""
    return _OWN.sub(_folded, written)


def _folded(found: re.Match[str]) -> str:
    rest = found[2].replace("\r\n ", "")
    parts = [rest[at : at + _FOLD] for at in range(0, len(rest), _FOLD)]
    return "\r\n ".join([f"{found[1]}{BASE}", *parts])
