"""What a `style` or `class` attribute says."""

import re

from bs4 import Tag

_BOLD = re.compile(r"font-weight:\s*(bold|bolder|[6-9]00)\b")
_NOT_BOLD = re.compile(r"font-weight:\s*(normal|lighter|[1-5]00)\b")
_ITALIC = re.compile(r"font-style:\s*(italic|oblique)\b")
_NOT_ITALIC = re.compile(r"font-style:\s*normal\b")
_STRUCK = re.compile(r"text-decoration(-line)?:[^;]*line-through")
_HIDDEN = re.compile(r"display:\s*none\b|mso-hide:\s*all\b|mso-element:\s*(comment-list|comment)\b")
_MARGIN = re.compile(r"margin-left:\s*([0-9.]+)(pt|cm|in|px|mm)")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}


def style_of(tag: Tag) -> str:
    """Give the style in lower case."""
    return str(tag.get("style", "")).lower()


def classes_of(tag: Tag) -> str:
    """Give the classes, separated by spaces."""
    value = tag.get("class", "")
    return value if isinstance(value, str) else " ".join(value or ())


def marks_of(tag: Tag) -> list[str]:
    """Name the elements that stand for a style: strong, em, del."""
    style = style_of(tag)
    patterns = (("strong", _BOLD), ("em", _ITALIC), ("del", _STRUCK))
    return [name for name, pattern in patterns if style and pattern.search(style)]


def undoes_itself(tag: Tag) -> bool:
    """Ask whether the style takes back what the element says: Google Docs wraps all in a bold that is none."""
    style = style_of(tag)
    if tag.name in ("b", "strong"):
        return bool(_NOT_BOLD.search(style))
    return tag.name in ("i", "em") and bool(_NOT_ITALIC.search(style))


def is_hidden(tag: Tag) -> bool:
    """Ask whether a reader of the original does not see it."""
    return bool(_HIDDEN.search(style_of(tag)))


def margin_of(tag: Tag) -> float:
    """Give the left margin in points."""
    match = _MARGIN.search(style_of(tag))
    return float(match[1].strip(".") or 0) * _POINTS[match[2]] if match else 0.0
