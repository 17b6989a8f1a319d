"""The folder of the index: builds in numbered subfolders, of which the newest finished one is read."""

import errno
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import N_, StorageFull, Unavailable
from app.wiki.search_codec import NAME, SCHEMA, Storage
from app.wiki.search_document import Document
from app.wiki.search_whoosh import index
from app.wiki.search_writer import Writer

_BUILD = re.compile(r"build-([0-9]{6,})")
_CONTENTS = re.compile(rf"_{NAME}_([0-9]+)\.toc")
_DAMAGED = "damaged"  # a file that a reader leaves for the process that can rebuild
LOOKS = 5
MAX_POOL = 300_000  # stems of one segment while building: about 900 pages, 60 MB

Stamp = tuple[str, int, int]


class SearchDamaged(Unavailable):
    """The index cannot be read; the cure is `SearchIndex.rebuild`."""


class Folder:
    """Knows which files are the index; one process may write at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find_contents(self) -> tuple[Path, Stamp] | None:
        """Find the newest table of contents, and a stamp that no other state of the index has; None without one."""
        for _ in range(LOOKS):  # it may be replaced while the folder is listed, or before it is looked at
            build = _newest(self._path, _BUILD)
            contents = _newest(build, _CONTENTS) if build else None
            if build is None:
                return None
            with suppress(OSError):
                if contents is not None:
                    status = contents.stat()
                    return contents, (str(contents), status.st_ino, status.st_mtime_ns)
        return None

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Give a writer for the newest build, or for a first one; what was not committed is dropped."""
        build = _newest(self._path, _BUILD)
        if build is None:
            build = self._path / "build-000001"
            _create(build)
        with _writing(build) as writer:
            yield writer

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Write a new build, put it in place of the others by renaming it, and delete those."""
        old = _newest(self._path, _BUILD)
        number = int(old.name.removeprefix("build-")) + 1 if old else 1
        build = self._path / f"build-{number:06}"
        draft = build.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        _create(draft)
        _fill(draft, iter(documents))
        draft.rename(build)
        (self._path / _DAMAGED).unlink(missing_ok=True)
        self._remove_builds(keep=build)

    def clear(self) -> None:
        self._remove_builds(keep=None)
        (self._path / _DAMAGED).unlink(missing_ok=True)
        if self.find_contents():
            raise Unavailable(N_("The search index cannot be deleted. Check the rights of its folder."))

    def is_sound(self, *, deep: bool) -> bool:
        """Ask whether the newest build can be read."""
        newest = self.find_contents()
        if newest is None or self.is_marked():
            return False
        storage = Storage(str(newest[0].parent))
        try:
            segments = index.TOC.read(storage, NAME, schema=SCHEMA).segments
            return all(segment.is_intact(storage) if deep else segment.has_its_files(storage) for segment in segments)
        except Exception:  # noqa: BLE001 - whatever Whoosh raises on bytes that are not its own
            return False

    def is_marked(self) -> bool:
        """Ask whether a reader left word that the index is damaged."""
        return (self._path / _DAMAGED).exists()

    def mark_damaged(self) -> None:
        """Leave word for the process that rebuilds."""
        with suppress(OSError):
            (self._path / _DAMAGED).touch()

    def remove_drafts(self) -> None:
        """Delete what a rebuild left that was stopped; the caller is the one writer."""
        self._remove_builds(keep=_newest(self._path, _BUILD))

    def _remove_builds(self, *, keep: Path | None) -> None:
        for build in self._path.glob("build-*"):
            if build != keep:
                shutil.rmtree(build, ignore_errors=True)


def _newest(folder: Path, pattern: re.Pattern[str]) -> Path | None:
    try:
        names = [match for entry in folder.iterdir() if (match := pattern.fullmatch(entry.name))]
    except OSError:
        return None
    return folder / max(names, key=lambda match: int(match[1]))[0] if names else None


def _create(build: Path) -> None:
    with _refusing():
        build.mkdir(parents=True, exist_ok=True)
        index.FileIndex.create(Storage(str(build)), SCHEMA, NAME)


def _fill(build: Path, documents: Iterator[Document]) -> None:
    """Write segments that fit into memory, then merge them into one."""
    is_done = False
    while not is_done:
        with _writing(build) as writer:
            is_done = _add_some(writer, documents)
            writer.commit(merge=False)
    with _writing(build) as writer:
        writer.commit(merge_all=True)


def _add_some(writer: Writer, documents: Iterator[Document]) -> bool:
    """Add documents until there are none or memory is full; tells whether there are none."""
    for document in documents:
        writer.add(document)
        if writer.pool.size > MAX_POOL:
            return False
    return True


@contextmanager
def _writing(build: Path) -> Iterator[Writer]:
    with _refusing():
        try:
            writer = Writer(index.FileIndex(Storage(str(build)), SCHEMA, NAME))
        except (OSError, index.LockError):
            raise
        except Exception as error:  # whatever Whoosh raises on bytes that are not its own
            raise SearchDamaged(N_("The search index is damaged and must be built again.")) from error
        try:
            yield writer
        finally:
            writer.abandon()


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the system says into a sentence."""
    try:
        yield
    except index.LockError as error:
        raise Unavailable(N_("The search is being updated already. Try again in a minute.")) from error
    except FileNotFoundError as error:
        raise SearchDamaged(N_("The search index is damaged and must be built again.")) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise StorageFull(N_("The disk is full. The search was not updated.")) from error
        raise
