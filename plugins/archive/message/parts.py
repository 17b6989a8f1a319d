"""The parts of a message: taken apart, decoded, named; nothing here follows a message deeper than it may go."""

import binascii
from collections.abc import Iterator
from email.message import Message as Mail
from typing import Any

from . import charsets, headers, names
from .taking_apart import take_apart

__all__ = ["DEEPEST", "MOST_PARTS", "content_of", "leaves", "name_of", "payload_of", "safe_name", "take_apart"]

MOST_PARTS = 1000
DEEPEST = 50


def leaves(mail: Mail) -> Iterator[tuple[Mail, int]]:
    """Go through what has no parts of its own, in order, with its depth; and through nested messages before theirs."""
    waiting = [(mail, 0)]
    while waiting:
        one, depth = waiting.pop()
        inner = payload_of(one)
        if isinstance(inner, list):
            if one.get_content_maintype() == "message":
                yield one, depth
            waiting += [(child, depth + 1) for child in reversed(inner) if isinstance(child, Mail)]
        else:
            yield one, depth


def payload_of(part: Mail) -> Any:
    """Give what a part holds as it was put there: `get_payload` reads it by the charset that it declares."""
    return part._payload  # type: ignore[attr-defined]


def content_of(part: Mail) -> bytes:
    """Give the bytes of a leaf, its transfer encoding undone."""
    payload = payload_of(part)
    content = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    way = str(part.get("content-transfer-encoding", "")).strip().lower()
    if way == "base64":
        return headers.from_base64(content)
    if way == "quoted-printable":
        return binascii.a2b_qp(content)
    return content


def name_of(part: Mail) -> str:
    """Give the name of a file as it stands, decoded but not yet safe; `""` where it has none."""
    try:
        name = _parameter(part, "content-disposition", "filename") or _parameter(part, "content-type", "name")
        if isinstance(name, tuple):
            charset, _language, value = name
            content = str(value).encode("latin-1", "replace")
            return charsets.decode(content, str(charset or "utf-8"))[0]
        return headers.decode(str(name)) if name else ""
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""


def _parameter(part: Mail, header: str, name: str) -> Any:
    """Give a parameter; letters beyond ASCII that stand in it bare, which the parser loses, are read first."""
    raw = next((str(value) for own, value in part.raw_items() if own.lower() == header), "")
    if raw.isascii():
        return part.get_param(name, None, header)
    probe = Mail()
    probe[header] = headers.stray(raw)
    return probe.get_param(name, None, header)


def safe_name(part: Mail) -> str:
    """Give the name of a file so that it can be shown and saved."""
    return names.safe(name_of(part), part.get_content_type())
