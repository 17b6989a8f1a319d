"""Types that are amounts: numbers, and yes or no."""

import re
from decimal import Decimal, InvalidOperation

from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types import entry
from app.forms.types.base import Key
from app.forms.types.simple import OneText
from app.wiki.yaml_text import Value

_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,9})?")
_YES = frozenset("yes y true on 1 oui o vrai x".split())
_NO = frozenset("no n false off 0 non faux".split())
_SAID = {"fr": {"yes": "Oui", "no": "Non"}, "en": {"yes": "Yes", "no": "No"}}

NO_NUMBER = N_("This is no number. Example: 12,5")
TOO_SMALL = N_("Give a number of at least %(least)s.")
TOO_LARGE = N_("Give a number of at most %(most)s.")
YES_OR_NO = N_("Answer yes or no.")


class Number(OneText):
    """A decimal number, `12.5`; the options `least`, `most` bound it, `unit` is said behind it."""

    name = "number"

    def spell(self, field: Field, text: str) -> str:
        """Bring it into one spelling, so that equal numbers are equal texts."""
        number = read_number(text.removesuffix(unit(field)))
        least, most = _bound(field, "least"), _bound(field, "most")
        if least is not None and number < least:
            raise Invalid(TOO_SMALL, least=least)
        if most is not None and number > most:
            raise Invalid(TOO_LARGE, most=most)
        return write_number(number)

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it as people write it: years keep their four digits together."""
        text = entry.shown(value)
        if not _NUMBER.fullmatch(text):
            return text
        whole, _, rest = text.partition(".")
        bare = whole.lstrip("-+")
        if len(bare) > 4:
            bare = f"{int(bare):,}".replace(",", "," if language == "en" else "\u202f")
        sign = "-" if whole.startswith("-") else ""
        number = sign + bare + (f"{'.' if language == 'en' else ','}{rest}" if rest else "")
        return f"{number}\u00a0{unit(field)}" if unit(field) else number

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Sort by the number."""
        text = entry.shown(value)
        return (Key(text, float(text)),) if _NUMBER.fullmatch(text) else ()


def read_number(text: str) -> Decimal:
    """Read a number with a comma or a point; blanks between digits are allowed. Raises Invalid."""
    bare = _BLANKS.sub("", text)
    if bare.count(",") == 1 and "." in bare and bare.index(".") < bare.index(","):  # 1.234,5
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise Invalid(NO_NUMBER)
    return Decimal(bare)


def write_number(number: Decimal) -> str:
    """Write a number without needless zeros: `12.5`, `0`, `-3`."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def unit(field: Field) -> str:
    """Give the unit of a number, `""` without one."""
    said = field.options.get("unit", "")
    return said if isinstance(said, str) else ""


def _bound(field: Field, name: str) -> Decimal | None:
    said = field.options.get(name, "")
    try:
        bound = Decimal(said) if isinstance(said, str) and said else None
    except InvalidOperation:
        return None
    return bound if bound is not None and bound.is_finite() else None


class YesNo(OneText):
    """Yes, no, or nothing said."""

    name = "yes_no"

    def spell(self, field: Field, text: str) -> str:
        """Read the words that people, boxes to tick and other programs say it by."""
        word = text.casefold()
        if word not in _YES | _NO:
            raise Invalid(YES_OR_NO)
        return "yes" if word in _YES else "no"

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it in a word."""
        text = entry.shown(value)
        return _SAID.get(language, _SAID["en"]).get(text, text)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count each of the two."""
        return (Key(value),) if value in ("yes", "no") and isinstance(value, str) else ()
