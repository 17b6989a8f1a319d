"""The list of the fictional valley: short texts in `demo/`, made into messages as mail programs write them.

A line `# …` begins a thread with its subject; `@ day hour who` its first message, `= +days hour who` an answer to the
message before, `=n +days hour who` one to the n-th of the thread; days count from the thread's first. `file: name` at
the end of a message adds a picture of `demo/`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.archive.sources.raw import Raw

FOLDER = Path(__file__).parent / "demo"
ADDRESS = "les-gens@listes.vezoline.example"
_HEAD = re.compile(r"(?:@ (?P<day>\S+)|=(?P<parent>\d*) \+(?P<later>\d+)) (?P<hour>\d\d:\d\d) (?P<who>\w+)")
_ZONE = ZoneInfo("Europe/Paris")
_NAMES = {"lea": "Léa", "etienne": "Étienne", "helene": "Hélène", "aicha": "Aïcha", "ines": "Inès"}
_QUOTERS = 3  # every third answer quotes what it answers, as people do


@dataclass(frozen=True, slots=True)
class _Said:
    subject: str
    parent: int | None  # its place in the thread, from 0
    at: datetime
    who: str
    text: str


def messages(language: str) -> Iterator[Raw]:
    """Give the messages of the list in a language, the oldest thread first."""
    number = 0
    for file in sorted(FOLDER.glob(f"{language}-*.txt")):
        for thread in file.read_text("utf-8").split("\n# "):
            said = list(_read(thread.removeprefix("# ")))
            for place, one in enumerate(said):
                number += 1
                content = bytes(_written(said, place, language if number % _QUOTERS == 0 else ""))
                yield Raw(content, f"{file.name}:{number}", int(one.at.timestamp()))


def _read(thread: str) -> Iterator[_Said]:
    subject, _, rest = thread.partition("\n")
    first: datetime | None = None
    parts = re.split(r"^(?=[@=])", rest, flags=re.MULTILINE)
    for place, part in enumerate(filter(str.strip, parts)):
        head, _, text = part.partition("\n")
        found = _HEAD.fullmatch(head)
        assert found is not None, head
        first = first or datetime.fromisoformat(found["day"]).replace(tzinfo=_ZONE)
        hour, minute = map(int, found["hour"].split(":"))
        at = (first + timedelta(days=int(found["later"] or 0))).replace(hour=hour, minute=minute)
        parent = int(found["parent"]) - 1 if found["parent"] else place - 1
        yield _Said(subject.strip(), parent if place else None, at, found["who"], text.strip())


def _written(said: list[_Said], place: int, quoting: str) -> EmailMessage:
    """Write a message; `quoting` is the language in which it says whom it quotes, or empty."""
    one = said[place]
    message = EmailMessage()
    message["From"] = f"{_name(one.who)} <{one.who}@vezoline.example>"
    message["To"] = ADDRESS
    message["Date"] = format_datetime(one.at)
    message["Message-ID"] = _id(one)
    message["Subject"] = one.subject if one.parent is None else f"Re: {one.subject}"
    message["List-Id"] = f"<{ADDRESS.replace('@', '.')}>"
    text, _, picture = one.text.partition("\nfile: ")
    if one.parent is not None:
        answered = said[one.parent]
        message["In-Reply-To"] = _id(answered)
        message["References"] = " ".join(map(_id, _line_of(said, place)))
        text = f"{text}\n\n{_quoted(answered, quoting)}" if quoting else text
    message.set_content(f"{text}\n")
    if picture:
        message.add_attachment((FOLDER / picture).read_bytes(), maintype="image", subtype="png", filename=picture)
    return message


def _line_of(said: list[_Said], place: int) -> list[_Said]:
    """Give the messages that lead to one, the first of the thread first."""
    line: list[_Said] = []
    parent = said[place].parent
    while parent is not None:
        line.append(said[parent])
        parent = said[parent].parent
    return line[::-1]


def _id(one: _Said) -> str:
    return f"<{one.at:%Y%m%d%H%M}.{one.who}@vezoline.example>"


def _name(who: str) -> str:
    return _NAMES.get(who, who.capitalize())


def _quoted(answered: _Said, language: str) -> str:
    text = answered.text.partition("\nfile: ")[0]
    head = (
        f"Le {answered.at:%d/%m/%Y} à {answered.at:%H:%M}, {_name(answered.who)} a écrit :"
        if language == "fr"
        else f"On {answered.at:%d/%m/%Y} at {answered.at:%H:%M}, {_name(answered.who)} wrote:"
    )
    return "\n".join((head, *(f"> {line}".rstrip() for line in text.splitlines())))
