"""What types have in common: those whose value is one text, those of several words, those of several parts."""

from app.errors import Invalid
from app.forms.form import Field
from app.forms.types import entry
from app.forms.types.base import FieldType, Typed
from app.wiki.yaml_text import Value


class OneText(FieldType):
    """A type whose value is one text. `spell` brings it into its stored form, or refuses it."""

    def spell(self, field: Field, text: str) -> str:
        """Give the stored form of a clean line that is not empty; raises Invalid."""
        raise NotImplementedError

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read the one input."""
        return self.check(field, entry.whole(typed))

    def check(self, field: Field, value: Value) -> Value | None:
        """Spell the text, if there is one."""
        text = entry.line(entry.text_of(value))
        return self.spell(field, text) if text else None

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show the text as it is held."""
        return {"": (value if isinstance(value, str) else entry.shown(value),)}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say the text as it is held."""
        return entry.shown(value)

    def cell(self, field: Field, value: Value) -> str:
        """Write the text as it is held."""
        return value if isinstance(value, str) else entry.shown(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read it like any text."""
        return self.check(field, cell)


class SeveralWords(FieldType):
    """A type whose value is a list of short texts without commas."""

    most = 50

    def spell(self, field: Field, word: str) -> str:
        """Give the stored form of one of them; raises Invalid."""
        raise NotImplementedError

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read inputs that are repeated, each with one word or several with commas between."""
        return self.check(field, list(typed.get("", ())))

    def check(self, field: Field, value: Value) -> Value | None:
        """Spell every word; those that are there before are left out."""
        words = entry.check_number(entry.words_of(value), self.most)
        return list(dict.fromkeys(self.spell(field, word) for word in words)) or None

    def type_again(self, field: Field, value: Value) -> Typed:
        """Repeat the input for each word."""
        return {"": tuple(self.words(value))}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say the words with commas between."""
        return ", ".join(self.words(value))

    def cell(self, field: Field, value: Value) -> str:
        """Write the words with commas between."""
        return ", ".join(self.words(value))

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Split the cell."""
        return self.check(field, cell)

    def words(self, value: Value) -> list[str]:
        """List the words of a value, whatever its shape is."""
        try:
            return entry.words_of(value)
        except Invalid:
            return [said] if (said := entry.shown(value)) else []


class SeveralParts(FieldType):
    """A type whose value is a mapping of short texts: `parts` are its keys, in their order."""

    def check_parts(self, field: Field, parts: dict[str, str]) -> Value | None:
        """Give the stored form of clean parts, none of them empty; raises Invalid."""
        raise NotImplementedError

    def read_short(self, field: Field, text: str) -> Value | None:
        """Read the short way to write the value as one text; raises Invalid where there is none."""
        entry.refuse()

    def write_short(self, value: Value) -> str:
        """Write the value that way; `""` where that would lose something."""
        return ""

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read the input of each part."""
        return self.check(field, {name: entry.part(typed, name) for name in self.parts})

    def check(self, field: Field, value: Value) -> Value | None:
        """Take the parts that the type knows."""
        if isinstance(value, str):
            return self.read_short(field, text) if (text := entry.line(value)) else None
        parts = entry.parts_of(value, self.parts)
        return self.check_parts(field, parts) if parts else None

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show each part in its input."""
        parts = value if isinstance(value, dict) else {}
        return {name: (entry.shown(parts.get(name, "")),) for name in self.parts}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say the parts with commas between."""
        return entry.shown(value)

    def cell(self, field: Field, value: Value) -> str:
        """Write the value the short way if that says all of it, else as JSON."""
        short = self.write_short(value)
        try:
            is_whole = bool(short) and self.read_short(field, short) == value
        except Invalid:
            is_whole = False
        return short if is_whole else entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read either way."""
        value = entry.read_json(cell.strip())
        return self.check(field, cell if value is None else value)
