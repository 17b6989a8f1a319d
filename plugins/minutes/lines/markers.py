"""What a line begins with: bullets, boxes, arrows, and the words that announce a decision or an action."""

import re
from dataclasses import dataclass
from typing import Literal

from plugins.minutes.lines.letters import fold, words

Kind = Literal["decision", "action"]

_MOST_SIGNS = 8
# One sign before the first word; each alternative takes at least one letter, and none can begin as another does.
_SIGN = re.compile(
    r"\s+|>+|(?P<bullet>(?:[-*+•–—▪◦‣·]|\d{1,3}[.)])(?=\s))|(?P<open>\[ ?\](?!\()|☐)|(?P<done>\[[xX]\](?!\()|☑)"
    r"|(?P<arrow>→|➜|➡|➔|⇒|=>|->|-->|==>)|[✅👉📌✔✓❗⚠📝🗳🎯👍➤►]"
)
_COLON = r"(?: ?:| [–—-]+(?= ))"
_LABEL = r"(?: ?(?:n°|no\.?|n\.?|num(?:ero)?|#)? ?[a-z]{0,3}\d[\d./-]{0,8})?(?: ?\([^()]{0,60}\))?"
_GROUP = (
    r"(?:groupe|assemblee|collectif|conseil|bureau|ca|ag|cercle|commission|equipe|association|reunion|meeting|group)"
)
_DECISION = re.compile(
    rf"(?:(?:releve (?:de |des )?)?decisions?|dec){_LABEL}{_COLON}"
    rf"|(?:decided?e?s?|adopte?e?s?d?|agreed|resolved){_LABEL}{_COLON}"
    r"|(?:il (?:est|a ete) (?:ainsi )?decide|nous (?:decidons|avons decide)|on (?:decide|a decide)"
    rf"|(?:le |la |l'|the ){_GROUP} (?:decide|a decide|decides|decided)|we (?:have )?(?:decided?|agreed?|resolved?)"
    r"|it (?:is|was|has been) (?:decided|agreed|resolved))"
    r"(?: ?:| (?!(?:toujours|souvent|trop|jamais|rarement|always|often|never) )"
    r"(?:que |qu'|de |d'|that |to |on )?(?=\S))"
)
_ACTION = re.compile(
    rf"(?:actions?(?: items?)?|a faire|a-faire|taches?|tasks?|to do|to-do|ap|qui fait quoi){_LABEL}{_COLON}"
    rf"|(?:afaire|todo){_LABEL}(?:{_COLON}|(?= |$))"
)
_MENTION = re.compile(r"@[^\W\d_]\w")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Start:
    """What a line begins with. `kind` is None where nothing announces anything; `rest` is what follows, plain."""

    kind: Kind | None
    rest: str
    is_item: bool
    is_done: bool
    is_announced: bool  # by a word, and not by a box or an arrow only


def read_start(line: str) -> Start:
    """Take off what a line begins with."""
    signs, at = _signs(line, 0)
    plain = words(line[at:])
    more, at = _signs(plain, 0)
    signs |= more
    kind, length = _announced(fold(plain[at : at + 160]))
    rest = plain[at + length :].strip()
    if kind:
        again, at = _signs(rest, 0)
        signs, rest = signs | (again & {"done"}), rest[at:].strip()
    weak = bool(signs & {"open", "done", "arrow"}) or bool(_MENTION.match(rest))
    found: Kind | None = kind or ("action" if weak else None)
    return Start(found, rest, bool(signs & {"bullet", "open", "done"}), "done" in signs, kind is not None)


def _signs(line: str, at: int) -> tuple[set[str], int]:
    signs: set[str] = set()
    for _ in range(_MOST_SIGNS):
        found = _SIGN.match(line, at)
        if found is None:
            break
        at = found.end()
        signs.add(found.lastgroup or "")
    return signs - {""}, at


def _announced(folded: str) -> tuple[Kind | None, int]:
    if folded[:1] not in _FIRST_LETTERS:
        return None, 0
    if found := _DECISION.match(folded):
        return "decision", found.end()
    if found := _ACTION.match(folded):
        return "action", found.end()
    return None, 0


_FIRST_LETTERS = frozenset("adiltnoqrwt")  # of all words above: most lines are asked no more than this


def has_words(text: str) -> bool:
    """Tell whether anything is said."""
    return _LETTER.search(text) is not None
