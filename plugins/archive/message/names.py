"""Names of files that are safe to show and to save."""

import mimetypes
from pathlib import PurePosixPath

from . import charsets

_MOST_BYTES = 150
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def safe(name: str, kind: str = "") -> str:
    """Give the last part of a name, without controls and marks, of at most 150 bytes, its ending kept; never empty."""
    name = charsets.one_line(name[-4000:]).replace("\\", "/").rpartition("/")[2]
    name = name.translate(_FORBIDDEN).strip(" .")
    if not name:
        return "file" + (mimetypes.guess_extension(kind) or "")
    if len(name.encode()) <= _MOST_BYTES:
        return name
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending.encode()) <= 20 else ""
    stem = name[: len(name) - len(ending)].encode()[: _MOST_BYTES - len(ending.encode())]
    return stem.decode("utf-8", "ignore").rstrip(" .") + ending


def kind_of(name: str) -> str:
    """Guess the type of a file by its name."""
    return mimetypes.guess_type(safe(name))[0] or "application/octet-stream"
