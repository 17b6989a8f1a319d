"""Read a backup: its manifest, its members, whether every byte is there."""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from app.catalog import unfinished
from app.config import FILE, OPENID_FILE, PASSWORD_FILE, SECRET_FILE
from app.errors import N_, Invalid

FORMAT = 1
MANIFEST = "manifest.json"
SECRETS = (SECRET_FILE, PASSWORD_FILE, OPENID_FILE)  # closed to others, in an instance too
FILES = (FILE, *SECRETS, unfinished.FILE)
FOLDERS = ("mail", "themes", "plugins")
TOPS = frozenset({"content.git", "files", *FOLDERS, "tables", *FILES, MANIFEST})
DAMAGED = N_("This is no whole backup: %(what)s is damaged or missing. Take another one.")
_OBJECTS = "content.git/objects/"
_BLOCK = 1_000_000


def verify(file: Path) -> dict[str, Any]:
    """Read a backup to its end and give its manifest; raises Invalid where one byte is wrong or the tip is missing."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    packed: list[bytes] = []  # the lists of what git's packs hold: 30 bytes an object
    with refusing_damage(file):
        for name, stream in members(file):
            if name == MANIFEST:
                manifest = _manifest(stream)
                continue
            if name.startswith(_OBJECTS) and name.endswith(".idx"):
                packed.append(stream.read())
                stream = io.BytesIO(packed[-1])
            found[name] = _sum(stream)
    if not manifest:
        raise Invalid(DAMAGED, what=MANIFEST)
    named = manifest["members"]
    wrong = sorted(name for name in found.keys() | named if found.get(name) != named.get(name))
    if wrong:
        raise Invalid(DAMAGED, what=wrong[0])
    if not _has_object(manifest["tip"], found, packed):
        raise Invalid(DAMAGED, what="content.git")
    return manifest


def _has_object(revision: str, names: Container[str], packed: list[bytes]) -> bool:
    """Tell whether git's object is among the files of the backup, loose or in a pack (gitformat-pack, version 2)."""
    is_loose = f"{_OBJECTS}{revision[:2]}/{revision[2:]}" in names
    return not revision or is_loose or any(bytes.fromhex(revision) in one for one in packed)


def _sum(stream: IO[bytes]) -> dict[str, Any]:
    size, digest = 0, hashlib.sha256()
    while block := stream.read(_BLOCK):
        size += len(block)
        digest.update(block)
    return {"size": size, "sha256": digest.hexdigest()}


def _manifest(stream: IO[bytes]) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(stream.read())
        known = manifest["format"]
        if not isinstance(manifest["members"], dict) or not isinstance(manifest["tip"], str):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(DAMAGED, what=MANIFEST) from error
    if known != FORMAT:
        raise Invalid(N_("A newer version of the program made this backup. Upgrade the program first."))
    return manifest


def members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Give the files of a backup one after another; raises Invalid at a name or kind that no backup has."""
    with tarfile.open(file, "r:*") as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts
            is_strange = not parts or parts[0] not in TOPS or ".." in parts or "\\" in member.name
            stream = tar.extractfile(member) if member.isreg() and not is_strange else None
            if stream is None:
                raise Invalid(DAMAGED, what=member.name[:80])
            yield member.name, stream


@contextmanager
def refusing_damage(file: Path) -> Iterator[None]:
    """Turn what unpacking raises on damaged bytes into Invalid; the system's own errors pass."""
    try:
        yield
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Invalid(DAMAGED, what=file.name) from error
