"""Which headings have nothing below them."""

import pytest

from app.wiki.hollow import list_hollow
from app.wiki.markup import render


def hollow(body: str) -> list[str]:
    found = render(body, "page", "Titre")
    return [heading.text for heading in list_hollow(found.html, found.headings)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("## A\n\n## B\n\nmots\n", ["A"]),
        ("## A\n\nmots\n\n## B\n", ["B"]),
        ("## A\n\n### B\n\nmots\n", []),
        ("## A\n\n### B\n\n## C\n", ["B", "C"]),
        ("### A\n\n## B\n\nmots\n", ["A"]),
        ("## A\n\n---\n\n<p></p>\n\n## B\n\nmots\n", ["A"]),
        ("## A & “B”\n", ["A & “B”"]),
        ("## A[^1]\n\n[^1]: une note\n", ["A"]),
        ("## A\n\n## A\n\nmots\n", ["A"]),
        ("mots\n", []),
    ],
)
def test_heading_without_anything_below_is_hollow(body: str, said: list[str]) -> None:
    assert hollow(body) == said


@pytest.mark.parametrize(
    "below", ["mot", "- un", "![vue](x.png)", "{{pages}}", "| a |\n|---|\n| b |", "> cité", "    code"]
)
def test_whatever_is_shown_below_fills_a_heading(below: str) -> None:
    assert hollow(f"## A\n\n{below}\n\n## B\n\nmots\n") == []


def test_hollow_heading_can_be_edited_alone() -> None:
    found = render("mots\n\n## A\n\n## B\n\nmots\n", "page", "Titre")

    assert [heading.section for heading in list_hollow(found.html, found.headings)] == [1]


def test_many_headings_take_no_long_time() -> None:
    html = '<h2 id="a">A' * 20_000

    assert list_hollow(html, ()) == []
