"""What was decided and what is to be done, as a text of minutes says it: proposals that somebody looks at."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from plugins.minutes.lines.due_dates import find_impossible, read_due, take_due, tidy
from plugins.minutes.lines.headings import Section, read_heading, section_of
from plugins.minutes.lines.letters import fold, words
from plugins.minutes.lines.markers import Kind, Start, has_words, read_start
from plugins.minutes.lines.persons import People, take_person
from plugins.minutes.lines.tables import Table, read_cells, read_head
from plugins.minutes.lines.text_lines import Line, read_lines

MOST_WORDS = 500  # letters
_DONE = re.compile(r"(?:[(\[] ?| [–—-]+ |[,;:.] )(?:c'est )?(?:faite?s?|done|ok)\b ?[)\]!.]* ?$|[✅✔✓☑]\s*$")
_DONE_ALOUD = re.compile(r" (?:FAITE?S?|DONE|OK)[ .!]*$")
_NUMBERED = re.compile(r"^[DdAa]°? ?\d{1,3}(?: ?: ?| ?[–—-]+ |[.)] )")  # D1 : …, below a heading
_DONE_FIRST = re.compile(r"(?:faite?s?|done)(?: ?: ?| [–—-]+ )")
_NOTHING = re.compile(
    r"(?:rien(?: a signaler)?|aucune?(?: decision| action)?|neant|ras|none|nothing|n/a|pas d[e'].{0,20})[ .!]*$"
)
_CONTENTS = re.compile(r"[-*+•\d.)\s]{1,20}\[[^\[\]]{1,300}\]\(#[^()\s]{0,300}\)\s*$")
_CODE = re.compile(r"[-*+\s]{0,20}`[^`]{1,2000}`\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """A decision or an action. `line` counts from 0; `source` is the line as it stands; `who` is as typed.

    `impossible` holds the words of a day that the line names and that does not exist.
    """

    kind: Kind
    what: str
    who: str
    due: date | None
    is_done: bool
    line: int
    source: str
    impossible: str = ""


def find_lines(text: str, day: date, names: Collection[str] = ()) -> list[Found]:
    """Find the lines that say what was decided and what is to be done. Days are counted from `day`, the meeting's."""
    reader = _Reader(day, People(names))
    lines = list(read_lines(text))
    for line, following in zip_longest(lines, lines[1:]):
        is_next = following is not None and following.number == line.number + 1
        reader.read(line, following.text if following and is_next else "")
    return reader.found


class _Reader:
    """What the lines read so far have opened: a section, a list, a table."""

    def __init__(self, day: date, people: People) -> None:
        self.found: list[Found] = []
        self._day, self._people = day, people
        self._section: Section | None = None
        self._is_brief = False  # opened by a line such as "Actions :", closed by the next line that is no item
        self._indent: int | None = None
        self._table: Table | None = None

    def read(self, line: Line, following: str) -> None:
        if not line.text.strip():
            self._table = None
            return
        heading = read_heading(line.text, following)
        if heading is not None and not (self._table and "|" in line.text):
            self._open(section_of(heading), is_brief=False)
        elif "|" in line.text and self._read_table(line, following):
            return
        if heading is None:
            self._read_line(line)

    def _open(self, section: Section | None, *, is_brief: bool) -> None:
        self._section, self._is_brief, self._indent, self._table = section, is_brief, None, None

    def _read_table(self, line: Line, following: str) -> bool:
        if self._table is None:
            self._table = read_head(line.text, following, self._section)
            return self._table is not None
        cells = read_cells(line.text)
        if any(has_words(cell) for cell in cells):
            self._keep_row(self._table, cells, line)
        return True

    def _keep_row(self, table: Table, cells: list[str], line: Line) -> None:
        start = read_start(_cell(cells, table.what))
        state = fold(_cell(cells, table.state))
        is_done = start.is_done or state.strip(" .!") in (
            "fait",
            "faite",
            "done",
            "ok",
            "oui",
            "yes",
            "x",
            "✅",
            "✔",
            "✓",
            "☑",
        )
        who, due = _cell(cells, table.who), read_due(_cell(cells, table.when), self._day)
        kind = _kind(table.kind, is_action=bool(who or due))
        if table.who is None and table.when is None:
            self._keep(kind, replace(start, is_done=is_done), line)
        elif has_words(start.rest):
            shown = who if has_words(who) else ""
            self._add(
                Found(kind, start.rest, shown, due if kind == "action" else None, is_done, line.number, line.source)
            )

    def _read_line(self, line: Line) -> None:
        if _CONTENTS.match(line.text) or _CODE.match(line.text):
            return
        start = read_start(line.text)
        if (start.is_announced and not has_words(start.rest)) or self._is_list_head(start, line):
            self._open(section_of(line.text.strip(" -*_:")) or start.kind, is_brief=True)
            return
        if start.kind is None and not start.is_item and self._is_brief:
            self._open(None, is_brief=False)
        kind = start.kind if start.is_announced or self._section is None else self._kind_of_item(start, line)
        if kind is not None and not _NOTHING.match(fold(start.rest[:60])):
            self._keep(kind, start, line)

    def _is_list_head(self, start: Start, line: Line) -> bool:
        """Tell whether a line only announces a list: bold, or with a colon."""
        stripped = line.text.strip()
        is_head = not start.is_item and stripped.endswith((":", "**", "__", "：")) and len(stripped) < 80
        return is_head and section_of(stripped) is not None

    def _kind_of_item(self, start: Start, line: Line) -> Kind | None:
        """Give what an item of the list below a heading is; items below items explain these."""
        if not start.is_item and start.kind is None:
            return None
        if start.is_item:
            self._indent = line.indent if self._indent is None else self._indent
            if start.kind is None and line.indent > self._indent + 1:
                return None
        if self._section == "either" and start.kind is None:
            due, rest = take_due(start.rest, self._day)
            return "action" if due or take_person(rest, self._people)[0] else "decision"
        return (
            start.kind if self._section in ("either", None) else _kind(self._section, is_action=start.kind == "action")
        )

    def _keep(self, kind: Kind, start: Start, line: Line) -> None:
        said, is_done = _NUMBERED.sub("", start.rest, count=1) if self._section else start.rest, start.is_done
        if kind == "decision":
            self._add(Found(kind, said, "", None, is_done, line.number, line.source))
            return
        folded = fold(said)
        if done := _DONE.search(folded) or _DONE_FIRST.match(folded) or _DONE_ALOUD.search(said):
            said, is_done = said[: done.start()] + said[done.end() :], True
        due, said = take_due(said, self._day)
        impossible = "" if due else find_impossible(said, self._day)
        who, said = take_person(said, self._people)
        self._add(Found(kind, said, who, due, is_done, line.number, line.source, impossible))

    def _add(self, found: Found) -> None:
        what = _shortened(tidy(found.what))
        if has_words(what):
            what = (what[0].upper() + what[1:])[:MOST_WORDS]  # some letters are two as capitals
            self.found.append(replace(found, what=what) if what != found.what else found)


def _kind(section: Section, *, is_action: bool) -> Kind:
    if section == "either":
        return "action" if is_action else "decision"
    return section


def _cell(cells: list[str], number: int | None) -> str:
    return words(cells[number]) if number is not None and number < len(cells) else ""


def _shortened(what: str) -> str:
    if len(what) < MOST_WORDS:
        return what
    return what[: MOST_WORDS - 1].rpartition(" ")[0] or what[: MOST_WORDS - 1]
