"""The type that says how one takes part: places, roles, tools, until when. Read for others by `app/forms/signup.py`."""

import re
from dataclasses import dataclass

from app.errors import N_, Invalid
from app.forms import signup
from app.forms.form import Field
from app.forms.signup import MOST_NAME, MOST_PLACES, MOST_ROLES, MOST_TOOLS
from app.forms.types import entry
from app.forms.types.base import FieldType, Typed
from app.forms.types.days import read_day, say_day
from app.wiki.page import fold
from app.wiki.yaml_text import Value

YES, NO = "yes", "no"
BOXES = ("open", "meal", "seats")
# A number that nothing parts from the name is one of places as long as it is small: “Four 2000” is a name.
_ROLE = re.compile(r"(.+?)\s*(?:[:(×=]|\sx)\s*([0-9]{1,6})\s*\)?|(.+?)\s+([1-9][0-9]{0,2})")
_YES = frozenset("yes true on 1 oui vrai".split())

NO_NUMBER = N_("Give a whole number from 1 to %(most)d, or none.")
BAD_NAME = N_("“%(name)s” cannot be used here. Write a short word.")
NAMED_TWICE = N_("“%(name)s” stands here twice. Take one out.")
TOO_MANY = N_("Write at most %(most)d lines here.")


@dataclass(frozen=True, slots=True)
class _Words:
    opened: str
    closed: str
    places: str
    until: str


_SAID = {
    "fr": _Words("Inscriptions ouvertes", "Inscriptions fermées", "{} places", "jusqu’au {}"),
    "en": _Words("Sign-up open", "Sign-up closed", "{} places", "until {}"),
}


class Signups(FieldType):
    """How one takes part. Roles are typed one a line, “Kitchen: 3”; tools one a line."""

    name = "signup"
    parts = ("open", "places", "until", "roles", "tools", "meal", "seats")

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read each part; nothing typed and not opened: nothing is said."""
        said: dict[str, Value] = {name: entry.part(typed, name).strip() for name in ("places", "until")}
        said |= {name: YES for name in BOXES if entry.part(typed, name).strip()}
        roles = [_read_role(line) for line in _lines(entry.part(typed, "roles"))]
        tools: list[Value] = list(_lines(entry.part(typed, "tools")))
        return self.check(field, {**said, "roles": list(roles), "tools": tools})

    def check(self, field: Field, value: Value) -> Value | None:
        """Bring each part into its form; parts that say nothing are left out."""
        if isinstance(value, str):
            return self._check_word(entry.line(value))
        if not isinstance(value, dict):
            entry.refuse()
        found: dict[str, Value] = {
            **_number(value, "places"),
            **_day(value),
            **_roles(value.get("roles", "")),
            **_tools(value.get("tools", "")),
            **{name: YES for name in ("meal", "seats") if _is_yes(value.get(name, ""))},
        }
        is_open = _is_yes(value.get("open", ""))
        return {"open": YES if is_open else NO, **found} if found or is_open else None

    def _check_word(self, word: str) -> Value | None:
        if word and word.casefold() not in _YES:
            entry.refuse()
        return {"open": YES} if word else None

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show each part."""
        said = signup.read(value)
        if said is None:
            return {}
        ticked = {"open": said.is_open, "meal": said.asks_meal, "seats": said.asks_seats}
        return {
            **{name: (YES,) for name, is_ticked in ticked.items() if is_ticked},
            "places": (str(said.places or ""),),
            "until": (said.until.isoformat() if said.until else "",),
            "roles": ("\n".join(_write_role(one) for one in said.roles),),
            "tools": ("\n".join(said.tools),),
        }

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it in short: “Inscriptions ouvertes, 30 places, jusqu’au 20 mars 2026”."""
        said = signup.read(value)
        if said is None:
            return entry.shown(value)
        words = _SAID.get(language, _SAID["en"])
        parts = [words.opened if said.is_open else words.closed]
        parts += [words.places.format(said.places)] if said.places else []
        parts += [words.until.format(say_day(said.until.isoformat(), language))] if said.until else []
        return ", ".join(parts)

    def cell(self, field: Field, value: Value) -> str:
        """Write “yes” where nothing else is said, else JSON."""
        return YES if value == {"open": YES} else entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read either."""
        value = entry.read_json(cell.strip())
        return self.check(field, cell if value is None else value)


def _lines(text: str) -> list[str]:
    return [line for one in entry.lines(text).split("\n") if (line := entry.line(one))]


def _write_role(role: signup.Role) -> str:
    """Write it as it is typed; a colon ends a name that would be read as one with a number."""
    if role.places:
        return f"{role.name}: {role.places}"
    return f"{role.name}:" if _ROLE.fullmatch(role.name) else role.name


def _read_role(line: str) -> Value:
    match = _ROLE.fullmatch(line)
    if match is None:
        return {"name": line.rstrip(": ")}
    return {"name": match[1] or match[3], "places": match[2] or match[4]}


def _number(said: dict[str, Value], name: str) -> dict[str, Value]:
    text = entry.line(entry.text_of(said.get(name, "")))
    if not text:
        return {}
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= MOST_PLACES):
        raise Invalid(NO_NUMBER, most=MOST_PLACES, part=name)
    return {name: str(int(text))}


def _day(said: dict[str, Value]) -> dict[str, Value]:
    text = entry.line(entry.text_of(said.get("until", "")))
    try:
        return {"until": read_day(text)} if text else {}
    except Invalid as error:
        raise Invalid(error.msgid, part="until") from error


def _roles(said: Value) -> dict[str, Value]:
    found: list[Value] = []
    for one in [said] if isinstance(said, str) and said else said:
        role: dict[str, Value] = one if isinstance(one, dict) else {"name": one}
        name = _name(role.get("name", ""), "roles")
        try:
            found.append({"name": name, **_number(role, "places")})
        except Invalid as error:
            raise Invalid(error.msgid, most=MOST_PLACES, part="roles") from error
    names = [str(one["name"]) for one in found if isinstance(one, dict)]
    _check_list(names, MOST_ROLES, "roles")
    return {"roles": found} if found else {}


def _tools(said: Value) -> dict[str, Value]:
    names = [_name(one, "tools") for one in ([said] if isinstance(said, str) and said else said)]
    _check_list(names, MOST_TOOLS, "tools")
    return {"tools": list(names)} if names else {}


def _name(said: Value, part: str) -> str:
    name = entry.line(entry.text_of(said))
    if not fold(name) or len(name) > MOST_NAME or name.rstrip(": ") != name:
        raise Invalid(BAD_NAME, name=name[:60], part=part)
    return name


def _check_list(names: list[str], most: int, part: str) -> None:
    """Refuse too many names, and two that would be one key."""
    if len(names) > most:
        raise Invalid(TOO_MANY, most=most, part=part)
    keys = [fold(name) for name in names]
    twice = next((name for name, key in zip(names, keys, strict=True) if keys.count(key) > 1), None)
    if twice is not None:
        raise Invalid(NAMED_TWICE, name=twice, part=part)


def _is_yes(said: Value) -> bool:
    return isinstance(said, str) and said.strip().casefold() in _YES
