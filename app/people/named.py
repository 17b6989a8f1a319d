"""Whom people mean when they write a name: the accounts that it names, and no guess."""

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from app.people.accounts import Account, list_all
from app.wiki.page import fold

_BETWEEN = re.compile(r"\s*(?:[,;&/+]|\bet\b|\band\b)\s*", re.IGNORECASE)
MOST_NAMES = 10


def find_people(connection: Connection, words: str) -> list[Account]:
    """Find the accounts that “Nadia et Paul” means: by the whole name, else by a first name of one only."""
    return _named(words, [one for one in list_all(connection) if not one.is_blocked])


def _named(words: str, everybody: list[Account]) -> list[Account]:
    wanted = [fold(name) for name in _BETWEEN.split(words)[:MOST_NAMES] if fold(name)]
    found = (_meant(name, everybody) for name in wanted)
    return list({one.id: one for one in found if one is not None}.values())


def _meant(name: str, everybody: list[Account]) -> Account | None:
    whole = [one for one in everybody if fold(one.name) == name]
    first = [one for one in everybody if fold((one.name.split() or [""])[0]) == name]
    return (whole or first)[0] if len(whole or first) == 1 else None


def naming(connection: Connection, pseudonym: str, said: Iterable[str]) -> set[str]:
    """Give those of some words that mean an account, alone or with others."""
    everybody = [one for one in list_all(connection) if not one.is_blocked]
    return {words for words in set(said) if any(one.pseudonym == pseudonym for one in _named(words, everybody))}


def without_person(connection: Connection, words: str, account: Account) -> str:
    """Give “Paul” of “Nadia et Paul” where Nadia is the account: the names that others are meant by."""
    kept = [one for one in _BETWEEN.split(words) if account not in find_people(connection, one)]
    return ", ".join(one.strip() for one in kept if one.strip())
