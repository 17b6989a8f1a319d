"""The parts of a message: taken apart, decoded, named; nothing here follows a message deeper than it may go."""

import binascii
from collections.abc import Iterator
from email.message import Message as Mail

from . import charsets, headers, names
from .taking_apart import take_apart

__all__ = ["DEEPEST", "MOST_PARTS", "content_of", "leaves", "name_of", "safe_name", "take_apart"]

MOST_PARTS = 1000
DEEPEST = 50


def leaves(mail: Mail) -> Iterator[tuple[Mail, int]]:
    """Go through what has no parts of its own, in order, with its depth; and through nested messages before theirs."""
    waiting = [(mail, 0)]
    while waiting:
        one, depth = waiting.pop()
        inner = one.get_payload()
        if isinstance(inner, list):
            if one.get_content_maintype() == "message":
                yield one, depth
            waiting += [(child, depth + 1) for child in reversed(inner) if isinstance(child, Mail)]
        else:
            yield one, depth


def content_of(part: Mail) -> bytes:
    """Give the bytes of a leaf, its transfer encoding undone."""
    payload = part.get_payload()
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
        name = part.get_param("filename", None, "content-disposition") or part.get_param("name", None, "content-type")
        if isinstance(name, tuple):
            charset, _language, value = name
            content = str(value).encode("latin-1", "replace")
            return charsets.decode(content, str(charset or "utf-8"))[0]
        return headers.decode(str(name)) if name else ""
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""


def safe_name(part: Mail) -> str:
    """Give the name of a file so that it can be shown and saved."""
    return names.safe(name_of(part), part.get_content_type())
