"""What a form is: its fields in order, who fills it in, where its records stand. Read from YAML by `reading`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from app.wiki.yaml_text import Value

Words: TypeAlias = Mapping[str, str]  # by language (`fr`, `en`); under `""` those of a form that names no language
Values: TypeAlias = Mapping[str, Value]  # what a record says, by the name of the field, as its front matter holds it

EVERYONE, MEMBERS, ADMINS = "everyone", "members", "admins"  # who may submit, beside `group:NAME`
SPACES = "spaces"  # who reads an answer: members of the spaces that its record names

# Life of a record, in the `state` of its front matter; published is the state of a record that says nothing.
PUBLISHED, CHECKED, TO_VERIFY, ARCHIVED = "", "checked", "to-verify", "archived"
STATES = (PUBLISHED, CHECKED, TO_VERIFY, ARCHIVED)
SHOWN = (PUBLISHED, CHECKED, TO_VERIFY)  # what views show that name no state
# Types whose answers are addresses of people: told to nobody who has not signed in, and nobody is found by them.
OF_SOMEBODY = ("email", "contact")
# Keys of a record's front matter that no field may be called by; `title` and `tags` may be, as what they are.
RESERVED = frozenset(
    {"id", "form", "lang", "audience", "editors", "redirect", "aliases"}
    | {"state", "checked", "verified", "expires", "merged"}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `key` is what a record holds. `children` make a tree; keys are unique in the field."""

    key: str
    label: Words
    children: "tuple[Choice, ...]" = ()
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is asked only if another one has one of these values; of any value where there are none."""

    field: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `type` is a key of `app.forms.types.TYPES`.

    `readers` is an audience; `""` are the page's. A field that names readers is private: kept in the database.
    `options` holds what only its type understands (`form` of linked records, `unit`, `lines` …).
    """

    name: str
    type: str
    label: Words
    help: Words = field(default_factory=dict)
    is_required: bool = False
    default: str = ""
    readers: str = ""
    condition: Condition | None = None
    choices: tuple[Choice, ...] = ()
    is_facet: bool = False
    is_listed: bool = False
    options: Mapping[str, Value] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Tell whether its values are kept out of the page: contacts always are."""
        return bool(self.readers) or self.type == "contact"


@dataclass(frozen=True, slots=True)
class Form:
    """A form, by the name of its file in `_forms/`.

    `title_rule` and `path_rule` are texts with `{field}`, `{title}`, `{letter}`, `{year}` in them; the path is below
    `folder`. `expires_days` 0: never. `fault` says what could not be read: an English msgid and its values.
    """

    name: str
    title: Words
    plural: Words
    fields: tuple[Field, ...]
    description: Words = field(default_factory=dict)
    folder: str = ""
    title_rule: str = "{title}"
    path_rule: str = "{letter}/{title}"
    submitters: str = MEMBERS
    is_moderated: bool = False
    is_one_per_person: bool = False
    has_checks: bool = False  # two levels: what somebody saw, then what somebody who knows has checked
    audience: str = ""
    icon: str = ""
    colour: str = ""
    expires_days: int = 0
    is_asked_yearly: bool = False
    schema_type: str = ""  # of schema.org
    has_body: bool = True  # a free text under the fields
    extras: Mapping[str, Any] = field(default_factory=dict)
    body_label: Words = field(default_factory=dict)  # of the free text; where it has one, the text is large

    def find(self, name: str) -> Field | None:
        """Find a field by its name."""
        return next((one for one in self.fields if one.name == name), None)

    def of_type(self, *types: str) -> tuple[Field, ...]:
        """List the fields of some types."""
        return tuple(one for one in self.fields if one.type in types)


def words_in(words: Words, language: str) -> str:
    """Say words in a language; in another one where they are not there; `""` where there are none."""
    return words.get(language) or words.get("") or next(iter(words.values()), "")
