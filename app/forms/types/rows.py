"""The type that is a small table: rows of short answers, under columns that the form names in `columns`.

A row is `{id, COLUMN: text …}`; what is empty is left out. The `id` stays with its row as long as the row stands, so
that others can speak of it.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import N_, Invalid
from app.forms.form import Field, Words, words_in
from app.forms.types import entry
from app.forms.types.base import FieldType, Typed
from app.forms.types.days import read_day, say_day
from app.wiki.yaml_text import Value

ID = "id"
KINDS = ("text", "number", "date", "choice")
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 100, 8, 500
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ID = re.compile(r"[a-z0-9]{1,16}")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,3})?")

NO_COLUMNS = N_("“%(name)s” is a table: name its columns, %(most)d at most.")
BAD_COLUMN = N_("A column of “%(name)s” cannot be used. Kinds: %(right)s.")
NO_NUMBER = N_("Write a number here, such as 15.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `choices` are what may stand in one of the kind `choice`, by key."""

    name: str
    kind: str
    label: Words
    choices: Mapping[str, Words]


def columns_of(field: Field) -> tuple[Column, ...]:
    """List the columns of a table; those that cannot be used are left out."""
    said = field.options.get("columns", [])
    found = [_column(one) for one in said] if isinstance(said, list) else []
    return tuple(one for one in found if one is not None)[:MOST_COLUMNS]


def check_columns(field: Field) -> None:
    """Raise Invalid where the columns of a table cannot be used."""
    said = field.options.get("columns", [])
    if not isinstance(said, list) or not 0 < len(said) <= MOST_COLUMNS:
        raise Invalid(NO_COLUMNS, name=field.name, most=MOST_COLUMNS)
    names = [one.name for one in columns_of(field)]
    if len(names) != len(said) or len(set(names)) != len(names):
        raise Invalid(BAD_COLUMN, name=field.name, right=", ".join(KINDS))


def _column(said: Value) -> Column | None:
    if not isinstance(said, dict):
        return None
    name, kind = said.get("name", ""), said.get("type", "text")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name == ID or kind not in KINDS:
        return None
    choices = said.get("choices", {})
    if kind == "choice" and not (isinstance(choices, dict) and choices):
        return None
    known = {key: _words(label) for key, label in choices.items()} if isinstance(choices, dict) else {}
    return Column(name, str(kind), _words(said.get("label", name)), known)


def _words(said: Value) -> Words:
    if isinstance(said, dict):
        return {language: entry.shown(words) for language, words in said.items()}
    return {"": entry.shown(said)}


class Rows(FieldType):
    """A table. Rows in which nothing is typed are left out."""

    name = "rows"

    def parts_of(self, field: Field) -> tuple[str, ...]:
        """Name the inputs of a row."""
        return (ID, *(one.name for one in columns_of(field)))

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read inputs that are repeated for each row; a new row gets its name."""
        columns = {name: list(typed.get(name, ())) for name in self.parts_of(field)}
        count = min(max(map(len, columns.values()), default=0), 2 * MOST_ROWS)
        rows = [{name: texts[at] for name, texts in columns.items() if at < len(texts)} for at in range(count)]
        filled = [row for row in rows if any(text.strip() for name, text in row.items() if name != ID)]
        return self.check(field, [{**row, ID: row.get(ID, "").strip() or new_id()} for row in filled])

    def check(self, field: Field, value: Value) -> Value | None:
        """Check each row; columns of other names are left out."""
        items = [value] if isinstance(value, dict) else value
        if not isinstance(items, list):
            return None if items == "" else entry.refuse()
        entry.check_number([""] * len(items), MOST_ROWS)
        return [row for item in items if (row := _check_row(field, item))] or None

    def type_again(self, field: Field, value: Value) -> Typed:
        """Repeat each input for each row."""
        rows = list_rows(value)
        return {name: tuple(row.get(name, "") for row in rows) for name in self.parts_of(field)}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say each row, its answers with commas between."""
        shown = columns_of(field)
        said = [[words for one in shown if (words := say(one, row, language))] for row in list_rows(value)]
        return "; ".join(", ".join(row) for row in said)

    def cell(self, field: Field, value: Value) -> str:
        """Write JSON."""
        return entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read JSON."""
        value = entry.read_json(cell.strip())
        return self.check(field, cell.strip() if value is None else value)


def new_id() -> str:
    """Make the name of a row."""
    return secrets.token_hex(4)


def list_rows(value: Value) -> list[dict[str, str]]:
    """List the rows of a value as texts, whatever its shape is."""
    items = value if isinstance(value, list) else [value]
    return [{name: entry.shown(part) for name, part in item.items()} for item in items if isinstance(item, dict)]


def say(column: Column, row: Mapping[str, str], language: str) -> str:
    """Say what stands in a column of a row."""
    text = row.get(column.name, "")
    if column.kind == "date" and text:
        return say_day(text, language)
    return words_in(column.choices[text], language) if text in column.choices else text


def say_beside(column: Column, row: Mapping[str, str], language: str) -> str:
    """Say it beside the first column, where no heading tells what it is: a day or a number alone would be a riddle."""
    said, label = say(column, row, language), words_in(column.label, language)
    if column.kind == "date" and said and label:
        return f"{label[0].lower()}{label[1:]} {said}"
    return f"{said} {label.lower()}".strip() if column.kind == "number" and said else said


def _check_row(field: Field, item: Value) -> Value | None:
    columns = columns_of(field)
    said = entry.parts_of(item, (ID, *(one.name for one in columns)))
    row: dict[str, Value] = {one.name: _check(one, said[one.name]) for one in columns if one.name in said}
    number = said.get(ID, "")
    return {**({ID: number} if _ID.fullmatch(number) else {}), **row} if row else None


def _check(column: Column, text: str) -> str:
    if column.kind == "date":
        return read_day(text)
    if column.kind == "number" and not _NUMBER.fullmatch(text):
        raise Invalid(NO_NUMBER, part=column.name)
    if column.kind == "choice" and text not in column.choices:
        entry.refuse()
    return entry.check_length(text, MOST_LETTERS)
