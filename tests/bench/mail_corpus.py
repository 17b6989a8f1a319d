"""The mails that are measured: a French list as an mbox, with what its archive must count; the same in every run."""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from tests.bench import mail_writing
from tests.bench.mail_writing import Attached, Letter, Writer
from tests.bench.words import words_of

VERSION = "1"  # raised with every change to what is written
YEARS = 20 * 365 * 86_400  # seconds that a corpus covers
BEGUN = 1_136_073_600  # 1 January 2006
APART = 32_000  # seconds between two messages at most
AGAIN = 107  # one message in so many is a second delivery of an earlier one
NEW = 0.277  # share of messages that begin a thread
OPEN = 20  # threads that are still answered: so few that an answer comes within 60 days, of which the subject is valid
LOST = 0.01  # share of threads whose first message never came
NO_ID = 0.004
SUBJECT_ONLY = 0.09  # share of answers that name no message
WITH_FILE = 0.085  # share of messages with an attachment; a fifth of these have two
REPEATED = 0.065  # share of attachments that were sent before
FILE_BYTES = (4_000, 125_000)


@dataclass(frozen=True, slots=True)
class Truth:
    """What an archive of the corpus counts; `duplicates` are second deliveries, `size` the bytes of the mbox."""

    messages: int = 0
    threads: int = 0
    attachments: int = 0
    distinct_attachments: int = 0
    duplicates: int = 0
    size: int = 0


@dataclass(slots=True)
class _Thread:
    subject: str
    letters: list[Letter] = field(default_factory=list)
    lost: str = ""


class MailCorpus:
    """Deliveries of a list, `count` in all; each has 4 kB of text, and `is_plain` none has HTML or files."""

    _KINDS: ClassVar = (
        ("application/pdf", "pdf"),
        ("image/jpeg", "jpg"),
        ("application/vnd.oasis.opendocument.text", "odt"),
    )

    def __init__(self, count: int, *, is_plain: bool = False) -> None:
        self.count, self.is_plain = count, is_plain
        self.truth = Truth()

    def write(self, file: Path) -> Truth:
        """Write the mbox; gives what it holds."""
        with file.open("wb") as target:
            target.writelines(self)
        return self.truth

    def __iter__(self) -> Iterator[bytes]:
        """Give the deliveries as they stand in the mbox; `truth` holds for all of them at the end."""
        self._chance, self._taken = random.Random(f"{VERSION} {self.count}"), set[str]()
        self._open, self._files, self.truth = deque[_Thread](), deque[Attached](maxlen=60), Truth()
        writer, recent = Writer(self._chance, is_plain=self.is_plain), deque[bytes](maxlen=50)
        for number in range(self.count):
            at = BEGUN + number * min(YEARS // self.count, APART)
            if number % AGAIN == AGAIN - 1:
                written, tally = self._chance.choice(recent), {"duplicates": 1}
            else:
                letter, tally = self._letter(number, at)
                written = writer.write(letter)
                recent.append(written)
            entry = mail_writing.entry(written, at)
            self._count(**tally, size=len(entry))
            yield entry

    def _count(self, **more: int) -> None:
        self.truth = replace(self.truth, **{name: getattr(self.truth, name) + value for name, value in more.items()})

    def _letter(self, number: int, at: int) -> tuple[Letter, dict[str, int]]:
        """Write down what is said next, and what it adds to the truth."""
        thread = (
            self._begun(number) if not self._open or self._chance.random() < NEW else self._chance.choice(self._open)
        )
        answered = self._chance.choice(thread.letters) if thread.letters else None
        files = self._attached()
        letter = Letter(
            number, at, "" if self._chance.random() < NO_ID else f"{number}.{at:x}@vallee.example", thread.subject,
            is_reply=bool(answered or thread.lost), answered=answered and replace(answered, answered=None), references=self._references(thread, answered),
            files=tuple(one for one, _ in files),
        )  # fmt: skip
        is_first = not thread.letters
        thread.letters = [*thread.letters[-7:], letter]
        tally = {
            "messages": 1, "threads": int(is_first), "attachments": len(files),
            "distinct_attachments": sum(is_new for _, is_new in files),
        }  # fmt: skip
        return letter, tally

    def _begun(self, number: int) -> _Thread:
        subject = ""
        while not subject or subject in self._taken:
            subject = " ".join(words_of("fr").draw(self._chance, 4)).capitalize()
        self._taken.add(subject)
        thread = _Thread(subject, lost=f"lost{number}@far.example" if self._chance.random() < LOST else "")
        self._open.append(thread)
        if len(self._open) > OPEN:
            self._open.popleft()
        return thread

    def _references(self, thread: _Thread, answered: Letter | None) -> tuple[str, ...]:
        if answered is None:
            return (thread.lost,) if thread.lost else ()
        if not answered.key or self._chance.random() < SUBJECT_ONLY:
            return ()
        return (*answered.references[-9:], answered.key)

    def _attached(self) -> list[tuple[Attached, bool]]:
        """Choose the files of a message, each with whether nobody sent it before."""
        if self.is_plain or self._chance.random() >= WITH_FILE:
            return []
        return [self._file() for _ in range(2 if self._chance.random() < 0.2 else 1)]

    def _file(self) -> tuple[Attached, bool]:
        if self._files and self._chance.random() < REPEATED:
            return self._chance.choice(self._files), False
        kind, ending = self._chance.choice(self._KINDS)
        name = f"{'-'.join(words_of('fr').draw(self._chance, 2))}.{ending}"
        made = Attached(name, kind, self._chance.randbytes(self._chance.randint(*FILE_BYTES)))
        self._files.append(made)
        return made, True
