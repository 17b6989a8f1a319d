"""Write records as address cards (vCard 4.0, RFC 6350)."""

import re
from collections.abc import Iterator

from app.forms.types import type_of
from app.records.exchange.maps_out import categories
from app.records.exchange.outgoing import Batch, Outgoing
from app.wiki.yaml_text import Value

MOST_OCTETS = 75  # of a line (RFC 6350, 3.2)
_ESCAPED = re.compile(r"[\\;,]")
_LINE_ENDS = re.compile("\r\n|\r|\n|\x0b|\x0c|\x85|\u2028|\u2029")
_PERSON, _GROUP = "individual", "org"


def to_vcard(batch: Batch) -> bytes:
    """Write one card for each record."""
    lines = (line for one in batch.records for line in _card(batch, one))
    return b"".join(fold(line) for line in lines)


def _card(batch: Batch, one: Outgoing) -> Iterator[str]:
    row = one.row
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"KIND:{_PERSON if batch.form.schema_type == 'Person' else _GROUP}"
    yield f"UID:{escaped(one.address)}"
    yield f"FN:{escaped(row.title)}"
    for field in batch.fields:
        value = one.values.get(field.name)
        if value is not None:
            yield from _line(field.type, value, type_of(field).plain(field, value, batch.language))
    if row.point:
        yield f"GEO:geo:{row.point.lat},{row.point.lon}"
    if named := categories(batch, one):
        yield "CATEGORIES:" + ",".join(escaped(word) for word in named)
    yield f"URL:{escaped(one.address)}"
    yield f"REV:{row.edited_at:%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _line(kind: str, value: Value, said: str) -> Iterator[str]:
    if kind == "phone" and isinstance(value, str):
        yield f"TEL;VALUE=uri:tel:{re.sub('[^+0-9]', '', value)}"
    elif kind in {"email", "contact"}:
        yield f"EMAIL:{escaped(said)}"
    elif kind == "link" and isinstance(value, str):
        yield f"URL:{escaped(value)}"
    elif kind == "place" and isinstance(value, dict):
        street, town, code = (escaped(str(value.get(name, ""))) for name in ("address", "commune", "postcode"))
        yield f"ADR:;;{street};{town};;{code};"
    elif kind == "long_text":
        yield f"NOTE:{escaped(said)}"


def escaped(text: str) -> str:
    """Write a text so that nothing of it ends the line or the value."""
    bare = "".join(sign for sign in _LINE_ENDS.sub("\n", text) if sign == "\n" or sign.isprintable())
    return _ESCAPED.sub(r"\\\g<0>", bare).replace("\n", r"\n")


def fold(line: str) -> bytes:
    """Break a line after 75 octets, never within a letter."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > MOST_OCTETS - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
