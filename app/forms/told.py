"""Taking single values out of a form's YAML; each raises Invalid with the key and where it stands."""

import re
from collections.abc import Mapping

from app.errors import N_, Invalid
from app.forms.form import Words
from app.wiki.yaml_text import Value

MOST_LABEL = 200
MOST_HELP = 2_000

NOT_TEXT = N_("“%(key)s” of “%(where)s” needs one line of text.")
NOT_FLAG = N_("“%(key)s” of “%(where)s” needs yes or no.")
NOT_NUMBER = N_("“%(key)s” of “%(where)s” needs a whole number up to %(most)d.")
TOO_LONG = N_("“%(key)s” of “%(where)s” has over %(most)d letters. Shorten it.")
NOT_WORDS = N_("“%(key)s” of “%(where)s” needs a text, or one for each language.")
BAD_READERS = N_("“%(key)s” of “%(where)s” may be: members, admins, or group: and its name.")

_YES, _NO = frozenset("yes true on oui 1".split()), frozenset("no false off non 0".split()) | {""}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_GROUP = re.compile(r"group:[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
NOT_A_WORD = N_("“%(key)s” of “%(where)s” may hold letters, digits and hyphens.")


def text(said: Mapping[str, Value], key: str, where: str, most: int = MOST_LABEL) -> str:
    """Take a text; `""` where nothing is said."""
    value = said.get(key, "")
    if not isinstance(value, str):
        raise Invalid(NOT_TEXT, key=key, where=where)
    return _short(value.strip(), key, where, most)


def word(said: Mapping[str, Value], key: str, where: str) -> str:
    """Take a word without blanks: the name of an icon, a colour, a type."""
    value = text(said, key, where)
    if value and not _WORD.fullmatch(value):
        raise Invalid(NOT_A_WORD, key=key, where=where)
    return value


def flag(said: Mapping[str, Value], key: str, where: str, otherwise: bool = False) -> bool:
    """Take yes or no."""
    if key not in said:
        return otherwise
    value = text(said, key, where).casefold()
    if value not in _YES | _NO:
        raise Invalid(NOT_FLAG, key=key, where=where)
    return value in _YES


def number(said: Mapping[str, Value], key: str, where: str, most: int) -> int:
    """Take a whole number, 0 where nothing is said."""
    value = text(said, key, where) or "0"
    if not (value.isascii() and value.isdecimal() and len(value) < 7 and int(value) <= most):
        raise Invalid(NOT_NUMBER, key=key, where=where, most=most)
    return int(value)


def words(said: Mapping[str, Value], key: str, where: str, most: int = MOST_LABEL) -> Words:
    """Take words: one text, or one for each language; empty ones are left out."""
    value = said.get(key, "")
    if isinstance(value, str):
        value = {"": value}
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise Invalid(NOT_WORDS, key=key, where=where)
    if any(language and not _LANGUAGE.fullmatch(language) for language in value):
        raise Invalid(NOT_WORDS, key=key, where=where)
    trimmed = {language: str(one).strip() for language, one in value.items()}
    return {language: _short(one, key, where, most) for language, one in trimmed.items() if one}


def audience(said: Mapping[str, Value], key: str, where: str, *more: str) -> str:
    """Take who may read or send: `members`, `admins`, groups, or one of `more`."""
    value = said.get(key, "")
    items: list[Value] = [*value.split(",")] if isinstance(value, str) else [*value]
    found = sorted({item.strip() if isinstance(item, str) else "?" for item in items} - {""})
    if not found or (len(found) == 1 and found[0] in {"members", "admins", *more}):
        return "".join(found)
    if not all(_GROUP.fullmatch(item) for item in found):
        raise Invalid(BAD_READERS, key=key, where=where)
    return _short(", ".join(found), key, where, MOST_LABEL)


def _short(value: str, key: str, where: str, most: int) -> str:
    if len(value) > most:
        raise Invalid(TOO_LONG, key=key, where=where, most=most)
    return value
