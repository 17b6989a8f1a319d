"""Where the branch stands, read from git's files: asking a process would cost more than the rest of a page view."""

import re
from pathlib import Path

from app.errors import Unavailable
from app.wiki.git import READING_FAILED

BRANCH = "refs/heads/main"
_REF = re.compile(r"([0-9a-f]{40})\n?")
_PACKED_REF = re.compile(rf"^([0-9a-f]{{40}}) {BRANCH}$", re.MULTILINE)


def read_tip(folder: Path) -> str | None:
    """Give the newest revision; None in an empty repository. Raises Unavailable where it cannot be told.

    Git keeps a branch in a file of its own, or as a line in `packed-refs`.
    """
    for _ in range(2):  # git packs a ref by writing the line, then removing the file: it may do so between our looks
        try:
            found = _REF.fullmatch((folder / BRANCH).read_text("ascii", "replace"))
            if found is None:
                raise Unavailable(READING_FAILED)
            return found[1]
        except FileNotFoundError:
            packed = _read_packed(folder)
            if packed is not None:
                return packed
    if not (folder / "objects").is_dir():
        raise Unavailable(READING_FAILED)
    return None


def _read_packed(folder: Path) -> str | None:
    try:
        found = _PACKED_REF.search((folder / "packed-refs").read_text("utf-8", "replace"))
    except FileNotFoundError:
        return None
    return found[1] if found else None
