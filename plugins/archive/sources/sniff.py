"""What a file is, by its first bytes."""

import re

from plugins.archive.sources.mbox import is_start

_HEADER = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_KNOWN = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|return-path|mime-version|delivered-to|reply-to|sender|cc)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def sniff(head: bytes) -> str:
    """Give `zip`, `gzip`, `mbox`, `mail`, or nothing where it is none of them."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    text = head.lstrip(b"\r\n")
    if is_start(text.split(b"\n", 1)[0]):
        return "mbox"
    return "mail" if _is_mail(text) else ""


def _is_mail(text: bytes) -> bool:
    lines = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    if lines.startswith(b"From "):  # a From_ without a date, as some programs leave it
        lines = lines.partition(b"\n")[2]
    return bool(_HEADER.match(lines)) and len(set(_KNOWN.findall(lines))) >= 2
