"""The text of a message, its HTML and its files, gathered from its parts."""

from dataclasses import dataclass, field
from email.message import Message as Mail

from app.errors import N_

from . import charsets, html_text, names, parts, tnef, uuencode
from .headers import Headers
from .record import Part

TOO_MANY = N_("It has too many parts; only the first are shown.")
_TEXTS = ("text/plain", "text/html", "text/enriched")
_MOST_TEXT = 4_000_000
_NESTED = "---------- Forwarded message ----------"


@dataclass
class Body:
    """What the parts of a message give, while they are gone through."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    faults: dict[str, None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Give the plain text, else that of the HTML; nested messages below."""
        return "\n\n".join([own for own in (self._own(),) if own] + self.nested)

    @property
    def is_from_html(self) -> bool:
        """Say whether there is no plain text, and HTML was read instead."""
        return bool(self.htmls) and not any(text.strip() for text in self.texts)

    def _own(self) -> str:
        if self.is_from_html:
            return "\n\n".join(charsets.tidy(html_text.text_of(one)) for one in self.htmls).strip("\n")
        return "\n\n".join(text.strip("\n") for text in self.texts if text.strip())


def gather(mail: Mail) -> Body:
    """Go through the parts of a message, at most 1,000 of them and 50 deep."""
    body, position, inside = Body(), -1, -1
    for count, (part, depth) in enumerate(parts.leaves(mail)):
        if count >= parts.MOST_PARTS or depth > parts.DEEPEST:
            body.faults[TOO_MANY] = None
            break
        inside = inside if depth > inside else -1
        if isinstance(parts.payload_of(part), list):
            inside = depth if inside < 0 else inside
            _open_nested(body, part)
            continue
        position += 1
        _take(body, part, position, inside >= 0)
    return body


def _open_nested(body: Body, part: Mail) -> None:
    payload = parts.payload_of(part)
    inner = payload[0] if isinstance(payload, list) and payload else None
    if part.get_content_type() != "message/rfc822" or not isinstance(inner, Mail):
        return
    found = Headers(inner)
    lines = [f"{name.title()}: {text}" for name in ("from", "date", "subject") if (text := found.text(name))]
    body.nested.append("\n".join([_NESTED, *lines]))


def _take(body: Body, part: Mail, position: int, is_nested: bool) -> None:
    kind = part.get_content_type()
    disposition = str(part.get("content-disposition", "")).strip().lower()
    has_name = bool(disposition or part.get_param("name")) and bool(parts.name_of(part))
    content = parts.content_of(part)
    if kind not in _TEXTS or has_name or disposition.startswith("attachment"):
        if content or has_name:
            _take_file(body, part, content, position)
        return
    text = _decoded(body, content, part)
    if kind == "text/html":
        if is_nested:
            body.nested.append(charsets.tidy(html_text.text_of(text)))
        else:
            body.htmls.append(text)
        return
    text, files = uuencode.taken_out(charsets.tidy(text))
    body.files += [_inner(name, inner, position) for name, inner in files]
    (body.nested if is_nested else body.texts).append(text)


def _decoded(body: Body, content: bytes, part: Mail) -> str:
    charset = part.get_param("charset") or ""
    charset = charset[2] if isinstance(charset, tuple) else charset
    text, is_wrong = charsets.decode(content[:_MOST_TEXT], str(charset))
    text, is_doubled = charsets.repair(text)
    if is_wrong:
        body.faults[charsets.WRONG_CHARSET] = None
    if is_doubled:
        body.faults[charsets.ENCODED_TWICE] = None
    return text


def _take_file(body: Body, part: Mail, content: bytes, position: int) -> None:
    kind = part.get_content_type()
    name = parts.safe_name(part)
    cid = charsets.one_line(str(part.get("content-id", "")))[:300].strip("<> ")
    is_inline = str(part.get("content-disposition", "")).strip().lower().startswith("inline")
    body.files.append(Part(name, charsets.one_line(kind)[:120], content, position, cid, is_inline or bool(cid)))
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat":
        body.files += [_inner(title, inner, position) for title, inner in tnef.files(content)]


def _inner(name: str, content: bytes, inside: int) -> Part:
    return Part(names.safe(name), names.kind_of(name), content, -1, inside=inside)
