"""What somebody wrote, told apart from what he quotes, signs with, forwards."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["fresh", "attribution", "quote", "signature", "forwarded"]

_MOST_WRAPPED = 4  # lines over which an attribution may be broken
_MOST_SIGNATURE = 25
_MOST_LINE = 400  # longer lines are no marks
_ENDS = re.compile(r"(?:a écrit|écrivait|a ecrit|wrote|writes|schrieb|escribió)\s*:\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"^\s*(?:(?:le|on|am|el)\s+\S|\d|[\w\"'<.-])", re.IGNORECASE)
_DATED = re.compile(r"\d{1,2}[:h]\d{2}|\b(?:19|20)\d\d\b|\d{1,2}/\d{1,2}/\d{2}")
_ORIGINAL = re.compile(
    r"^\s*-{2,} ?(?:message d['’]origine|message original|original message"
    r"|ursprüngliche nachricht|reply to message)\s?-{2,}\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(?:-{2,} ?(?:forwarded message|message transf[ée]r[ée]"
    r"|message réexpédié|weitergeleitete nachricht)\b.{0,80}"
    r"|(?:début du message (?:transféré|réexpédié)|begin forwarded message)\s*:?)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s*\*?(?:de|from|von)\s?:\*?\s*\S", re.IGNORECASE)
_FIELD = re.compile(
    r"^\s*\*?(?:envoyé|envoyé le|date|sent|gesendet|à|to|cc|objet|subject|betreff)\s?:\*?", re.IGNORECASE
)
_SIGNED = re.compile(
    r"^\s*(?:envoyé (?:de|depuis|à partir d)\b.{0,80}|sent from (?:my|outlook|mail|yahoo)\b.{0,60}"
    r"|télécharger outlook pour.{0,60})$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:_{20,}|-{20,}|={20,}|-~-{5,}.*)\s*$")
_FOOTER = re.compile(
    r"liste de diffusion|mailing list|listinfo|sympa|désabonn|unsubscri|désinscri|google ?groups|framalistes"
    r"|groups\.io",
    re.IGNORECASE,
)
# How the first word of every mark but an attribution begins: most lines are none, and are asked no more than this.
_MARKED = re.compile(r"\s*(?:[-_=*]|d[eé]|from|von|begin|envoyé|sent|télé)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a text, of one kind."""

    kind: Kind
    text: str


def fold(text: str) -> tuple[Piece, ...]:
    """Cut a text into pieces; joined with line breaks they are the text. Forwards are a kind of their own."""
    lines = text.split("\n")
    kinds: list[Kind] = []
    while len(kinds) < len(lines):
        kind, count = _next(lines, len(kinds))
        kinds += [kind] * count
    return _joined(lines, _blanks_settled(lines, kinds))


def fresh(text: str) -> str:
    """Give what somebody wrote himself or forwarded, without quotes, attributions and signatures: for the search."""
    return "\n".join(piece.text for piece in fold(text) if piece.kind in ("fresh", "forwarded")).strip()


def _next(lines: list[str], at: int) -> tuple[Kind, int]:
    line = lines[at]
    if line.startswith((">", " >")):
        return "quote", 1
    if not line or len(line) > _MOST_LINE:
        return "fresh", 1
    return (_marked(lines, at) if _MARKED.match(line) else None) or _announced(lines, at)


def _marked(lines: list[str], at: int) -> tuple[Kind, int] | None:
    line, left = lines[at], len(lines) - at
    if _FORWARDED.match(line):
        return "forwarded", left
    if _ORIGINAL.match(line) or _is_header_block(lines, at):
        return "quote", left
    if _is_signature(lines, at):
        return "signature", _signature_length(lines, at)
    return None


def _announced(lines: list[str], at: int) -> tuple[Kind, int]:
    count = _attribution(lines, at)
    return ("attribution", count) if count else ("fresh", 1)


def _is_header_block(lines: list[str], at: int) -> bool:
    return bool(_FROM.match(lines[at])) and sum(bool(_FIELD.match(line)) for line in lines[at + 1 : at + 6]) >= 2


def _is_signature(lines: list[str], at: int) -> bool:
    line, left = lines[at], len(lines) - at
    if line in ("-- ", "--") or _SIGNED.match(line):
        return True
    return left <= _MOST_SIGNATURE and bool(_RULE.match(line)) and any(_FOOTER.search(one) for one in lines[at + 1 :])


def _signature_length(lines: list[str], at: int) -> int:
    if _SIGNED.match(lines[at]):
        return 1
    for end in range(at + 1, min(len(lines), at + _MOST_SIGNATURE)):
        line = lines[end]
        if line.startswith(">") or (
            0 < len(line) <= _MOST_LINE and (_ORIGINAL.match(line) or _attribution(lines, end))
        ):
            return end - at
    return min(len(lines) - at, _MOST_SIGNATURE)


def _attribution(lines: list[str], at: int) -> int:
    """Give how many lines an attribution has that begins here; 0 where none does. What it announces must follow."""
    if not _BEGINS.match(lines[at]):
        return 0
    for end in range(at, min(at + _MOST_WRAPPED, len(lines))):
        line = lines[end][-_MOST_LINE:]
        if not line.strip() or line.startswith(">"):
            return 0
        if line.rstrip().endswith(":") and _ENDS.search(line):
            whole = " ".join(lines[at : end + 1])
            is_whole = end == at or bool(
                re.match(r"\s*(?:le|on|am|el)\s", whole, re.IGNORECASE) and _DATED.search(whole)
            )
            return end + 1 - at if is_whole and _is_quoted_after(lines, end + 1) else 0
    return 0


def _is_quoted_after(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.startswith((">", " >"))


def _blanks_settled(lines: list[str], kinds: list[Kind]) -> list[Kind]:
    """Let blank lines belong to the quote or attribution on both sides of them."""
    before: Kind = "fresh"
    start = 0
    for at, kind in enumerate(kinds):
        if not lines[at].strip() and kind == "fresh":
            continue
        if before in ("quote", "attribution") and kind in ("quote", "signature"):
            kinds[start:at] = [before] * (at - start)
        before, start = kind, at + 1
    return kinds


def _joined(lines: list[str], kinds: list[Kind]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or kinds[at] != kinds[start]:
            pieces.append(Piece(kinds[start], "\n".join(lines[start:at])))
            start = at
    return tuple(pieces)
