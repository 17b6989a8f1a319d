"""Who was there, who held which role and when one meets again, as the first and last lines of notes say it."""

import re
from collections.abc import Iterator

from plugins.minutes.lines.headings import read_heading
from plugins.minutes.lines.letters import fold, words
from plugins.minutes.lines.text_lines import read_lines

HEAD_LINES = 60  # of notes in which people and roles are looked for; the next meeting may stand anywhere
MOST_NAMES = 100
MOST_NAME, MOST_ROLE, MOST_LINE = 60, 120, 2_000  # letters
PEOPLE = ("present", "excused")
ROLES = ("facilitator", "scribe", "timekeeper")
NEXT = "next"
_ENDING = r"(?:\(?[-.·]?e\)?)?(?:\(?[-.·]?s\)?)?(?:[-.·]es)?"  # présents, présent·e·s, présent(e)s
_LABELS = {
    "present": rf"(?:(?:les |personnes |membres |etaient )?presente?s?{_ENDING}(?: (?:et|&) presente?s)?"
    rf"|participant{_ENDING}|attend(?:ees|ance)|people present|participants)",
    "excused": rf"(?:(?:absents? )?excuse{_ENDING}|absent{_ENDING}(?: excuse{_ENDING})?|apologies|regrets)",
    "facilitator": r"(?:animation|facilitation|animee? par|animat(?:eur|rice)|facilitat(?:eur|rice|or)|chaired by"
    r"|facilitated by|chair)",
    "scribe": r"(?:secretaire(?: de seance)?|secretariat|prise de notes?|notes? prises? par|notes? par|scribe"
    r"|note ?taker|minutes taken by|notes by)",
    "timekeeper": r"(?:(?:gardien(?:ne)?|maitre|maitresse) du temps|temps (?:garde|surveille) par|time ?keeper)",
    NEXT: r"(?:prochaine (?:reunion|rencontre|assemblee|seance|date)|next meeting|next date)",
}
_COUNT = r"(?: ?\(\d{1,3}\)| ?: ?\d{1,3}(?= ?:))?"
_SAID = [(name, re.compile(rf"{label}{_COUNT} ?(?P<colon>:|$)")) for name, label in _LABELS.items()]
_ALSO = re.compile(rf" ?[.;|/–—-] +(?=(?:{'|'.join(_LABELS.values())}){_COUNT} ?:)")
_MARKS = re.compile(r"^[\s>*+•–—-]{0,12}(?:\d{1,2}[.)] )?")
_BOLD = re.compile(r"\s*(?:\*\*|__).{1,80}(?:\*\*|__)\s*$")
_BETWEEN = re.compile(r" ?[,;/&+] ?(?:(?:et|and) )?| (?:et|and) ")
_ASIDE = re.compile(r" ?\([^()]{0,80}\)$")
_SENTENCE = re.compile(r"(?<=\w\w)[.!?] |(?<=\d)[.!?] ")
_LETTER = re.compile(r"[^\W\d_]")


def read_head(text: str) -> dict[str, list[str]]:
    """Find names and roles; keys are names of the form's questions, and only those that the notes answer."""
    found: dict[str, list[str]] = {}
    for name, said in _answers(text):
        if name in PEOPLE:
            found.setdefault(name, []).extend(_names(said))
        elif _LETTER.search(said) and name not in found:
            found[name] = [said if len(said) <= MOST_ROLE else said[:MOST_ROLE].rpartition(" ")[0]]
    return {name: list(dict.fromkeys(said))[:MOST_NAMES] for name, said in found.items() if said}


def _answers(text: str) -> Iterator[tuple[str, str]]:
    """Give each answer with its name: what stands behind the colon, else the lines below until one is blank."""
    opened, is_begun = "", False
    for number, line in enumerate(read_lines(text)):
        heading = read_heading(line.text)
        bare = words(_MARKS.sub("", line.text if heading is None else heading, count=1)).strip()
        found = [
            (name, said)
            for name, said in _labelled(bare, may_stand_alone=heading is not None or bool(_BOLD.match(line.text)))
            if number < HEAD_LINES or name == NEXT
        ]
        if found:
            yield from found
            opened, is_begun = ("" if found[-1][1] else found[-1][0]), False
        elif heading is not None or (not bare and is_begun):
            opened = ""
        elif opened and bare:
            is_begun = True
            yield opened, bare.rstrip(" .")


def _labelled(said: str, *, may_stand_alone: bool) -> Iterator[tuple[str, str]]:
    """Give the answers of a line that names what they answer; some say several in one line."""
    folded, start = fold(said[:MOST_LINE]), 0
    for end in [*(cut.start() for cut in _ALSO.finditer(folded)), len(folded)]:
        part, shown = folded[start:end], said[start:end]
        skipped = len(part) - len(part.lstrip(" .;|/–—-"))
        name, after = _name_of(part[skipped:], may_stand_alone=may_stand_alone)
        if not name:
            return
        yield name, shown[skipped + after :].strip(" .")
        start = end


def _name_of(folded: str, *, may_stand_alone: bool) -> tuple[str, int]:
    for name, pattern in _SAID:
        found = pattern.match(folded)
        if found and (found["colon"] or may_stand_alone):
            return name, found.end()
    return "", 0


def _names(said: str) -> list[str]:
    every = (_ASIDE.sub("", one.strip(" .")) for one in _BETWEEN.split(_SENTENCE.split(said)[0]))
    return [one for one in every if _LETTER.search(one) and len(one) <= MOST_NAME]
