"""Messages ready for the templates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.plugin import url, viewer
from plugins.archive import replying, text_shown, words
from plugins.archive.file_shown import ShownFile, described
from plugins.archive.masking import mask
from plugins.archive.reading import text_of
from plugins.archive.text_shown import Shown
from plugins.archive.tree import Place, line_above

if TYPE_CHECKING:
    from plugins.archive.lists import MailList
    from plugins.archive.reading import Reading


PAGE, SHORTEST = 1_000_000, 5_000  # characters of a page, and of a message in it


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message. `person` is the address of the page of who wrote it; `above` what it answers, if that is not near.

    `odd` is the date that it bears, where that is far from when it came. `reply` opens a mail program.
    """

    code: str
    anchor: str
    address: str
    author: str
    person: str
    at: datetime
    odd: datetime | None
    subject: str
    depth: int
    pieces: Sequence[Shown]
    files: Sequence[ShownFile]
    reply: str
    above: "Above | None" = None
    has_html: bool = False
    is_hidden: bool = False
    is_from_html: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Above:
    """What a message answers: by whom, and where it stands."""

    author: str
    address: str


def is_masked() -> bool:
    """Tell whether addresses of people are kept from the reader."""
    return not viewer().is_signed_in


def anchor(code: str) -> str:
    """Name the place of a message on the page of its thread."""
    return f"gc-{code}"


def address_of(list_: "MailList", code: str) -> str:
    """Give the address of a message."""
    return url("archive_message.show", name=list_.name, code=code)


def author_page(list_: "MailList", person: str | None) -> str:
    """Give the address of who wrote; empty for those who may not see it."""
    return "" if is_masked() or not person else url("archive.person", name=list_.name, code=person)


def messages(
    reading: "Reading", places: Sequence[Place], everybody: Sequence[Place], at: Callable[[Place], str],
    subject: str = "", most: int = replying.SHORT,
) -> list[ShownMessage]:  # fmt: skip
    """Prepare messages in their order; `everybody` is their whole thread, `at` gives where one stands.

    A subject is said where it is another than `subject`, that of the thread.
    """
    rows, files = reading.messages(one.id for one in places), reading.files_of(one.id for one in places)
    room = max(SHORTEST, PAGE // max(1, len(places)))
    by_id, found, before = {one.id: one for one in everybody}, list[ShownMessage](), None
    for place in places:
        if place.id not in rows:  # it went while this was read
            continue
        row = rows[place.id]
        far = place.above if place.above not in {before, None} else None
        above = Above(_author_of(reading, rows, far), at(by_id[far])) if far is not None else None
        keys = [one.key for one in line_above(everybody, place)]
        shown = _message(reading.list_, row, files.get(row.id, ()), place, keys, above, subject, most, room)
        found.append(shown)
        before = place.id
    return found


def _author_of(reading: "Reading", rows: dict[int, Any], number: int) -> str:
    row = rows.get(number) or reading.messages([number]).get(number)
    return words.who(row.author if row else "", is_masked=is_masked())


def _message(
    list_: "MailList", row: Any, files: Sequence[Any], place: Place, keys: Sequence[str], above: Above | None,
    subject: str, most: int, room: int,
) -> ShownMessage:  # fmt: skip
    masked = is_masked()
    author, own = words.who(row.author, is_masked=masked), words.subject(row.subject, is_masked=masked)
    whole = text_of(row)
    pieces = text_shown.pieces(whole[:room], is_masked=masked)
    text = text_shown.plain(pieces)
    return ShownMessage(
        row.code, anchor(row.code), address_of(list_, row.code), author, author_page(list_, row.person),
        words.moment(row.at), words.odd_date(row), "" if _is_same(own, subject) else own, place.depth, pieces,
        described(list_, row.code, files),
        replying.reply_to(list_.address, row, keys, who=author, subject=own, text=mask(text), most=most),
        above, row.has_html, row.is_hidden, row.is_from_html, len(whole) > room,
    )  # fmt: skip


def _is_same(own: str, subject: str) -> bool:
    """Tell whether a subject says no more than that of the thread."""
    return bool(subject) and own.casefold().endswith(subject.casefold())
