"""Files that were sent to be imported, kept until somebody has looked at what would be done: an hour at most."""

import os
import re
import secrets
import time
from pathlib import Path

from app.errors import N_, NotFound

FOLDER = "imports"  # of the instance
SECONDS = 3600
_NAME = re.compile(r"[0-9a-f]{32}")
GONE = N_("The file has gone from here meanwhile. Send it again.")


def keep(instance: Path, content: bytes) -> str:
    """Keep a file, readable by the program alone; gives the name that finds it."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    clean(instance)
    name = secrets.token_hex(16)
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    return name


def load(instance: Path, name: str) -> bytes:
    """Read a file that was kept; raises NotFound."""
    if not _NAME.fullmatch(name):
        raise NotFound(GONE)
    try:
        return (instance / FOLDER / name).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(GONE) from error


def forget(instance: Path, name: str) -> None:
    """Remove a file that has been taken in."""
    if _NAME.fullmatch(name):
        (instance / FOLDER / name).unlink(missing_ok=True)


def clean(instance: Path) -> None:
    """Remove what nobody has come back for."""
    for file in (instance / FOLDER).glob("*"):
        try:
            if time.time() - file.stat().st_mtime > SECONDS:
                file.unlink()
        except FileNotFoundError:  # another process was faster
            continue
