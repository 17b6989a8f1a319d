"""Reads the one spelling of HTML that `app.wiki.clean` leaves, where `<` begins a tag and no value holds a `"`."""

import re
from html import unescape

ATTRIBUTE = r' [a-z-]+="[^"]*"'
TAG = re.compile(rf"</(?P<end>a|h[1-6])>|<(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:{ATTRIBUTE})+)>|<(?P<bare>a|img)>")
_PAIR = re.compile(r' ([a-z-]+)="([^"]*)"')


def read_attributes(text: str) -> dict[str, str]:
    """Read the attributes of a tag; the values stay escaped."""
    return dict(_PAIR.findall(text))


def write_tag(name: str, attributes: dict[str, str]) -> str:
    """Write a tag; the values are escaped already."""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def list_addresses(html: str) -> list[str]:
    """List what `href` and `src` say, unescaped, in the order of the text."""
    found = (read_attributes(tag["attributes"]) for tag in TAG.finditer(html) if tag["name"] in ("a", "img"))
    return [unescape(attributes[key]) for attributes in found for key in ("href", "src") if key in attributes]
