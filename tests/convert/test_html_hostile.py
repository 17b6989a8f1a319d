"""What attackers paste: nothing that could run is left in the Markdown, however it is rendered."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pytest

from app.convert.html import to_markdown

FILES = [
    "dompurify.jsonl",
    "dompurify-suite.jsonl",
    "ammonia.jsonl",
    "sanitize-html.jsonl",
    "bleach.jsonl",
    "nh3.jsonl",
]
HARMLESS = set(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a hr br table thead tbody tr th td".split()
)
SCHEME = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


class Referee(HTMLParser):
    """Collects what a browser would find beside harmless elements and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name == "href" and SCHEME.match(value or ""):
                continue
            if (tag, name) not in {("ol", "start"), ("th", "style"), ("td", "style"), ("a", "title")}:
                self.faults.append(f"{tag} {name}={value}")


def faults_of(markdown: str) -> list[str]:
    """Render without any escaping or cleaning, and list what is left to be feared."""
    render = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])
    referee = Referee()
    referee.feed(str(render(markdown)))
    return referee.faults


@pytest.mark.parametrize("attack", ["<img src=x onerror=a>", "[x](javascript:a)", "<script>a</script>", "<a href=/x>"])
def test_the_referee_sees_attacks(attack: str) -> None:
    assert faults_of(attack) != []


@pytest.mark.parametrize("name", FILES)
def test_no_attack_of_the_corpora_survives(corpora: Path, name: str) -> None:
    lines = (corpora / "security" / name).read_text(encoding="utf-8").splitlines()
    attacks = [json.loads(line)["html"] for line in lines]

    assert [(attack, faults) for attack in attacks if (faults := faults_of(to_markdown(attack)))] == []


@pytest.mark.parametrize("name", FILES)
def test_no_attack_that_is_only_text_survives(corpora: Path, name: str) -> None:
    lines = (corpora / "security" / name).read_text(encoding="utf-8").splitlines()
    attacks = [json.loads(line)["html"].replace("&", "&amp;").replace("<", "&lt;") for line in lines]

    assert [(attack, faults) for attack in attacks if (faults := faults_of(to_markdown(f"<p>{attack}</p>")))] == []
