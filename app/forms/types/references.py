"""The type that names other records, by the identity of their pages: it survives that they are renamed."""

import re

from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types.base import Key
from app.forms.types.simple import SeveralWords
from app.wiki.yaml_text import Value

MOST_RECORDS = 200
NOT_A_RECORD = N_("“%(word)s” names no record. Choose one from the list.")
_ID = re.compile(r"[a-z0-9]{4,32}")


def form_of(field: Field) -> str:
    """Name the form whose records are chosen; `""` where a field chooses from its own list."""
    said = field.options.get("form", "")
    return said if isinstance(said, str) else ""


def check_id(text: str) -> str:
    """Give the identity of a page back; raises Invalid for what cannot be one. Nobody looks whether it exists."""
    if not _ID.fullmatch(text):
        raise Invalid(NOT_A_RECORD, word=text[:60])
    return text


class Records(SeveralWords):
    """Other records, in the order in which they were chosen."""

    name = "records"
    most = MOST_RECORDS

    def spell(self, field: Field, word: str) -> str:
        """Check its shape."""
        return check_id(word)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Be found from the other side."""
        return tuple(Key(word) for word in self.words(value))
