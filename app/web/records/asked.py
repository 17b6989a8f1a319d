"""A question of a record's form and what is typed in it: what every kind of input is prepared from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.forms.form import Field
from app.web.records.typed import Parts
from app.web.records.uploads import Upload


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is typed in it; `place_of` gives the address of a file that the page has."""

    field: Field
    parts: Parts
    uploads: Mapping[str, Upload]
    place_of: Callable[[str], str]

    def part(self, name: str) -> str:
        """Give what is typed in a part."""
        return next(iter(self.parts.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    label: str
    depth: int = 0
    is_chosen: bool = False
