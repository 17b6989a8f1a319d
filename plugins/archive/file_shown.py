"""Attachments ready for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.plugin import size_words, url, viewer
from plugins.archive.masking import mask

if TYPE_CHECKING:
    from plugins.archive.lists import MailList

# What a browser shows as a picture, and runs nothing of; all else is for saving only.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One attachment; `thumb` is the address of a small picture, where it is one."""

    name: str
    href: str
    size: str
    thumb: str = ""


def address_of(list_: "MailList", code: str, row: Any, **query: str) -> str:
    """Give the address of an attachment."""
    return url("archive_file.show", name=list_.name, code=code, number=row.number, **query)


def described(list_: "MailList", code: str, rows: Sequence[Any]) -> list[ShownFile]:
    """Prepare the attachments of a message."""
    return [one_of(list_, code, row) for row in rows]


def one_of(list_: "MailList", code: str, row: Any) -> ShownFile:
    """Prepare one attachment."""
    thumb = address_of(list_, code, row, width="320") if row.kind in PICTURES else ""
    name = row.name if viewer().is_signed_in else mask(row.name)
    return ShownFile(name, address_of(list_, code, row), size_words(row.size), thumb)
