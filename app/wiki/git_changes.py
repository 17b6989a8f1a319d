"""Work out what a list of changes does to the tree, and write it as the stream that `git fast-import` reads."""

from collections.abc import Sequence
from datetime import datetime

from app.errors import N_, Conflict, Invalid, NotFound
from app.wiki.commit import Change, FileChange, Move
from app.wiki.git_names import check_file, email_of, quote, visible
from app.wiki.git_objects import Info, Objects, blob_id
from app.wiki.git_renames import read_renames, with_renames, write_message
from app.wiki.git_tip import BRANCH

MAX_SUMMARY = 500


class Plan:
    """A revision with changes laid over it, in order; each is checked before git hears of it.

    `files` is what `log` will say about the commit, `message` holds the lines by which it will know the renames.
    Raises Invalid for a hostile name or a file that would stand where a folder is, NotFound for a move from nowhere,
    Conflict for a move onto something.
    """

    def __init__(self, objects: Objects, tip: str | None, changes: Sequence[Change | Move], summary: str) -> None:
        self._objects, self._tip = objects, tip
        self._before: dict[str, Info | None] = {}
        self._now: dict[str, str | None] = {}  # the blob of every file that was touched
        self._touched: set[str] = set()  # the folders that these stand in
        self._origins: dict[str, str] = {}  # the first name of every file that moved
        self._folders: list[tuple[str, str]] = []
        self._statements: list[bytes] = []
        for change in changes:
            if isinstance(change, Move):
                self._move(change.old.strip("/"), change.new.strip("/"))
            else:
                self._write(change.file, change.content)
        raw = self._compare()
        may_be_guessed = {"A", "D"} <= {change.status for change in raw}
        self.message = write_message(one_line(summary), self._origins, self._folders, may_be_guessed=may_be_guessed)
        self.files = with_renames(raw, read_renames(self.message, raw))

    def to_stream(self, author: str, at: datetime) -> bytes:
        """Write the whole input of fast-import, which answers with the id of the new commit.

        It ends with `done`: with `--done`, git then refuses a stream that was cut off instead of keeping half of it.
        """
        who = f"{author} <{email_of(author)}> {int(at.timestamp())} +0000"
        message = self.message.encode()
        head = f"commit {BRANCH}\nmark :1\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode()
        parent = f"from {self._tip}\n".encode() if self._tip else b""
        return b"".join([head, message, parent, *self._statements, b"get-mark :1\ndone\n"])

    def _write(self, file: str, content: bytes | None) -> None:
        old = self._blob(check_file(file))
        if content is None:
            if old is not None:
                self._touch(file, None)
                self._origins.pop(file, None)
                self._statements.append(b"D " + quote(file) + b"\n")
            return
        if old is None:
            self._check_way(file)
        self._touch(file, blob_id(content))
        self._statements.append(b"M 100644 inline %b\ndata %d\n%b\n" % (quote(file), len(content), content))

    def _move(self, old: str, new: str) -> None:
        check_file(old)
        if self._blob(check_file(new)) is not None:
            raise Conflict(N_("“%(name)s” exists already."), name=visible(new))
        self._check_way(new)
        blob = self._blob(old)
        if blob is not None:
            self._rename(old, new, blob)
        else:
            self._move_folder(old, new)
        self._statements.append(b"R %b %b\n" % (quote(old), quote(new)))

    def _move_folder(self, old: str, new: str) -> None:
        files = self._files_below(old)
        if not files:
            raise NotFound(N_("“%(name)s” is no longer there."), name=visible(old))
        is_new = self._info(new) is None
        for file, blob in files.items():
            target = new + file.removeprefix(old)
            if is_new:  # spares a question for each file
                self._before.setdefault(target, None)
            self._rename(file, target, blob)
        self._folders.append((old, new))

    def _rename(self, old: str, new: str, blob: str) -> None:
        self._touch(old, None)
        self._touch(new, blob)
        self._origins[new] = self._origins.pop(old, old)

    def _touch(self, file: str, blob: str | None) -> None:
        self._now[file] = blob
        folder = file.rpartition("/")[0]
        while folder and folder not in self._touched:
            self._touched.add(folder)
            folder = folder.rpartition("/")[0]

    def _check_way(self, file: str) -> None:
        """Make sure that a new file neither stands on a folder nor inside another file: git would drop those."""
        parts = file.split("/")
        parents = ("/".join(parts[:end]) for end in range(1, len(parts)))
        taken = next((parent for parent in parents if self._blob(parent) is not None), None)
        if taken is None and self._files_below(file):
            taken = file
        if taken is not None:
            raise Invalid(N_("“%(name)s” is taken by something of another kind."), name=visible(taken))

    def _files_below(self, folder: str) -> dict[str, str]:
        info, files = self._info(folder), dict[str, str]()
        if info is not None and info.kind == "tree":
            for file, blob in self._objects.walk(info.oid, f"{folder}/"):
                files[file] = blob
                self._before.setdefault(file, Info(blob, "blob", 0))
        for file, now in self._now.items() if folder in self._touched else ():
            if file.startswith(f"{folder}/"):
                files.pop(file, None)
                if now is not None:
                    files[file] = now
        return files

    def _blob(self, file: str) -> str | None:
        return self._now[file] if file in self._now else self._blob_before(file)

    def _blob_before(self, file: str) -> str | None:
        info = self._info(file)
        return info.oid if info is not None and info.kind == "blob" else None

    def _info(self, file: str) -> Info | None:
        if file not in self._before:
            self._before[file] = self._objects.info(f"{self._tip}:{file}") if self._tip else None
        return self._before[file]

    def _compare(self) -> list[FileChange]:
        raw = []
        for file, now in sorted(self._now.items()):
            before = self._blob_before(file)
            if now is None and before is not None:
                raw.append(FileChange("D", file, None, None))
            elif now is not None and now != before:
                raw.append(FileChange("A" if before is None else "M", file, None, now))
        return raw


def one_line(summary: str) -> str:
    """Make a summary one line of printable text, so that it cannot pass for a line of ours."""
    text = "".join(char if char.isprintable() else " " for char in summary)
    return " ".join(text.split())[:MAX_SUMMARY]
