"""Who wrote a message, also where the list or pipermail put itself in between."""

import re

from . import charsets, headers
from .headers import Headers
from .record import Person

_ANGLE = re.compile(r"<([^<>]*)>")
_OBSCURED = re.compile(r"^\s*([^\s()<>@]{1,100}) (?:at|à|chez) ([^\s()<>@]{1,200})(?:\s+\((.*)\))?\s*$")
_SPELLED = re.compile(r"<([^\s<>@]{1,100}) (?:at|à|chez) ([^\s<>@]{1,200})>")  # Mailman, between brackets
_BARE = re.compile(r"([^\s<>()\",;:@]{1,100}@[^\s<>()\",;:@]{1,253})")
_VIA = re.compile(r"\s+(?:via|par)\s+\S.*$", re.IGNORECASE)
_MOST_NAME = 200


def parse(value: str) -> Person:
    """Read one address with its name from a header as it came."""
    value = _SPELLED.sub(r"<\1@\2>", " ".join(headers.stray(value[:2000]).split()))
    if found := _OBSCURED.match(value):
        return Person(_name(found[3] or ""), _address(f"{found[1]}@{found[2]}"))
    angles = [found for found in _ANGLE.finditer(value) if "@" in found[1]]
    if angles:
        return Person(_name(value[: angles[0].start()]), _address(angles[0][1]))
    bare = _BARE.search(value)
    if bare is None:
        return Person(_name(value.replace("<", "").replace(">", "")), "")
    return Person(_name((value[: bare.start()] + value[bare.end() :]).strip(" ()")), _address(bare[1]))


def _address(text: str) -> str:
    return "".join(charsets.tidy(text).split()).strip("'\"").lower()[:254]


def _name(text: str) -> str:
    name = headers.decode(text.strip()).strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    return name.replace('\\"', '"').strip(" ,;")[:_MOST_NAME]


def without_list(name: str) -> str:
    """Give a name without the “via LIST” that a list put behind it."""
    return _VIA.sub("", name)


def author(found: Headers, own_address: str = "") -> Person:
    """Say who wrote: From, or whom the list names where it wrote its own address there because of DMARC."""
    person = parse(found.raw("from") or found.raw("sender"))
    is_munged = bool(own_address) and person.address == own_address.lower()
    if not is_munged and not (_VIA.search(person.name) and (found.raw("list-id") or found.raw("x-original-from"))):
        return person
    name = without_list(person.name)
    for header in ("x-original-from", "x-original-sender", "reply-to"):
        other = parse(found.raw(header))
        if other.address and other.address not in (own_address.lower(), person.address):
            return Person(other.name or name, other.address)
    return Person(name, person.address)
