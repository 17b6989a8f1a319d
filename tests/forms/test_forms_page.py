"""The page about forms names every key and every type, and its example is a form."""

import re
from pathlib import Path

from app.forms import reading, reading_fields
from app.forms.reading import parse
from app.forms.types import TYPES
from app.forms.types.places import PRECISIONS

PAGE = (Path(__file__).parents[2] / "pages/dev/forms.md").read_text(encoding="utf-8")


def test_every_key_and_type_is_named() -> None:
    named = set(re.findall(r"`([a-z_]+)`", PAGE))

    assert (reading.KNOWN | reading_fields.KNOWN | TYPES.keys() | set(PRECISIONS)) - named == set()


def test_every_part_of_a_value_is_named() -> None:
    parts = {part for one in TYPES.values() for part in one.parts if one.name not in ("hours", "schedule")}

    assert {part for part in parts if not re.search(rf"\b{part}\b", PAGE)} == set()


def test_the_example_is_a_form() -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

    assert example
    assert len(parse("covoiturage", example[1]).fields) == 4
