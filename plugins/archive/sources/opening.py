"""Open whatever somebody has of old mail: it is recognised by what it holds, not by its name."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from app.errors import N_, Invalid
from plugins.archive.sources import files, folders, zipped
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.sources.sniff import sniff
from plugins.archive.sources.stream import Gauge

UNKNOWN = N_("No mail was found in this file. Give an export of the list.")
PROBED = 200  # members that are looked at before an archive is refused
KINDS = {
    "sympa": N_("Export of Sympa"), "takeout": N_("Export of Google"), "zip": N_("Archive of mails"),
    "mbox": N_("File of messages (mbox)"), "mail": N_("One mail"), "maildir": N_("Folder of a mailbox (Maildir)"),
    "folder": N_("Folder of mails"), "pipermail": N_("Archive of Mailman"),
}  # fmt: skip


class Source:
    """A source of raw messages: `kind` says what it is (English msgid), `size` its bytes. It may be read again."""

    def __init__(self, kind: str, size: int, walk: Callable[[Gauge], Iterator[Raw | Skipped]]) -> None:
        self.kind, self.size = kind, size
        self._walk, self._gauge = walk, Gauge()

    @property
    def read_bytes(self) -> int:
        """Say how many bytes were read so far."""
        return min(self._gauge.done, self.size)

    def __iter__(self) -> Iterator[Raw | Skipped]:
        self._gauge = Gauge()
        return self._walk(self._gauge)


def open_source(path: Path) -> Source:
    """Recognise a file or folder; raise Invalid where it holds no mail."""
    try:
        source = _folder(path) if path.is_dir() else _file(path)
    except OSError as error:
        raise Invalid(UNKNOWN) from error
    if source is None:
        raise Invalid(UNKNOWN)
    return source


def _folder(root: Path) -> Source | None:
    found = folders.paths(root)
    if folders.is_maildir(root):
        kind = "maildir"
    elif not any(files.kind_of(path) in ("mbox", "mail") for path in islice(found, PROBED)):
        return None
    elif any(path.parent.name == "arctxt" for path in found):
        kind = "sympa"
    else:
        kind = "pipermail" if (root / "attachments").is_dir() else "folder"
    size = sum(path.stat().st_size for path in found)
    return Source(KINDS[kind], size, lambda gauge: folders.walk(root, gauge))


def _file(path: Path) -> Source | None:
    kind, size = files.kind_of(path), path.stat().st_size
    if kind == "zip":
        return _zip(path, size)
    if kind not in ("mbox", "mail"):
        return None
    return Source(KINDS[kind], size, lambda gauge: files.walk(path, gauge, path.name))


def _zip(path: Path, size: int) -> Source | None:
    members = zipped.members(path)
    kinds = {sniff(zipped.head_of(path, info)) for info in members[:PROBED] if not info.flag_bits & 1}
    if "mail" in kinds and any(zipped.SYMPA.search(info.filename) for info in members):
        kind = "sympa"
    elif "mbox" in kinds:
        kind = "takeout" if any(info.filename.startswith("Takeout/") for info in members) else "zip"
    elif "mail" in kinds:
        kind = "zip"
    else:
        return None
    return Source(KINDS[kind], size, lambda gauge: zipped.walk(path, gauge))
