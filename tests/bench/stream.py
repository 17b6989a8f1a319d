"""The history of a corpus as one stream for `git fast-import`: every version of every page is one commit."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from app.people.authors import PSEUDONYM_ALPHABET
from app.wiki.git_names import email_of, quote
from app.wiki.git_tip import BRANCH
from app.wiki.page import file_of
from tests.bench.corpus import Corpus

AUTHORS = 40
DAYS = 3 * 365  # over which the edits are spread


def pseudonyms() -> list[str]:
    """Invent the authors."""
    chance = random.Random(AUTHORS)
    return ["m-" + "".join(chance.choices(PSEUDONYM_ALPHABET, k=8)) for _ in range(AUTHORS)]


def load(corpus: Corpus, repository: Path, last: int) -> None:
    """Write the whole history into a repository that has its first commit; `last`: when it ends, seconds since 1970."""
    command = ["git", f"--git-dir={repository}", "fast-import", "--done", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        _write(corpus, process.stdin, last)
        process.stdin.close()
    if process.returncode:
        raise RuntimeError(f"git fast-import ended with {process.returncode}")


def _write(corpus: Corpus, stream: IO[bytes], last: int) -> None:
    marks = _write_texts(corpus, stream)
    order = [page for page, own in enumerate(marks) for _ in own]
    chance = random.Random(len(order))
    chance.shuffle(order)
    authors, parent = pseudonyms(), f"from {BRANCH}^0\n"
    remaining: list[Iterator[int]] = [iter(own) for own in marks]
    for number, page in enumerate(order, 1):
        at = last - DAYS * 86_400 * (len(order) - number) // len(order)
        who = chance.choice(authors)
        signed = f"{who} <{email_of(who)}> {at} +0000"
        head = f"commit {BRANCH}\nauthor {signed}\ncommitter {signed}\ndata 0\n{parent}"
        file = quote(file_of(corpus.outlines[page].path))
        stream.write(head.encode() + b"M 100644 :%d %b\n" % (next(remaining[page]), file))
        parent = ""
    stream.write(b"done\n")


def _write_texts(corpus: Corpus, stream: IO[bytes]) -> list[list[int]]:
    """Write the texts page by page, so that git keeps versions as differences; gives the marks of each page."""
    marks, mark = [], 0
    for outline in corpus.outlines:
        own = []
        for text in corpus.texts(outline):
            mark += 1
            content = text.encode()
            stream.write(b"blob\nmark :%d\ndata %d\n%b\n" % (mark, len(content), content))
            own.append(mark)
        marks.append(own)
    return marks
