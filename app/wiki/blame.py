"""Say of every paragraph of a page which version wrote it."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the blank lines behind it, and the revision that wrote it as it stands."""

    text: str
    revision: str


def paragraphs(versions: Iterable[tuple[str, str]]) -> tuple[Paragraph, ...]:
    """Name the writer of each paragraph of the last text; `versions` are (revision, text), oldest first.

    A paragraph that stays or moves keeps its revision. One that was away and comes back as it was (a restored page) is
    given to whoever wrote it first, not to whoever brought it back. The texts joined give the last text.
    """
    now: list[tuple[str, str]] = []  # (revision, paragraph) of the version at hand
    gone: dict[str, str] = {}
    seen = ""
    for revision, text in versions:
        if text == seen and now:
            continue
        now, seen = _attribute(revision, text, now, gone), text
    return tuple(Paragraph(text, revision) for revision, text in now)


def _attribute(
    revision: str, text: str, before: Sequence[tuple[str, str]], gone: dict[str, str]
) -> list[tuple[str, str]]:
    """Hand the paragraphs of a version to their writers; `gone` remembers the writers of what is not there any more."""
    writers: defaultdict[str, deque[str]] = defaultdict(deque)
    for writer, paragraph in before:
        writers[paragraph.rstrip()].append(writer)
    now = []
    for paragraph in _split(text):
        key = paragraph.rstrip()
        writer = writers[key].popleft() if writers[key] else gone.get(key, revision)
        now.append((writer, paragraph))
    gone.update((key, left[0]) for key, left in writers.items() if left)
    return now


def _split(text: str) -> Iterator[str]:
    start = 0
    for match in _BLANK_LINES.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]
