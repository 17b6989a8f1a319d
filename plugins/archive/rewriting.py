"""A message written anew without what is to go; all else of it stays as it came, as far as its parts can be kept."""

from collections.abc import Callable, Collection
from email.header import Header
from email.message import Message as Mail
from functools import partial

from plugins.archive.message import charsets, html_text, parts, uuencode
from plugins.archive.message.headers import decode
from plugins.archive.phrases import GONE

TAKEN_OUT = "[…]\n"
# What names messages: threads hang on it.
_KEPT = frozenset({"message-id", "references", "in-reply-to", "mime-version", "date"})
MOST_HEADER = 64_000  # characters of a header that are looked at
_TEXTS = ("text/plain", "text/enriched")
Change = Callable[[str], str]
Wanted = Callable[[bytes], bool]


def rewrite(
    raw: bytes, key: str, change: Change, without: Collection[int] = (), is_file: Wanted | None = None
) -> bytes | None:
    """Give the bytes of a message with its texts and headers changed, and the leaves in `without` taken out.

    Files that stand in a text (uuencode) go where `is_file` accepts their contents.

    None where nothing changes. The message keeps its `key`, also where it had no Message-ID. What is HTML is changed as
    text: where text and markup are mixed, nobody can say that a word is gone.
    """
    mail = parts.take_apart(raw)
    is_changed = _change_headers(mail, change)
    forwarded, has_plain = _forwarded(mail), False
    for inner in forwarded:
        is_changed |= _change_headers(inner, partial(_as_whole, change=change))
    nested = {id(part) for inner in forwarded for part in _leaves(inner)}
    for position, part in enumerate(_leaves(mail)):
        kind = part.get_content_type()
        if position in without:
            is_changed |= _replace(part, TAKEN_OUT)
        elif kind in _TEXTS or (kind == "text/html" and not parts.name_of(part)):
            own = partial(_as_quote, change=change) if id(part) in nested else change
            if is_file is not None and kind in _TEXTS:
                own = partial(_without_files, change=own, is_file=is_file)
            is_changed |= _change_text(part, own, is_html=kind == "text/html", has_plain=has_plain)
            has_plain |= kind == "text/plain"
    if not is_changed:
        return None
    if not mail["Message-ID"]:
        mail["Message-ID"] = f"<{key}>"
    return _written(mail)


def _leaves(mail: Mail) -> list[Mail]:
    """Give the leaves by the numbers that reading gave them: containers of nested messages have none."""
    return [part for part, _depth in parts.leaves(mail) if not isinstance(parts.payload_of(part), list)]


def _forwarded(mail: Mail) -> list[Mail]:
    """List the messages that stand whole within a message, those within them too."""
    found, waiting = list[Mail](), [mail]
    while waiting:
        one = waiting.pop()
        inner = parts.payload_of(one)
        below = [child for child in inner if isinstance(child, Mail)] if isinstance(inner, list) else []
        found += below if one.get_content_maintype() == "message" else []
        waiting += below
    return found


def _as_quote(text: str, change: Change) -> str:
    """Change a text as what somebody quotes."""
    said = change("\n".join(f"> {line}" for line in text.split("\n")))
    return "\n".join(line.removeprefix("> ") for line in said.split("\n"))


def _without_files(text: str, change: Change, is_file: Wanted) -> str:
    return change(uuencode.taken_out(text, is_file, GONE)[0])


def _as_whole(said: str, change: Change) -> str:
    """Take a header of a forwarded message out as a whole, as soon as anything of it goes."""
    return said if change(said) == said and change(f"Re: {said}") == f"Re: {said}" else GONE


def _change_headers(mail: Mail, change: Change) -> bool:
    """Change each header but those that name messages or say how the parts are to be read."""
    kept: list[tuple[str, str]] = []
    is_changed = False
    for name, value in [(name, str(value)) for name, value in mail.raw_items()]:
        said = "" if name.lower() in _KEPT or name.lower().startswith("content-") else decode(value[:MOST_HEADER])
        new = change(said) if said else said
        is_changed |= new != said
        kept.append((name, Header(charsets.one_line(new), "utf-8").encode() if new != said else value))
    if is_changed:
        for name in {name for name, _ in kept}:
            del mail[name]
        for name, value in kept:
            mail[name] = value
    return is_changed


def _change_text(part: Mail, change: Change, *, is_html: bool, has_plain: bool) -> bool:
    charset = part.get_param("charset") or ""
    name = charset[2] if isinstance(charset, tuple) else charset
    text = charsets.decode(parts.content_of(part), str(name))[0]
    said = charsets.tidy(html_text.text_of(text) if is_html else text)
    new = change(said)
    if new == said:
        return False
    return _replace(part, "" if is_html and has_plain else new)


def _replace(part: Mail, text: str) -> bool:
    for name in ("Content-Transfer-Encoding", "Content-Type", "Content-Disposition", "Content-ID"):
        del part[name]
    part.set_payload(text, "utf-8")
    return True


def _written(mail: Mail) -> bytes:
    return mail.as_bytes(policy=mail.policy.clone(mangle_from_=False, max_line_length=0))
