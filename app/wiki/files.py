"""Attachments: the pointers that git holds, and the store of their bytes by SHA-256, both as Git LFS lays them out."""

import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import N_, GareError, Invalid, StorageFull
from app.wiki.disk import refusing_when_full
from app.wiki.filetypes import content_type, is_inline
from app.wiki.pictures import draw_thumbnail

__all__ = ["WIDTHS", "FileStore", "Pointer", "content_type", "is_inline"]

WIDTHS = (320, 800)
_EMPTY = hashlib.sha256(b"").hexdigest()
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize ([1-9][0-9]{0,18})\n"
)
_OID = re.compile(r"[0-9a-f]{64}")
_BLOCK_BYTES = 1_000_000
_ABANDONED_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Pointer:
    """What git holds instead of a file: its SHA-256 in hex and its size in bytes (Git LFS specification, version 1)."""

    oid: str
    size: int

    def to_bytes(self) -> bytes:
        """Write the one valid encoding; an empty file is its own pointer."""
        if self.size == 0:
            return b""
        return f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.oid}\nsize {self.size}\n".encode()

    @staticmethod
    def parse(content: bytes) -> "Pointer | None":
        """Read a pointer; None where the content is anything else, were it by one byte (extensions included)."""
        if not content:
            return Pointer(_EMPTY, 0)
        match = _POINTER.fullmatch(content)
        return Pointer(match[1].decode(), int(match[2])) if match else None


def oid_of(content: bytes) -> str:
    """Name the place that bytes have in the store: their SHA-256."""
    return hashlib.sha256(content).hexdigest()


class FileStore:
    """Files named by their SHA-256, `ab/cd/abcd…` below `folder`; thumbnails below `cache` may be thrown away.

    Safe for many processes: a file appears whole, synced and under its final name, or not at all.
    """

    def __init__(self, folder: Path, *, cache: Path) -> None:
        self._folder, self._cache = folder, cache

    def put(self, source: bytes | BinaryIO) -> Pointer:
        """Keep the bytes, synced to disk, and return their pointer; a damaged copy of the same file is healed.

        Raises StorageFull, with nothing left behind.
        """
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        # The final folder is known once the last byte was read, so the temporary file stands beside it, in `tmp/`.
        draft = self._folder / "tmp" / secrets.token_hex(8)
        with refusing_when_full():
            draft.parent.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(draft.parent)
            try:
                pointer = _write_synced(stream, draft)
                _publish(draft, self.path(pointer.oid), self._folder)
            finally:
                with suppress(OSError):
                    draft.unlink()
        return pointer

    def path(self, oid: str) -> Path:
        """Name the place of a file, whether it is there or not. Raises Invalid where `oid` is not 64 hex digits."""
        return self._folder / _place(oid)

    def has(self, oid: str) -> bool:
        """Say whether the file is there."""
        return self.path(oid).is_file()

    def is_sound(self, oid: str) -> bool:
        """Read the whole file and say whether its bytes are those that its name promises."""
        with self.path(oid).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == oid

    def list_oids(self) -> Iterator[str]:
        """Name every file in the store, in order."""
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _OID.fullmatch(path.name):
                yield path.name

    def remove(self, oid: str) -> None:
        """Erase a file and its thumbnails for good; nothing happens where there is none."""
        path = self.path(oid)
        with suppress(FileNotFoundError):
            path.unlink()
            _sync_folder(path.parent)
        for drawn in self._cache.joinpath(_place(oid)).parent.glob(f"{oid}-*"):
            drawn.unlink(missing_ok=True)

    def thumbnail(self, oid: str, width: int) -> Path | None:
        """Give a picture at most `width` px wide (one of WIDTHS) as `.jpg` or `.png`, drawn at the first call.

        None where the file itself should be shown: it is narrow enough, no picture, missing, or cannot be drawn.
        """
        if width not in WIDTHS:
            raise Invalid(N_("Pictures come in %(widths)s dots of width."), widths=", ".join(map(str, WIDTHS)))
        place = self._cache / f"{_place(oid)}-{width}"
        for extension in ("jpg", "png"):
            drawn = place.with_name(f"{place.name}.{extension}")
            if drawn.is_file() and drawn.stat().st_size:  # not synced, so a power cut may leave an empty one
                return drawn
        if place.with_name(f"{place.name}.none").exists() or not self.has(oid):
            return None
        return self._draw(oid, width, place)

    def _draw(self, oid: str, width: int, place: Path) -> Path | None:
        draft = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
        try:
            with refusing_when_full():
                draft.parent.mkdir(parents=True, exist_ok=True)
                extension = _try_to_draw(self.path(oid), draft, width)
                drawn = place.with_name(f"{place.name}.{extension or 'none'}")
                draft.touch()  # an empty file remembers that there is nothing to draw
                draft.replace(drawn)
        except StorageFull:  # a page is shown all the same, with the whole picture
            return None
        finally:
            draft.unlink(missing_ok=True)
        return drawn if extension else None


def _try_to_draw(source: Path, draft: Path, width: int) -> str | None:
    try:
        return draw_thumbnail(source, draft, width)
    except StorageFull:
        raise
    except GareError:  # no picture, or a hostile one: remembered, so that it costs its budget only once
        draft.unlink(missing_ok=True)
        return None


def _place(oid: str) -> str:
    if not _OID.fullmatch(oid):
        raise Invalid(N_("There is no such file."))
    return f"{oid[:2]}/{oid[2:4]}/{oid}"


def _write_synced(stream: BinaryIO, draft: Path) -> Pointer:
    digest, size = hashlib.sha256(), 0
    with draft.open("xb") as file:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
            size += file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return Pointer(digest.hexdigest(), size)


def _remove_abandoned(folder: Path) -> None:
    """Remove what a killed writer left; nobody takes a day for one file."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process may be faster
            if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                path.unlink()


def _publish(draft: Path, path: Path, top: Path) -> None:
    """Give a synced file its final name and sync every folder that may be new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(path)
    for folder in (path.parent, path.parent.parent, top):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
