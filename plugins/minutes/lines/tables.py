"""Tables of who does what until when."""

import re
from dataclasses import dataclass

from plugins.minutes.lines.headings import Section
from plugins.minutes.lines.letters import fold, words

_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|){0,30}\s*:?-+:?\s*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_MOST_CELLS = 30
_HEADS = (
    ("decision", re.compile(r"(?:les )?(?:decisions?|resolutions?)(?: prises?)?")),
    ("action", re.compile(r"(?:actions?|taches?|tasks?|a faire|to ?do|action items?)(?: a mener| a faire)?")),
    ("what", re.compile(r"quoi|what|objet|sujet|description|intitule")),
    ("who", re.compile(
        r"(?:par )?qui(?: fait)?|resp(?:onsables?)?\.?|porteur.{0,12}|referent.{0,6}|pilotes?|par"
        r"|who|owners?|assigned to|assignee"
    )),
    ("when", re.compile(
        r"(?:pour )?quand|echeances?|pour(?: le)?|avant le|d'ici le|delais?|date(?: limite)?"
        r"|(?:by )?when|due(?: date)?|deadline|by"
    )),
    ("state", re.compile(r"fait|etat|statut|status|done|avancement|ok")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Which column of a table says what; None where none does."""

    kind: Section
    what: int
    who: int | None
    when: int | None
    state: int | None


def read_cells(line: str) -> list[str]:
    """Give the plain words of each cell."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [words(cell.replace("\\|", "|")).strip() for cell in _BAR.split(inner, _MOST_CELLS)]


def read_head(line: str, following: str, section: Section | None) -> Table | None:
    """Give what the columns hold of a table that begins here; None where none does, or one about something else."""
    if "|" not in line or "-" not in following or not _RULE.match(following[:400]):
        return None
    columns: dict[str, int] = {}
    for number, cell in enumerate(read_cells(line)):
        said = fold(cell).rstrip(" :?")
        name = next((name for name, pattern in _HEADS if pattern.fullmatch(said)), "")
        columns.setdefault(name, number)
    what = next((columns[name] for name in ("decision", "action", "what") if name in columns), None)
    if section is None and (what is None or not columns.keys() & {"who", "when"}):
        return None
    named: Section = "decision" if "decision" in columns else "action"
    is_named = bool(columns.keys() & {"decision", "action"})
    kind = named if is_named or section is None else section
    first = columns.get("", 0) if what is None else what
    return Table(kind, first, columns.get("who"), columns.get("when"), columns.get("state"))
