"""One message: bytes to what the archive knows of it, for import and live mail alike."""

import hashlib
import logging
import re
from collections.abc import Sequence
from email.message import Message as Mail

from app.errors import N_

from . import authors, bodies, charsets, dates, identity, names, parts
from .headers import Headers
from .record import Message, Part, Person

MOST_BYTES = 100_000_000  # a file of 70 MB in base64
_MOST_HEAD = 256 * 1024
_MOST_BOUNDARIES = 2000
_TOO_BIG = N_("It is too big to be opened; only its subject and date are shown.")
_TOO_DEEP = N_("Its parts are nested too deep; it is shown as it came.")
_UNREADABLE = N_("It could not be read; it is kept as it came.")
_NO_DATE = N_("Its date could not be read.")
_NO_ID = N_("It had no identifier; one was made from its content.")
_LONG_HEAD = N_("Its beginning is too long; only a part of it was read.")
_BOUNDARY = re.compile(rb"boundary", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_HIDING = ("no-archive", "no", "yes")
_log = logging.getLogger(__name__)


def read(
    raw: bytes,
    *,
    received_at: int | None = None,
    own_address: str = "",
    now: int,
    files: Sequence[tuple[str, bytes]] = (),
) -> Message:
    """Read a message; never raises. `own_address` is that of the list, `files` lie beside it (pipermail)."""
    try:
        return _read(raw, received_at, own_address, now, files)
    except Exception:  # noqa: BLE001 - no message may end an import
        _log.exception("A message could not be read")
        return _unread(raw, received_at, now)


def _unread(raw: bytes, received_at: int | None, now: int) -> Message:
    found = hashlib.sha256(raw).hexdigest()
    at = dates.order(None, "", received_at, now)
    key = _key_of_head(raw) or f"sha256-{found}"
    return Message(key, found, Person("", ""), "", (), None, at, "", faults=(_UNREADABLE,))


def _key_of_head(raw: bytes) -> str:
    """Find the Message-ID at least: what was erased must not come back under another name."""
    try:
        return identity.canonical(Headers(parts.take_apart(_head(raw))).plain("message-id"))
    except Exception:  # noqa: BLE001 - as above
        return ""


def _read(
    raw: bytes, received_at: int | None, own_address: str, now: int, files: Sequence[tuple[str, bytes]]
) -> Message:
    mail, body = _opened(raw)
    found = Headers(mail)
    key = identity.canonical(found.plain("message-id"))
    if not key:
        body.faults[_NO_ID] = None
        key = identity.by_content(raw)
    author, subject = authors.author(found, own_address), found.text("subject")[:2000]
    dated = dates.parse(found.plain("date"))
    if dated is None:
        body.faults[_NO_DATE] = None
    references = identity.references(key, found.plain("references"), found.plain("in-reply-to"))
    received = charsets.one_line(found.raw("received")[-500:])
    body.files += [Part(names.safe(name), names.kind_of(name), content, -1) for name, content in files]
    text = body.text
    return Message(
        key=key,
        content_hash=_hash(author.address, found.plain("date"), subject, references, text),
        author=author,
        subject=subject,
        references=references,
        dated=dated,
        at=dates.order(dates.seconds(dated), received, received_at, now),
        text=text,
        html=charsets.tidy("\n".join(body.htmls)),
        is_from_html=body.is_from_html,
        parts=tuple(body.files),
        is_archivable=_is_archivable(found),
        list_id=found.text("list-id").rpartition("<")[2].rstrip("> ").lower()[:254],
        faults=tuple(body.faults),
    )


def _opened(raw: bytes) -> tuple[Mail, bodies.Body]:
    raw, faults = _head_cut(raw)
    if len(raw) > MOST_BYTES:
        return parts.take_apart(_head(raw)), bodies.Body(faults={**faults, _TOO_BIG: None})
    if raw.count(b"oundary") > _MOST_BOUNDARIES and len(_BOUNDARY.findall(raw)) > _MOST_BOUNDARIES:
        return _as_it_came(raw)
    try:
        mail = parts.take_apart(raw)
    except RecursionError:
        return _as_it_came(raw)
    body = bodies.gather(mail)
    body.faults.update(faults)
    return mail, body


def _as_it_came(raw: bytes) -> tuple[Mail, bodies.Body]:
    head = _head(raw)
    text = charsets.tidy(charsets.decode(raw[len(head) : len(head) + 200_000])[0])
    return parts.take_apart(head), bodies.Body(texts=[text], faults={_TOO_DEEP: None})


def _head(raw: bytes) -> bytes:
    end = _BLANK.search(raw, 0, _MOST_HEAD)
    # A head alone must not be taken for a multipart message that never closes.
    return re.sub(rb"(?im)^content-type:", b"X-Content-Type:", raw[: end.end() if end else _MOST_HEAD])


def _head_cut(raw: bytes) -> tuple[bytes, dict[str, None]]:
    if len(raw) <= _MOST_HEAD or _BLANK.search(raw, 0, _MOST_HEAD):
        return raw, {}
    end = _BLANK.search(raw, _MOST_HEAD)
    return raw[:_MOST_HEAD] + b"\n\n" + (raw[end.end() :] if end else b""), {_LONG_HEAD: None}


def _hash(*values: object) -> str:
    return hashlib.sha256("\0".join(map(str, values)).encode("utf-8", "replace")).hexdigest()


def _is_archivable(found: Headers) -> bool:
    if found.plain("x-no-archive").lower().startswith("yes") or found.plain("x-archive").lower().startswith("no"):
        return False
    return not found.plain("archive").lower().startswith("no")
