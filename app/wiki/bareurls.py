"""Addresses typed as they are become links: `https://…` until a space, without the punctuation that follows them."""

import re
from re import Match

from mistune import InlineParser, InlineState, Markdown
from mistune.util import escape_url

# Begins at the colon, which is rare: beginning at the `h` would make mistune stop at every `h` of a text.
_PATTERN = r"://[^\s<>\[\]`|]{1,2000}"
_SCHEME = re.compile(r"(?<![^\W_])https?\Z", re.I)
_NOT_AT_THE_END = ".,:;!?\"'*_~»”’…"


def bare_urls(md: Markdown) -> None:
    """Teach mistune bare addresses; its own plugin would take the `**` after one, and lose a bracket that belongs."""
    md.inline.register("bare_url", _PATTERN, _parse, start_chars=":")


def _parse(inline: InlineParser, found: Match[str], state: InlineState) -> int | None:
    before = state.tokens[-1] if state.tokens else {"type": ""}
    scheme = _SCHEME.search(before["raw"], max(0, len(before["raw"]) - 6)) if before["type"] == "text" else None
    rest = trim(found[0])
    if scheme is None or rest == "://" or state.in_link or state.depth >= inline.max_nested_level:
        return None
    before["raw"] = before["raw"][: scheme.start()]
    url = scheme[0] + rest
    token = {"type": "link", "children": [{"type": "text", "raw": url}], "attrs": {"url": escape_url(url)}}
    state.append_token({**token, "_autolink": url})  # the mark by which mistune undoes it inside a typed link
    return found.start() + len(rest)


def trim(url: str) -> str:
    """Cut what ends the sentence; a closing bracket belongs to the address only when it was opened there."""
    while True:
        bare = url.rstrip(_NOT_AT_THE_END) if not url.endswith("://") else url
        if bare.endswith(")") and bare.count(")") > bare.count("("):
            bare = bare[:-1]
        if bare == url:
            return url
        url = bare
