"""What a source gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """One message as its source holds it, unescaped: `received_at` in seconds since 1970 where the source says it.

    `place` names where it stands, for reports and for going on after a stop; places of a source never change.
    `files` are attachments that lie beside it (the folder of pipermail): name and content.
    """

    content: bytes
    place: str
    received_at: int | None = None
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gives no message, and why (English msgid)."""

    place: str
    why: str
