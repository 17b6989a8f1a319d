"""What may stand in a line that git reads: names of files, revisions and authors, each checked before."""

import re
import unicodedata

from app.errors import N_, Invalid

MAX_FILE_BYTES = 1500
MAX_SEGMENT_BYTES = 255
WIKI_AUTHOR = "gare"  # signs what nobody wrote: the first commit
_REVISION = re.compile(r"[0-9a-f]{40}")
_PSEUDONYM = re.compile(r"m-[a-z2-9]{8}")

WRONG_FILE_NAME = N_("The file name “%(name)s” cannot be used.")


def check_revision(revision: str) -> str:
    """Give the revision back if it is 40 hex digits; raises Invalid."""
    if not _REVISION.fullmatch(revision):
        raise Invalid(N_("This is not the number of a version."))
    return revision


def is_pseudonym(author: str) -> bool:
    """Tell whether an author is a pseudonym: `m-` and 8 signs of base32."""
    return _PSEUDONYM.fullmatch(author) is not None


def email_of(author: str) -> str:
    """Give the address that git wants beside the pseudonym; it never receives anything (RFC 2606)."""
    return f"{author}@members.invalid"


def check_file(file: str) -> str:
    """Give the name of a file in the repository back if every clone can hold it; raises Invalid.

    Refuses what would leave the folder, what git keeps for itself on any file system (`.git`, `GIT~1`, `.g\\u200cit`)
    and control characters, which would end a line of git's protocols.
    """
    try:
        size = len(file.encode())
    except UnicodeEncodeError as error:
        raise Invalid(WRONG_FILE_NAME, name=visible(file)) from error
    if not size or size > MAX_FILE_BYTES or not all(_is_good_segment(part) for part in file.split("/")):
        raise Invalid(WRONG_FILE_NAME, name=visible(file))
    return file


def _is_good_segment(segment: str) -> bool:
    if segment in ("", ".", "..") or len(segment.encode()) > MAX_SEGMENT_BYTES:
        return False
    if "\\" in segment or any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in segment):
        return False
    bare = "".join(char for char in segment if unicodedata.category(char) != "Cf").casefold().rstrip(". ")
    return bare != ".git" and not bare.startswith("git~")


def visible(text: str) -> str:
    """Make text safe to be shown in a sentence: at most 80 printable characters."""
    return "".join(char if char.isprintable() else "?" for char in text[:80])


def quote(file: str) -> bytes:
    """Write a checked file name as fast-import reads it."""
    return b'"' + file.replace('"', '\\"').encode() + b'"'
