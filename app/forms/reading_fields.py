"""Reading the fields of a form: each with its type, labels, choices and condition."""

import re
from collections.abc import Iterator

from app.errors import N_, Invalid
from app.forms import told
from app.forms.form import RESERVED, SPACES, Choice, Condition, Field
from app.forms.types import TYPES
from app.forms.types.rows import Rows, check_columns
from app.wiki.page import slugify
from app.wiki.yaml_text import Value

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
MOST_FIELDS = 60
MOST_CHOICES = 500
MOST_DEPTH = 4
KNOWN = frozenset("name type label help required default readers only_if facet listed choices".split())
OWN_TYPES = {"title": "text", "tags": "tags"}  # names that every page knows, as what they are
CHOOSING = frozenset({"choice", "choices"})

NOT_A_LIST = N_("Write the questions as a list under “fields”, each with a name.")
TOO_MANY = N_("A form has at most %(most)d questions.")
BAD_NAME = N_("“%(name)s” cannot name a question: small letters, digits and “_” only.")
TWICE = N_("Two questions are named “%(name)s”. Change one.")
TAKEN = N_("“%(name)s” is a name that the site uses itself. Choose another one.")
NO_TYPE = N_("Question “%(name)s” has no kind that is known: %(right)s.")
FIXED_TYPE = N_("A question named “%(name)s” is of the kind “%(type)s”, for all to read.")
PRIVATE_FACET = N_("“%(name)s” is read by few: it cannot be a filter.")
BAD_CONDITION = N_("“only_if” of “%(name)s” names no other question of this form.")
IN_A_CIRCLE = N_("“%(name)s” is asked only if it is asked itself. Change its condition.")
BAD_CHOICES = N_("The answers of “%(name)s” cannot be read. Write one per line.")
TOO_MANY_CHOICES = N_("“%(name)s” has over %(most)d answers.")
TOO_DEEP = N_("The answers of “%(name)s” are nested more than %(most)d deep.")
BAD_KEY = N_("“%(key)s” cannot name an answer of “%(name)s”: letters, digits, hyphens.")
KEY_TWICE = N_("Two answers of “%(name)s” are named “%(key)s”. Change one.")


def read_fields(said: Value) -> tuple[Field, ...]:
    """Read the list of fields; raises Invalid with the name of the one at fault."""
    if said == "":
        return ()
    if not isinstance(said, list):
        raise Invalid(NOT_A_LIST)
    if len(said) > MOST_FIELDS:
        raise Invalid(TOO_MANY, most=MOST_FIELDS)
    return check_fields(tuple(_read_field(one) for one in said))


def check_fields(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Give the fields back if they fit each other; raises Invalid."""
    names = [field.name for field in fields]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Invalid(TWICE, name=twice)
    above = {field.name: field.condition.field for field in fields if field.condition}
    for name, of in above.items():
        if of not in names:
            raise Invalid(BAD_CONDITION, name=name)
        if name in _follow(above, of):
            raise Invalid(IN_A_CIRCLE, name=name)
    return fields


def _follow(above: dict[str, str], name: str) -> Iterator[str]:
    """List a field and those that it depends on, each once."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        yield name
        name = above.get(name, "")


def _read_field(said: Value) -> Field:
    if not isinstance(said, dict):
        raise Invalid(NOT_A_LIST)
    name = check_name(told.text(said, "name", "fields"))
    field = Field(
        name=name,
        type=told.text(said, "type", name) or "text",
        label=told.words(said, "label", name) or {"": name.replace("_", " ")},
        help=told.words(said, "help", name, told.MOST_HELP),
        is_required=told.flag(said, "required", name),
        default=_read_default(said, name),
        readers=told.audience(said, "readers", name, "public", SPACES).replace("public", ""),
        condition=_read_condition(said.get("only_if", ""), name),
        choices=read_choices(said.get("choices", []), name),
        is_facet=told.flag(said, "facet", name),
        is_listed=told.flag(said, "listed", name),
        options={key: value for key, value in said.items() if key not in KNOWN},
    )
    return check_field(field)


def check_name(name: str) -> str:
    """Give the name of a field back; raises Invalid where it cannot be one."""
    if not NAME.fullmatch(name):
        raise Invalid(BAD_NAME, name=name[:60])
    if name in RESERVED:
        raise Invalid(TAKEN, name=name)
    return name


def check_field(field: Field) -> Field:
    """Give a field back if what it says of itself fits; raises Invalid."""
    if field.type not in TYPES:
        raise Invalid(NO_TYPE, name=field.name, right=", ".join(TYPES))
    right = OWN_TYPES.get(field.name, field.type)
    if field.type != right or (field.name in OWN_TYPES and field.is_private):
        raise Invalid(FIXED_TYPE, name=field.name, type=right)
    if field.is_facet and field.is_private:
        raise Invalid(PRIVATE_FACET, name=field.name)
    if field.type == Rows.name:
        check_columns(field)
    return field


def _read_default(said: dict[str, Value], name: str) -> str:
    value = said.get("default", "")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(str(item) for item in value)
    return told.text(said, "default", name, told.MOST_HELP)


def _read_condition(said: Value, name: str) -> Condition | None:
    if said in ("", {}):
        return None
    told_of = {"field": said} if isinstance(said, str) else said
    if not isinstance(told_of, dict) or not set(told_of) <= {"field", "is"}:
        raise Invalid(BAD_CONDITION, name=name)
    values = told_of.get("is", [])
    items = [values] if isinstance(values, str) else values
    if not isinstance(items, list) or len(items) > MOST_CHOICES or not all(isinstance(one, str) for one in items):
        raise Invalid(BAD_CONDITION, name=name)
    return Condition(told.text(told_of, "field", name), tuple(str(one) for one in items if one))


def read_choices(said: Value, name: str) -> tuple[Choice, ...]:
    """Read choices: `{key: label}`, a list of labels, or a list of `{key, label, colour, choices}`, a tree."""
    choices = _read_level(said, name, 1)
    keys = list(list_keys(choices))
    if len(keys) > MOST_CHOICES:
        raise Invalid(TOO_MANY_CHOICES, name=name, most=MOST_CHOICES)
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise Invalid(KEY_TWICE, name=name, key=key)
        seen.add(key)
    return choices


def list_keys(choices: tuple[Choice, ...]) -> Iterator[str]:
    """List the keys of choices and of those below."""
    for choice in choices:
        yield choice.key
        yield from list_keys(choice.children)


def _read_level(said: Value, name: str, depth: int) -> tuple[Choice, ...]:
    if depth > MOST_DEPTH and said:
        raise Invalid(TOO_DEEP, name=name, most=MOST_DEPTH)
    if isinstance(said, str) and said:
        raise Invalid(BAD_CHOICES, name=name)
    if isinstance(said, dict):
        return tuple(Choice(check_key(key, name), _labels({"label": label}, key, name)) for key, label in said.items())
    return tuple(_read_choice(one, name, depth) for one in said)


def _read_choice(said: Value, name: str, depth: int) -> Choice:
    if isinstance(said, str):
        return Choice(check_key(key_of(said), name), _labels({"label": said}, said, name))
    if not isinstance(said, dict) or not set(said) <= {"key", "label", "colour", "choices"}:
        raise Invalid(BAD_CHOICES, name=name)
    key = check_key(told.text(said, "key", name), name)
    children = _read_level(said.get("choices", []), name, depth + 1)
    return Choice(key, _labels(said, key, name), children, told.word(said, "colour", name))


def _labels(said: dict[str, Value], key: str, name: str) -> dict[str, str]:
    return dict(told.words(said, "label", name)) or {"": key}


def key_of(label: str) -> str:
    """Make the key of an answer that has only a label."""
    return label if KEY.fullmatch(label) else slugify(label)[:60].rstrip("-")


def check_key(key: str, name: str) -> str:
    """Give the key of an answer back; raises Invalid where it cannot be one."""
    if not KEY.fullmatch(key):
        raise Invalid(BAD_KEY, key=key[:60], name=name)
    return key
