"""Tell renames exactly: our own commits say what they moved, in lines at the end of the message.

Git records no renames, it guesses them by likeness: a page that is moved, rewritten and replaced by a redirect in one
commit would be guessed wrong. `Moved: ["old.md", "new.md"]` (JSON) names a file, with a slash at the end a whole
folder; `Moved: []` says that nothing moved although it may look so. A line counts only where the commit's own list of
files bears it out, as anybody may push any message.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.wiki.commit import FileChange

_TRAILER = "Moved: "


def write_message(
    summary: str, renames: Mapping[str, str], folders: Iterable[tuple[str, str]] = (), *, may_be_guessed: bool = True
) -> str:
    """Write the message of a commit of ours.

    `renames` gives the old name for each new one; `folders` are the (old, new) names of folders that moved as a whole:
    one line stands for all that is in them. `may_be_guessed`: the commit both adds and deletes files.
    """
    folders = [(f"{old}/", f"{new}/") for old, new in folders]
    singles = [(old, new) for new, old in sorted(renames.items()) if _by_folder(new, folders) != old]
    pairs: list[Sequence[str]] = [*folders, *singles]
    if not pairs and may_be_guessed:
        pairs = [()]
    lines = "".join(f"{_TRAILER}{json.dumps(pair, ensure_ascii=False)}\n" for pair in pairs)
    return f"{summary}\n\n{lines}" if lines else f"{summary}\n"


def read_renames(message: str, files: Sequence[FileChange]) -> dict[str, str]:
    """Give the old name for each file that a commit renamed: as its message says, else as git guessed."""
    pairs = list(_read_pairs(message))
    if not pairs:
        return {change.file: change.old_file for change in files if change.old_file}
    singles = {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
    folders = [(old, new) for new, old in singles.items() if old.endswith("/") and new.endswith("/")]
    sources = {change.old_file or change.file for change in files if change.status != "A"}
    renames: dict[str, str] = {}
    for change in files:
        old = singles.get(change.file) or _by_folder(change.file, folders)
        if change.status != "D" and old in sources and old != change.file:
            sources.discard(old)
            renames[change.file] = old
    return renames


def with_renames(files: Iterable[FileChange], renames: Mapping[str, str]) -> tuple[FileChange, ...]:
    """Turn what happened to each name into what happened to each file; renames come first, then by name."""
    moved_away = set(renames.values())
    found: dict[str, FileChange] = {}
    for change in files:
        if change.old_file and change.old_file not in moved_away:  # git's guess, which the message does not bear out
            found.setdefault(change.old_file, FileChange("D", change.old_file, None, None))
        if change.file in renames:
            found[change.file] = FileChange("R", change.file, renames[change.file], change.blob)
        elif change.status == "D" and change.file in moved_away:
            continue
        elif change.status in ("A", "R") or change.file in moved_away:
            found[change.file] = FileChange("A", change.file, None, change.blob)
        else:
            found[change.file] = change
    return tuple(sorted(found.values(), key=lambda change: (change.status != "R", change.file)))


def _by_folder(new: str, folders: Iterable[tuple[str, str]]) -> str | None:
    """Give the old name of a file by the folder that it moved with, or None."""
    for old_folder, new_folder in folders:
        if new.startswith(new_folder):
            return old_folder + new.removeprefix(new_folder)
    return None


def _read_pairs(message: str) -> Iterator[list[str]]:
    for line in message.split("\n")[1:]:
        if not line.startswith(_TRAILER):
            continue
        try:
            pair = json.loads(line.removeprefix(_TRAILER))
        except (ValueError, RecursionError):
            continue
        if isinstance(pair, list) and len(pair) in (0, 2) and all(isinstance(name, str) for name in pair):
            yield pair
