"""The examples of the CommonMark specification, on the draft: before headings are moved and HTML is cleaned."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from app.wiki.syntax import to_draft

DIFFERS = Path(__file__).with_name("commonmark_differs.txt")
BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr td th details summary br".split()
)


class Events(HTMLParser):
    """Lists tags, texts and other things; the numbers that we give to headings are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(
            ("start", tag, sorted((name, value or "") for name, value in attrs if name != "data-section"))
        )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.found.append(("instruction", data))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("unknown", data))


def events(html: str) -> list[tuple[object, ...]]:
    """Read HTML as the specification's own test tool does: white space counts in `pre` only, and not beside blocks."""
    parser = Events()
    parser.feed(html)
    parser.close()
    found, in_pre, result = parser.found, 0, []
    for index, event in enumerate(found):
        if event[1] == "pre":
            in_pre += 1 if event[0] == "start" else -1
        if event[0] == "text" and not in_pre:
            text = re.sub(r"\s+", " ", str(event[1]))
            text = text.lstrip() if index == 0 or is_block(found[index - 1]) else text
            text = text.rstrip() if index + 1 == len(found) or is_block(found[index + 1]) else text
            event = ("text", text)
        if event != ("text", ""):
            result.append(event)
    return result


def is_block(event: tuple[object, ...]) -> bool:
    return event[0] in {"start", "end"} and event[1] in BLOCKS


def test_exactly_the_listed_examples_differ_from_commonmark(corpora: Path) -> None:
    listed = {int(line.split()[0]) for line in DIFFERS.read_text().splitlines() if not line.startswith("#")}
    examples = json.loads((corpora / "markdown/commonmark-spec.json").read_text())

    differing = {one["example"] for one in examples if events(to_draft(one["markdown"]).html) != events(one["html"])}

    assert differing == listed
    assert len(examples) == 655
