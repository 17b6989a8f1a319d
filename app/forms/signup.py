"""What a record says of those who take part: whether one may say “I come”, for how many, in which roles, until when.

Written by the field type `signup` (`app/forms/types/signups.py`), read by `app/answers`.
"""

from dataclasses import dataclass
from datetime import date

from app.forms.form import Field, Form, Values
from app.wiki.page import fold
from app.wiki.yaml_text import Value

MOST_PLACES = 10_000
MOST_ROLES = 20
MOST_TOOLS = 40
MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class Role:
    """Something to do for which hands are needed; `places` None: as many as come."""

    key: str
    name: str
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Signup:
    """How one takes part. `places` counts persons, None: no limit; `until` is the last day on which one may answer."""

    is_open: bool = True
    places: int | None = None
    until: date | None = None
    roles: tuple[Role, ...] = ()
    tools: tuple[str, ...] = ()
    asks_meal: bool = False
    asks_seats: bool = False

    def find_role(self, key: str) -> Role | None:
        """Find a role by its key."""
        return next((one for one in self.roles if one.key == key), None)


def field_of(form: Form) -> Field | None:
    """Find the question of a form that says how one takes part: the first one that all may read."""
    return next((one for one in form.of_type("signup") if not one.is_private), None)


def of_record(form: Form, values: Values) -> Signup | None:
    """Read how one takes part in a record; None where nothing is said of it."""
    field = field_of(form)
    return read(values[field.name]) if field and field.name in values else None


def read(value: Value) -> Signup | None:
    """Read a stored value; None where it is none. Never raises: what does not fit is left out."""
    if not isinstance(value, dict):
        return None
    until = value.get("until", "")
    return Signup(
        is_open=_is_yes(value.get("open", "")),
        places=_count(value.get("places", "")),
        until=_day(until) if isinstance(until, str) else None,
        roles=_roles(value.get("roles", [])),
        tools=_names(value.get("tools", [])),
        asks_meal=_is_yes(value.get("meal", "")),
        asks_seats=_is_yes(value.get("seats", "")),
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _roles(said: Value) -> tuple[Role, ...]:
    """List the roles, each key once."""
    found: dict[str, Role] = {}
    for one in said if isinstance(said, list) else ():
        role = one if isinstance(one, dict) else {"name": one}
        name = role.get("name", "")
        if isinstance(name, str) and (key := fold(name)) and len(name) <= MOST_NAME:
            found.setdefault(key, Role(key, name, _count(role.get("places", ""))))
    return tuple(found.values())[:MOST_ROLES]


def _names(said: Value) -> tuple[str, ...]:
    found = {fold(one): one for one in said if isinstance(one, str)} if isinstance(said, list) else {}
    return tuple(name for key, name in found.items() if key and len(name) <= MOST_NAME)[:MOST_TOOLS]


def _count(said: Value) -> int | None:
    is_number = isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 6
    return min(int(str(said)), MOST_PLACES) if is_number and int(str(said)) else None


def _is_yes(said: Value) -> bool:
    return isinstance(said, str) and said.casefold() in {"yes", "true", "oui"}
