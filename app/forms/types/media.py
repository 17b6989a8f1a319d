"""Types that are files of the page: images with what must be said beside them, and a file to take home."""

import re
from collections.abc import Mapping

from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types import entry
from app.forms.types.base import FieldType, Typed
from app.forms.types.days import read_day
from app.forms.types.simple import SeveralParts
from app.wiki.yaml_text import Value

MOST_IMAGES = 50
MOST_LETTERS = 300
_FILE = re.compile(r"[^/\\<>\"|?*:]{1,200}")
_YEAR = re.compile(r"[0-9]{4}(-[0-9]{2})?")

NO_FILE_NAME = N_("This is no name of a file. Example: garden.jpg")


class Images(FieldType):
    """Images of the page, in order: `{file, alt, author, licence, date}`. The `file` is the name of an attachment."""

    name = "images"
    parts = ("file", "alt", "author", "licence", "date")

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read inputs that are repeated for each image; those without a file are left out."""
        columns = {name: list(typed.get(name, ())) for name in self.parts}
        rows = min(len(columns["file"]), 2 * MOST_IMAGES)
        images: list[Value] = [_row(columns, number) for number in range(rows) if columns["file"][number].strip()]
        return self.check(field, images)

    def check(self, field: Field, value: Value) -> Value | None:
        """Check each image; a text names files with commas between."""
        if isinstance(value, str):
            value = [{"file": name} for name in entry.split([value])]
        items = [value] if isinstance(value, dict) else value
        if len(items) > MOST_IMAGES:
            entry.check_number([""] * len(items), MOST_IMAGES)
        return [_check_image(item) for item in items] or None

    def type_again(self, field: Field, value: Value) -> Typed:
        """Repeat each input for each image."""
        images = list_images(value)
        return {name: tuple(image.get(name, "") for image in images) for name in self.parts}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say what is to be seen."""
        return ", ".join(image.get("alt") or image["file"] for image in list_images(value))

    def cell(self, field: Field, value: Value) -> str:
        """Write the names with commas between where there is nothing else to say, else JSON."""
        images = list_images(value)
        names = [image["file"] for image in images]
        bare = ", ".join(names)
        is_bare = [{"file": name} for name in names] == value and entry.split([bare]) == names
        return bare if is_bare and not bare.startswith(("{", "[")) else entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read either way."""
        value = entry.read_json(cell.strip())
        return self.check(field, cell if value is None else value)


def _row(columns: Mapping[str, list[str]], number: int) -> Value:
    return {name: column[number] for name, column in columns.items() if number < len(column)}


def _check_image(item: Value) -> Value:
    parts = entry.parts_of({"file": item} if isinstance(item, str) else item, Images.parts)
    for name in ("alt", "author", "licence"):
        entry.check_length(parts.get(name, ""), MOST_LETTERS)
    date = parts.get("date", "")
    dated = {"date": date if _YEAR.fullmatch(date) else read_day(date)} if date else {}
    return {**parts, "file": check_file_name(parts.get("file", "")), **dated}


def list_images(value: Value) -> list[dict[str, str]]:
    """List the images of a value as texts, whatever its shape is; those without a file are left out."""
    items = value if isinstance(value, list) else [value]
    found = [item if isinstance(item, dict) else {"file": item} for item in items]
    texts = [{name: entry.shown(part) for name, part in item.items()} for item in found]
    return [image for image in texts if image.get("file")]


def check_file_name(name: str) -> str:
    """Give the name of an attachment back; raises Invalid for what names a folder or nothing."""
    if not _FILE.fullmatch(name) or name.startswith("."):
        raise Invalid(NO_FILE_NAME)
    return name


class File(SeveralParts):
    """A file of the page: `{file, title}`."""

    name = "file"
    parts = ("file", "title")

    def check_parts(self, field: Field, parts: dict[str, str]) -> Value | None:
        """Check the name; a title without a file is nothing."""
        if "file" not in parts:
            return None
        entry.check_length(parts.get("title", ""), MOST_LETTERS)
        check_file_name(parts["file"])
        return dict(parts)

    def read_short(self, field: Field, text: str) -> Value | None:
        """Read the bare name of a file."""
        return self.check_parts(field, {"file": text})

    def write_short(self, value: Value) -> str:
        """Write a bare name."""
        name = entry.shown(value.get("file", "")) if isinstance(value, dict) and set(value) == {"file"} else ""
        return "" if name.startswith(("{", "[")) else name

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say its title, or its name."""
        return entry.shown((value.get("title") or value.get("file", "")) if isinstance(value, dict) else value)
