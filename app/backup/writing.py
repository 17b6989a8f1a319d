"""Write a backup: a tar whose last member lists the checksums of all others; then read it back."""

import hashlib
import io
import json
import os
import secrets
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from app import __version__
from app.backup.frozen import Frozen, frozen
from app.backup.mail_files import MAIL, add_mail, below
from app.backup.reading import DAMAGED, FILES, FOLDERS, FORMAT, MANIFEST, verify
from app.backup.tables import lines_of, tables_of
from app.catalog.rebuild import Progress
from app.database import truth
from app.errors import Invalid
from app.results import write_json
from app.station import Station
from app.wiki.disk import refusing_when_full
from app.wiki.store import Store

LAST = "last-backup.json"
_BLOCK = 1_000_000


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and read back: when (seconds since 1970), where, its size in bytes."""

    at: float
    file: Path
    size: int


def write(station: Station, file: Path, progress: Progress) -> Backup:
    """Write all truths into one file, online; it appears under its name only once it was read back whole.

    A name that ends with `.tar` gives a plain tar, any other one packed with gzip. Raises StorageFull, Invalid.
    """
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with refusing_when_full(), frozen(station) as moment:
            _write(draft, not file.name.endswith(".tar"), station, moment, progress)
        verify(draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    backup = Backup(time.time(), file.absolute(), file.stat().st_size)
    _note(station.config.instance, backup)
    return backup


def _write(draft: Path, is_packed: bool, station: Station, moment: Frozen, progress: Progress) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # it holds the secret key
    with os.fdopen(descriptor, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz" if is_packed else "w:", format=tarfile.PAX_FORMAT) as tar:
            archive = _Archive(tar)
            _add_tables(archive, moment)
            moment.let_go()
            _check_whole(moment)
            add_mail(archive.add_file, station.config.instance)  # first: what it names is then among the attachments
            members = list(_files(station, moment))
            for done, (name, path) in enumerate(members, start=1):
                archive.add_file(name, path)
                progress("files", done, len(members))
            parts = truth.parts_of(station.hooks.plugins)
            versions = {part.name: truth.version(station.truth, part) for part in parts}
            archive.close(tip=moment.tip, schema=truth.version(station.truth), plugins=versions)
        stream.flush()
        os.fsync(stream.fileno())


def _check_whole(moment: Frozen) -> None:
    """Look at every page and pointer of the moment: a push from outside may have packed away what was being linked."""
    store = Store(moment.repository)
    try:
        for _ in store.files(moment.tip) if moment.tip else ():
            pass
    except ValueError as error:  # git says BAD instead of the size of what is missing
        raise Invalid(DAMAGED, what="content.git") from error
    finally:
        store.close()


def _add_tables(archive: "_Archive", moment: Frozen) -> None:
    for table in tables_of(moment.database):
        archive.add_lines(f"tables/{table.name}.jsonl", lines_of(moment.database, table))


def _files(station: Station, moment: Frozen) -> Iterator[tuple[str, Path]]:
    """Name all files: git as it was frozen first, then the attachments, which only ever become more."""
    instance, store = station.config.instance, station.wiki.files
    yield from below("content.git", moment.repository)
    for oid in store.list_oids():
        yield f"files/{store.path(oid).relative_to(instance / 'files').as_posix()}", store.path(oid)
    for folder in FOLDERS:
        if folder == MAIL:
            continue
        yield from below(folder, instance / folder)
    for name in FILES:
        if (instance / name).exists():
            yield name, instance / name


class _Archive:
    """A tar under way, which keeps the checksum of each member."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._members: dict[str, dict[str, Any]] = {}

    def add_file(self, name: str, path: Path) -> None:
        """Add a file; an attachment or a mail that is gone meanwhile is left out, all else must be there."""
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            if name.startswith(("files/", f"{MAIL}/")):
                return
            raise
        with stream:
            self._add(name, stream, os.fstat(stream.fileno()).st_size)

    def add_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Add lines, by way of a temporary file: a tar wants to know the size first."""
        with tempfile.TemporaryFile() as stream:
            stream.writelines(lines)
            size = stream.tell()
            stream.seek(0)
            self._add(name, stream, size)

    def close(self, **facts: Any) -> None:
        """Add the manifest."""
        made = {"format": FORMAT, "program": __version__, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
        written = json.dumps({**made, **facts, "members": self._members}, indent=1).encode()
        self._tar.addfile(_member(MANIFEST, len(written)), io.BytesIO(written))

    def _add(self, name: str, stream: BinaryIO, size: int) -> None:
        reader = _Hashing(stream)
        self._tar.addfile(_member(name, size), reader)  # exactly `size` bytes: a mail file may grow meanwhile
        self._members[name] = {"size": size, "sha256": reader.digest.hexdigest()}


class _Hashing(io.RawIOBase):
    """Reads from a stream and hashes what it reads."""

    def __init__(self, stream: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self.digest.update(block)
        return block


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(time.time()), 0o600
    return member


def _note(instance: Path, backup: Backup) -> None:
    write_json(instance / LAST, {"at": backup.at, "file": str(backup.file), "size": backup.size})


def last_backup(instance: Path) -> Backup | None:
    """Give the last backup that was made, or None."""
    try:
        noted = json.loads((instance / LAST).read_text("utf-8"))
        return Backup(noted["at"], Path(noted["file"]), noted["size"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
