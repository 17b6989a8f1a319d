"""Attacks that others test with, as page bodies and as HTML: what comes out can neither run nor load anything.

The output is read by html5lib, a parser of its own, and judged element by element against what may be there at all.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bleach
import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import OverBudget
from app.wiki.clean import ATTRIBUTES, CLASSES, SCHEMES, TAGS, clean
from app.wiki.fill import ResolvedLink, fill
from app.wiki.markup import render

HTML_CORPORA = ("dompurify", "dompurify-suite", "ammonia", "sanitize-html", "bleach", "nh3")
HARMLESS_SCHEMES = {"http", "https", "mailto", "tel", "sms", "geo", "webcal", "xmpp", "matrix"}
FORBIDDEN = set(
    "script style iframe frame object embed applet form input button select textarea option svg math video audio source "
    "track base meta link template slot portal noscript title body html head marquee canvas dialog picture".split()
)

FRAGMENTS = (
    "<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<a href=x>", "</a>", "<table>", "<tr><td>", "</table>", "<svg>", "<math>",
    "<mtext>", "<style>", "</style>", "<title>", "<noscript>", "<template>", "<select>", "<!--", "-->", "<![CDATA[", "]]>",
    "<img src=x onerror=1>", "<p title='</p><img src=x onerror=1>'>", "<a href='javascript:1'>", "<form>", "x", "&lt;", "\"", "'",
    "<h1>", "<h2 id=a>", "<a id=a>", "<p id=a>", "<b id=a>", "</h2>", "<li>", "<details open>", "<foreignObject>", "<annotation-xml encoding=text/html>", "\n\n",
)  # fmt: skip


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def attacks(corpora: Path) -> Iterator[tuple[str, str]]:
    for name in HTML_CORPORA:
        for case in read_jsonl(corpora / f"security/{name}.jsonl"):
            yield case["id"], case["html"]
    for case in read_jsonl(corpora / "markdown/mistune-security.jsonl"):
        yield case["id"], case["markdown"]
    for number, text in enumerate(json.loads((corpora / "security/blns.json").read_text())):
        yield f"blns-{number}", text


def faults(html: str) -> list[str]:
    """List what could run, load or disturb: elements, handlers, script URLs, loads from elsewhere, the site's own ids."""
    found, ids = [], set()
    for element in html5lib.parseFragment(html, namespaceHTMLElements=True).iter():
        if not isinstance(element.tag, str):
            found.append(f"comment {element.text!r}")
            continue
        namespace, _, tag = element.tag.lstrip("{").rpartition("}")
        if tag in FORBIDDEN or namespace not in {"", "http://www.w3.org/1999/xhtml"}:
            found.append(f"<{tag}>")
        found += [f"{tag} {name}={value!r}" for name, value in element.items() if is_harmful(tag, str(name), value)]
        if element.get("id") in ids:
            found.append(f"id twice: {element.get('id')}")
        ids.add(element.get("id", object()))
    return found


def is_harmful(tag: str, name: str, value: str) -> bool:
    if name in {"href", "src"}:
        return not is_harmless_url(tag, value)
    if name == "id":
        return value.startswith("gc-")
    return name.startswith(("on", "xlink", "form", "{")) or name in {"style", "srcset", "srcdoc", "action", "background",
                                                                    "poster", "data", "is", "popover", "autofocus"}  # fmt: skip


def is_harmless_url(tag: str, value: str) -> bool:
    seen = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33)))).replace("\\", "/")  # as browsers do
    if tag != "a":
        return seen.startswith("/-/files/")
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", unquote(seen) if not seen.startswith(("/", "#")) else seen)
    return scheme[1].lower() in HARMLESS_SCHEMES if scheme else seen.startswith("#") or not seen.startswith("//")


@pytest.mark.parametrize("bad", [
    "<script>1</script>", "<a href='java\tscript:1'>x</a>", "<img src=https://e.org/x.png>", "<p onclick=1>x</p>",
    "<p style=1>x</p>", "<a href='//e.org'>x</a>", "<p id=gc-main>x</p>", "<svg></svg>", "<!-- x -->", "<p id=a><b id=a>",
    "<img src='/-/files/../../x' srcset=y>", "<a href='&#106;avascript:1'>x</a>", "<a href='java%73cript:1'>x</a>",
])  # fmt: skip
def test_the_judge_sees_what_is_harmful(bad: str) -> None:
    assert faults(bad)


def test_no_attack_gets_through_as_the_body_of_a_page(corpora: Path) -> None:
    got_through = {}
    for case, body in attacks(corpora):
        html = render(body, "jardins/compost").html
        got_through[case] = faults(html)

    assert {case: found for case, found in got_through.items() if found} == {}
    assert len(got_through) > 1800


def test_no_attack_gets_through_once_the_page_is_filled(corpora: Path) -> None:
    got_through = {}
    for case, body in attacks(corpora):
        rendered = render(f"{body}\n\n[[Compost]] {{{{agenda}}}}\n\n# Titre\n\n## Partie", "jardins/compost")
        links = {link.n: ResolvedLink(f"/x#{link.anchor}", title=link.target) for link in rendered.links}
        macros = {call.n: "<p>ok</p>" for call in rendered.macros}
        got_through[case] = faults(fill(rendered.html, base="/wiki", links=links, macros=macros).replace("/wiki/", "/"))

    assert {case: found for case, found in got_through.items() if found} == {}


def test_no_attack_gets_through_the_cleaner_alone(corpora: Path) -> None:
    got_through = {}
    for case, html in attacks(corpora):
        try:
            cleaned = clean(html)
        except OverBudget:
            continue
        # What only a page judges is left out: where images and links without a scheme lead, and the ids.
        got_through[case] = [
            found for found in faults(cleaned) if not re.match(r"img src=|id twice|\w+ id=|a href='[\\/]", found)
        ]

    assert {case: found for case, found in got_through.items() if found} == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_no_mixture_of_tags_gets_through(html: str) -> None:
    assert faults(render(html, "jardins/compost").html) == []
    assert [found for found in faults(clean(clean(html))) if not found.startswith(("img src", "id twice"))] == []


class Events(HTMLParser):
    """Lists tags with their attributes in order of name, and texts joined, entities read: HTML modulo its spelling."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/", tag))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "text":
            data = f"{self.found.pop()[1]}{data}"
        self.found.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


def spelled(html: str) -> list[tuple[object, ...]]:
    events = Events()
    events.feed(html)
    events.close()
    return events.found


def allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return set(value.split()) <= CLASSES.get(tag, set())
    return name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) or (tag, name) == ("a", "rel")


def test_bleach_with_the_same_allow_list_leaves_our_output_as_it_is(corpora: Path) -> None:
    """bleach may spell differently (entities, order of attributes); it may remove, add or move nothing."""
    referee = bleach.Cleaner(tags=TAGS, attributes=allowed, protocols=SCHEMES, strip=True, strip_comments=True)
    changed = {}
    for case, body in attacks(corpora):
        html = render(body, "jardins/compost").html
        if "<" in html and spelled(referee.clean(html)) != spelled(html):
            changed[case] = html

    assert changed == {}
