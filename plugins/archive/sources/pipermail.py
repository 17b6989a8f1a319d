"""Months of pipermail: an mbox whose attachments were cut out and lie in the folder `attachments/` beside it."""

import re
from dataclasses import replace
from pathlib import Path

from plugins.archive.sources.limits import MOST_MESSAGE
from plugins.archive.sources.raw import Raw

FOLDER = "attachments"
_NOTE = re.compile(rb"^-{10,} (?:next part|section suivante) -{10,}", re.MULTILINE)
_URL = re.compile(rb"URL[ \xa0\xc2]*:\s*<?\S*?/attachments/([^\s<>]+)")
_NAME = re.compile(rb"^(?:Name|Nom)[ \xa0\xc2]*:[ \t]*([^\r\n]+)", re.MULTILINE)


def with_files(raw: Raw, root: Path) -> Raw:
    """Give the message with the files that its scrubber notes name and that lie below `root`/attachments."""
    if b"\n----------" not in raw.content or not _NOTE.search(raw.content):  # the first is faster
        return raw
    files, left = [], MOST_MESSAGE
    for note in _NOTE.split(raw.content)[1:]:
        if not (url := _URL.search(note)) or not (path := _safe(root / FOLDER, url[1])):
            continue
        if (size := path.stat().st_size) > left:
            continue
        left -= size
        name = _NAME.search(note, 0, url.start())
        files.append((_text(name[1]).strip() if name else path.name, path.read_bytes()))
    return replace(raw, files=tuple(files))


def _safe(folder: Path, target: bytes) -> Path | None:
    """Find a file that really lies below the folder, wherever its name or a link points."""
    try:
        path = (folder / _text(target)).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
