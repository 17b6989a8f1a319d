"""The words that say who reads or writes a page, each in one canonical text, compared without knowing any person.

Whoever is in a group is a member too, and administrators read everything: so `admins` are fewer than any group.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement

PUBLIC: Final = "public"
ALL: Final = "all"  # who may write: everybody
MEMBERS: Final = "members"
CLOSED: Final = "admins"
MODERATORS: Final = "moderators"  # who look after pages; no page says so, but forms are theirs to change
GROUP: Final = "group:"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME = 60


class Everything(Collection[str]):
    """The audiences of whoever may read all that there is: the program itself, the operator."""

    def __contains__(self, audience: object) -> bool:
        """Hold every audience there is and will be."""
        return True

    def __iter__(self) -> Iterator[str]:
        """Refuse: they cannot be listed, and a query that forgot to ask for them must not find less in silence."""
        raise TypeError("everything cannot be listed; ask `readers.among`")

    def __len__(self) -> int:
        """Refuse likewise."""
        raise TypeError("everything cannot be counted")

    def __bool__(self) -> bool:
        """Be something."""
        return True


EVERYTHING: Final = Everything()


def among(audience: ColumnElement[str], audiences: Collection[str]) -> ColumnElement[bool]:
    """Ask in SQL whether one of these audiences is the one of a row; one that stands nowhere any more has none."""
    return audience.is_not(None) if audiences is EVERYTHING else audience.in_(list(audiences))


def canonical(said: Any, everybody: str = PUBLIC) -> str | None:
    """Bring a value of the front matter into its one form: groups sorted, joined by `, `. None where nothing is said.

    What cannot be understood closes the page rather than opening it: a mixture, another word, a strange name.
    """
    if said == "":
        return None
    items = said.split(",") if isinstance(said, str) else said if isinstance(said, list) else []
    words = sorted({item.strip() if isinstance(item, str) else "" for item in items})
    if len(words) == 1 and words[0] in {everybody, MEMBERS}:
        return words[0]
    return ", ".join(words) if words and all(map(is_group, words)) else CLOSED


def is_group(word: str) -> bool:
    """Tell whether a word names a group, known or not."""
    name = word.removeprefix(GROUP)
    return word.startswith(GROUP) and is_group_name(name)


def is_group_name(name: str) -> bool:
    """Tell whether a group may bear this name: small letters, digits and hyphens, as in an address."""
    return len(name) <= MAX_NAME and _NAME.fullmatch(name) is not None


def words_of(audience: str) -> list[str]:
    """Split a canonical text."""
    return audience.split(", ")


def holds(audience: str, tokens: Collection[str]) -> bool:
    """Tell whether somebody with these tokens belongs to an audience."""
    return tokens is EVERYTHING or any(word in tokens for word in words_of(audience))


def opens(audience: str, other: str) -> bool:
    """Tell whether somebody may belong to the first audience who does not belong to the other."""
    if audience in {other, CLOSED} or other in {PUBLIC, ALL}:
        return False
    if other == MEMBERS:
        return audience in {PUBLIC, ALL}
    return not audience.startswith(GROUP) or not set(words_of(audience)) <= set(words_of(other))


def meet(audience: str, other: str) -> str:
    """Give an audience that opens to nobody who is not in both."""
    if not opens(audience, other):
        return audience
    if not opens(other, audience):
        return other
    return ", ".join(sorted(set(words_of(audience)) & set(words_of(other)))) or CLOSED
