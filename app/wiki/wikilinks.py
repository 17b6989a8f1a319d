"""`[[Title]]`, `[[Title|words]]`, `[[Title#Heading]]`: found in a page; where they lead is asked when it is served."""

import re
from dataclasses import dataclass
from re import Match

from mistune import InlineParser, InlineState, Markdown

from app.wiki.headings import anchor_of

# A target holds no bracket, bar, backtick or line end, so that it cannot begin in the text and end in code or a tag.
PATTERN = (
    r"\[\[(?P<wiki_target>[^\[\]<>|#`\n\\]{0,300})(?:#(?P<wiki_heading>[^\[\]<>|`\n\\]{0,300}))?"
    r"(?:\\?\|(?P<wiki_words>[^\[\]\n]{0,500}))?\]\]"
)
_OUTSIDE = re.compile(r"https?://\S+", re.I)


@dataclass(frozen=True, slots=True)
class WikiLink:
    """What was typed: a title, path or alias, and the anchor of the heading behind `#`."""

    target: str
    anchor: str


def wiki_links(md: Markdown) -> None:
    """Teach mistune wiki links, before any other thing that begins with a bracket."""
    md.inline.register("wiki_link", PATTERN, _parse, before="link", start_chars="[")


def _parse(inline: InlineParser, found: Match[str], state: InlineState) -> int | None:
    target, heading = found["wiki_target"].strip(), (found["wiki_heading"] or "").strip()
    words = (found["wiki_words"] or "").strip() or " › ".join(part for part in (target, heading) if part)
    if not (target or heading) or state.in_link or state.depth >= inline.max_nested_level:
        return None
    inner = state.copy()
    inner.src, inner.in_link = words, True
    token = {"type": "wiki_link", "children": inline.render(inner), "attrs": _attributes(target, heading, state)}
    state.append_token(token)
    return found.end()


def _attributes(target: str, heading: str, state: InlineState) -> dict[str, object]:
    if _OUTSIDE.fullmatch(target):
        return {"url": f"{target}#{heading}" if heading else target}
    if not target:
        return {"url": f"#{heading}"}
    links: list[WikiLink] = state.env.setdefault("wiki_links", [])
    links.append(WikiLink(target, anchor_of(heading) if heading else ""))
    return {"number": len(links) - 1}
