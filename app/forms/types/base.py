"""What every type of field can do. One subclass a type; `app/forms/types/__init__.py` lists them by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.forms.form import Field
from app.wiki.yaml_text import Value

Typed: TypeAlias = Mapping[str, Sequence[str]]  # what a browser sent for one field, by part; `""` is the whole


@dataclass(frozen=True, slots=True)
class Key:
    """By what a value is found, counted and sorted: a text, and a number where it has one (a date: its day number)."""

    text: str
    number: float | None = None


class FieldType:
    """One type of field. What a record holds is never refused when it is shown: only what comes in is checked.

    `parts` name the inputs of a form besides the field's own (`start`, `lat` …).
    """

    name = ""
    parts: tuple[str, ...] = ()

    def parts_of(self, field: Field) -> tuple[str, ...]:
        """Name the inputs of a form besides the field's own."""
        return self.parts

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Give the value of what somebody typed, None where nothing was; raises Invalid with the cure."""
        raise NotImplementedError

    def kept(self, field: Field, before: Value | None, value: Value | None) -> Value | None:
        """Give a value that was typed with what of it nobody types, as the record says it."""
        return value

    def check(self, field: Field, value: Value) -> Value | None:
        """Bring a value that came by another way (file, program) into its stored form; raises Invalid."""
        raise NotImplementedError

    def type_again(self, field: Field, value: Value) -> Typed:
        """Give back what would be typed to get this value: what a form shows of a record."""
        raise NotImplementedError

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say a value in words, on one line; never raises: a value that does not fit is shown as it is."""
        raise NotImplementedError

    def cell(self, field: Field, value: Value) -> str:
        """Write a value into one cell of a table; `read_cell` reads it back unchanged."""
        raise NotImplementedError

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read a cell; raises Invalid."""
        raise NotImplementedError

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Give the keys by which the value is found and counted; none for what is not counted."""
        return ()
