"""What a record says, prepared for templates: one `ShownField` an answer. Nothing here is markup: templates escape."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One of several: words and where they lead; of a picture its address, and what is said below it.

    `is_off`: a date that does not take place.
    """

    words: str
    href: str = ""
    image: str = ""
    note: str = ""
    colour: str = ""
    is_off: bool = False
    id: str = ""  # of a row, by which others link to it


@dataclass(frozen=True, slots=True)
class ShownField:
    """One answer. `kind` says how: words, text, link, mail, call, write, items, pictures, file, place, dates, rows.

    The note of a row is what stands in its later columns.
    `words` say all of it on one line, whatever the kind. `readers` is the audience of a private one. The items of
    `dates` are the next ones; `is_past` once there are none.
    """

    name: str
    label: str
    kind: str
    words: str
    items: tuple[ShownItem, ...] = ()
    href: str = ""
    is_listed: bool = False
    readers: str = ""
    point: tuple[float, float] | None = None
    precision: str = ""
    text: str = ""  # as it was typed, with its lines
    is_past: bool = False
