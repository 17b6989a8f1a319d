"""Between messages and pages: where `mail:` links lead, and what a page begins with that is made of a thread."""

import re
from typing import TYPE_CHECKING, Any

from app.errors import NotFound
from app.plugin import Draft, url
from plugins.archive.door import ArchiveDoor
from plugins.archive.masking import mask
from plugins.archive.message.identity import canonical, code_of
from plugins.archive.message.quotes import fresh
from plugins.archive.reading import text_of
from plugins.archive.tree import lay_out

if TYPE_CHECKING:
    from app.plugin import Viewer
    from plugins.archive.reading import Reading

MOST_MESSAGES, MOST_TEXT = 40, 30_000
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~]|\{\{|^(?:[-+=]|\d+[.)]))", re.MULTILINE)


def address_of(target: str) -> str:
    """Give where `mail:MESSAGE-ID` leads: to the message in whichever list the reader may read."""
    key = canonical(target)
    return url("archive.find", code=code_of(key)) if key else ""


def draft(door: ArchiveDoor, viewer: "Viewer", reference: str) -> Draft | None:
    """Give the draft of a page made of a thread (`LIST/t/CODE`) or a message (`LIST/m/CODE`); None where not read."""
    name, _, rest = reference.partition("/")
    kind, _, code = rest.partition("/")
    try:
        reading = door.open(viewer, name)
        if kind == "t":
            return _of_thread(reading, reading.thread(code))
        return _of_message(reading, reading.message(code)) if kind == "m" else None
    except NotFound:
        return None


def _of_thread(reading: "Reading", thread: Any) -> Draft:
    places = lay_out(reading.places(thread.id), with_hidden=False)[:MOST_MESSAGES]
    rows = reading.messages(place.id for place in places)
    text = "\n\n".join(_said(rows[place.id]) for place in places if place.id in rows)[:MOST_TEXT]
    address = url("archive_thread.show", name=reading.list_.name, code=thread.code)
    return Draft(_title(thread.subject), text, _title(thread.subject), address)


def _of_message(reading: "Reading", row: Any) -> Draft:
    address = url("archive_message.show", name=reading.list_.name, code=row.code)
    return Draft(_title(row.subject), _text(row)[:MOST_TEXT], _title(row.subject), address)


def _title(subject: str) -> str:
    """Give a subject without what lists and mail programs put before it."""
    said = re.sub(r"^(?:\s*(?:re|r[ée]p?|aw|sv|tr|fwd?)\s*:|\s*\[[^\]]{1,40}\])+", "", subject, flags=re.IGNORECASE)
    return mask(said).strip() or mask(subject).strip()


def _said(row: Any) -> str:
    return f"**{_escaped(mask(row.author))}**\n\n{_text(row)}"


def _text(row: Any) -> str:
    """Give what somebody wrote as Markdown that shows it as it was; addresses of people stay in the archive."""
    return _escaped(mask(fresh(text_of(row))))


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)
