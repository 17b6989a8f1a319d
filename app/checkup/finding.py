"""What an examination finds: good or in need of care, in a sentence that is translated where it is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one subject; `is_good` means that nobody needs to do anything.

    `subject` and `sentence` are English; `values` are put into the sentence once it is translated.
    """

    subject: str
    is_good: bool
    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A finding without its subject, as examinations give it."""

    is_good: bool
    sentence: str
    values: Mapping[str, str | int]


Sayings = Iterator[Said]


def good(sentence: str, **values: str | int) -> Said:
    """Say that nothing needs to be done."""
    return Said(True, sentence, values)


def care(sentence: str, **values: str | int) -> Said:
    """Say what needs care, and the cure."""
    return Said(False, sentence, values)
