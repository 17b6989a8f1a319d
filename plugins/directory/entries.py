"""What lists show of a record: its title, a sentence, what it is tagged with, two or three facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.plugin import Form, RecordRow, ShownField, address, private_values, shown_of_many
from plugins.directory import model

SUMMARY = 160  # letters of what a card tells
LABELS, FACTS = 3, 3  # on a card
LABELLED = ("choice", "choices", "tags", "yes_no")
PLAIN = ("text", "long_text", "place", "link")
APART = ("pictures", "file", "write")  # kinds that are no words
PICTURE_WIDTH = 320  # one of the widths in which pictures come


@dataclass(frozen=True, slots=True)
class Fact:
    """One field in words; `colour` is an accent of the site or ""."""

    label: str
    words: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a list; `cells` are its listed fields in words, for tables; `details` all that was asked for."""

    title: str
    address: str
    summary: str
    labels: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    cells: tuple[str, ...]
    details: tuple[Fact, ...]
    state: str
    picture: str = ""
    picture_words: str = ""


def entries(form: Form, rows: Sequence[RecordRow], language: str, *, is_whole: bool = False) -> list[Entry]:
    """Prepare records for a list, with those private fields that the reader may see; `is_whole` adds `details`."""
    fields = form.fields if is_whole else tuple(one for one in form.fields if one.is_listed)
    asked = replace(form, fields=fields)  # what is not shown is not prepared
    many = shown_of_many(asked, rows, private_values(asked, rows), language)
    columns = [one.name for one in model.listed(form)]
    return [_entry(asked, columns, row, shown) for row, shown in zip(rows, many, strict=True)]


def _entry(form: Form, columns: Sequence[str], row: RecordRow, shown: Sequence[ShownField]) -> Entry:
    of_list = [one for one in shown if one.name in columns]
    listed = [one for one in of_list if one.kind not in APART]
    summary = next((one for one in listed if _is_sentence(form, one)), None)
    labelled = _labelled(form, listed)
    labels = [label for one in labelled for label in _labels(form, one)]
    facts = [one for one in listed if one is not summary and one not in labelled]
    words = {one.name: one.words for one in listed}
    picture, alt = _picture(of_list)
    return Entry(
        title=row.title or row.path,
        address=address(row.path),
        summary=_cut(summary.words) if summary else "",
        labels=tuple(sorted(labels, key=lambda one: not one.colour)[:LABELS]),  # what has a colour tells most
        facts=tuple(Fact(_before(form, one), _short(one, row)) for one in facts[:FACTS]),
        cells=tuple(words.get(name, "") for name in columns),
        details=tuple(Fact(one.label, one.words) for one in shown if one.words and one.kind not in APART),
        state=row.state,
        picture=picture,
        picture_words=alt,
    )


def _type(form: Form, shown: ShownField) -> str:
    found = form.find(shown.name)
    return found.type if found and not model.is_linking(found) else ""


def _is_sentence(form: Form, shown: ShownField) -> bool:
    """Tell whether a field can stand below the title without its label: a text that is no filter."""
    found = form.find(shown.name)
    return found is not None and found.type in {"text", "long_text"} and not found.is_facet


def _labelled(form: Form, listed: Sequence[ShownField]) -> list[ShownField]:
    """Choose what stands on a card as labels: what has colours, and the first that has none. More would be a heap."""
    able = [one for one in listed if _type(form, one) in LABELLED]
    coloured = [one for one in able if any(item.colour for item in one.items)]
    return coloured + [one for one in able if one not in coloured][:1]


def _before(form: Form, shown: ShownField) -> str:
    """Say what stands before a fact on a card: a place and a text speak for themselves."""
    return shown.label if _type(form, shown) not in PLAIN else ""


def _labels(form: Form, shown: ShownField) -> list[Fact]:
    kind = _type(form, shown)
    if kind == "yes_no":
        return [Fact("", shown.label)] if shown.words in {"Oui", "Yes"} else []
    return [Fact(shown.label, one.words, one.colour) for one in shown.items] if kind in LABELLED else []


def _short(shown: ShownField, row: RecordRow) -> str:
    """Say a fact on a card: of a place the commune is enough."""
    value = row.values.get(shown.name)
    if shown.kind == "place" and isinstance(value, dict):
        return str(value.get("commune") or shown.words)
    return _cut(shown.words)


def _cut(words: str) -> str:
    """Shorten a text at a word."""
    if len(words) <= SUMMARY:
        return words
    return words[:SUMMARY].rsplit(None, 1)[0].rstrip(" ,;:.–—") + "…"


def _picture(shown: Sequence[ShownField]) -> tuple[str, str]:
    """Find the first picture of a record, and what it shows in words."""
    items = next((one.items for one in shown if one.kind == "pictures"), ())
    first = next((one for one in items if one.image), None)
    return (f"{first.href}?width={PICTURE_WIDTH}", first.words) if first else ("", "")
