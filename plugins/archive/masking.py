"""Addresses of people, taken out of what is shown to everybody.

A sign (“@”, “(at)”, “ at ” …) that a domain follows is looked for in one pass; what stands before it is read
backwards, a bounded way. So a text costs what it is long, whatever it holds.
"""

import re

MASK = "…@…"
_MOST_LEFT, _MOST_LOCAL, _MOST_TOP = 160, 128, 26  # characters
_SIGN = "@＠﹫ⓐ"
_AT = "at|arobase|arobas|chez"
_UNSEEN = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"  # nobody sees them
_LETTER = rf"\w{_UNSEEN}\u0300-\u036f\-"  # with accents that stand alone
_BLANK = rf"[\t\r\ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000{_UNSEEN}]"

_GAP = rf"{_BLANK}{{0,4}}+(?:&nbsp;{_BLANK}{{0,4}}+){{0,2}}(?:\n[>\ ]{{0,9}}+{_BLANK}{{0,4}}+)?"  # in quotes, too
_LABEL = rf"[{_LETTER}]++"
_DOT = rf"""(?:[.。．｡] | %(?:25)*(?i:2e) | &(?:amp;)*\#0*46;
    | {_BLANK}{{0,2}}+ [(\[{{<](?i:dot|point|\.)[)\]}}>] {_BLANK}{{0,2}}+)"""
_SAID_DOT = rf"{_BLANK}{{1,4}}+ (?i:dot|point|\.) {_BLANK}{{1,4}}+"
# All begin with one of few characters, for which `re` looks fast; which one it was is asked behind it.
_FOUND = re.compile(
    rf"""[{_SIGN}%&(\[{{<;\s]
    (?: (?<=[{_SIGN}])
      | (?<=%) (?:25)*40
      | (?<=&) (?:amp;)* (?: (?i:\#0*64|\#x0*40|commat); | lt;(?i:{_AT})&gt; )
      | (?<=[(\[{{<]) \ ? (?i:{_AT}|[{_SIGN}]) \ ? [)\]}}>]
      | (?: (?<=\s) | (?<=&nbsp;) ) (?P<word> (?i:{_AT}|à) ) (?=\s|&nbsp;)
    )
    (?P<gap>{_GAP})
    (?P<domain> \[(?i:ipv6:)?[0-9a-fA-F.:]{{2,45}}\]
      | {_LABEL} (?: (?:{_DOT}{_LABEL})+ | (?P<said> {_SAID_DOT}{_LABEL} (?:(?:{_DOT}|{_SAID_DOT}){_LABEL})* ) )
    )""",
    re.VERBOSE,
)


def _backwards(*words: str) -> str:
    return "|".join(re.escape(word[::-1]) for word in words)


# What stands before the sign, backwards. The sign may have taken the last letter of “&nbsp;”.
_PAG = rf"(?P<gap>{_BLANK}{{0,4}}+(?:;?psbn&{_BLANK}{{0,4}}+){{0,2}}(?:[>\ ]{{0,9}}\n{_BLANK}{{0,4}}+)?)"
_LEFT = re.compile(
    rf"""{_PAG}(?P<local>"[^"\n<>=…]{{1,64}}"|[{_LETTER}{_SIGN}.!#$%'*+/=?^{{|}}~]{{0,{_MOST_LOCAL}}}+)"""
)
_HEADERS = _backwards("mailto", "from", "de", "to", "à", "cc", "reply-to")
_WORDS = _backwards("courriel", "mail", "email", "e-mail", "écrire à", "écrivez à", "contact", "contacter", "contactez")
_LEFT_OF_WORD = re.compile(
    rf"""{_PAG}(?P<local>[{_LETTER}.+]{{0,{_MOST_LOCAL}}}+)
    (?: (?P<open> <|;tl& )
      | (?P<told> \s{{0,2}} (?i: :(?:\s|;psbn&)?(?:{_HEADERS}) | :?(?:\s|;psbn&)?(?:{_WORDS}) ) )\b
      | (?P<line> \s{{1,2}}(?i:morf) )\b
      | (?P<path> / )
    )?""",
    re.VERBOSE,
)
_RIGHT = re.compile(
    r"""(?P<open> >|&gt; ) | (?P<line> \s{1,2}(?:mon|tue|wed|thu|fri|sat|sun)\b )
    | (?P<told> \s{0,2}(?:wrote|writes|a\sécrit|schrieb|escribió)\s?: )""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOKS_LOCAL = re.compile(
    r"""(?!.*-(?i:vous|nous|je|tu|ils?|elles?|on|y|en|moi|toi|l[àae]|ci|end|up)\Z)
    (?=.*[^\W\d_]) (?: .*\d | .*[^\W_][._+-][^\W_] )""",
    re.VERBOSE,
)
_TOP = re.compile(rf"(?<!\w)[^\W\d_](?:[^\W\d_]|[{_UNSEEN}])+[\W_]*$")
_NOBODY = frozenset("me us him her them you it moi nous vous lui eux form page".split())
_BEFORE_POINT = frozenset("a an any each every no one some that the this what which ce quel un".split())


def mask(text: str) -> str:
    """Put a mark in place of each address of mail; names stay."""
    kept, end = list[str](), 0
    for found in _FOUND.finditer(text):
        start = _find_start(text, found, end)
        if start is not None:
            kept += (text[end:start], MASK)
            end = found.end()
    return "".join((*kept, text[end:]))


def _find_start(text: str, found: re.Match[str], end: int) -> int | None:
    """Find where an address begins, after the `end` of the one before; None where it is none."""
    at, is_word = found.start(), found["word"] is not None
    bare = None if is_word or found["said"] else at
    if at == end:
        return bare
    left = (_LEFT_OF_WORD if is_word else _LEFT).match(text[max(end, at - _MOST_LEFT) : at][::-1])
    assert left is not None  # it may be empty
    if not left["local"]:
        return bare
    if is_word:
        return at - left.end("local") if _is_spelt(left, found) else None
    is_said_point = found["said"] and left["gap"] and not found["gap"]  # “avec @marie point 3”
    return None if is_said_point else at - left.end("local")


def _is_spelt(left: re.Match[str], found: re.Match[str]) -> bool:
    """Tell “nadia.b at example.org” from “look at example.org”."""
    local, domain, word = left["local"][::-1], found["domain"], found["word"].casefold()
    if not _TOP.search(domain[-_MOST_TOP:]) or local.casefold() in _NOBODY:
        return False
    if found["said"] and domain.split(maxsplit=1)[0].casefold() in _BEFORE_POINT:
        return False  # “at some point in”
    if left["told"] or word.startswith("arobas"):  # which says nothing else
        return True
    if word != "à" and not left["path"] and _LOOKS_LOCAL.match(local):
        return True
    right = _RIGHT.match(found.string, found.end())
    return right is not None and (bool(right["told"]) or left.lastgroup == right.lastgroup)
