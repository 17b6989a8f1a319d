"""Sections: their numbers are those of the rendered headings, and an edit of one leaves every other byte alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import NotFound
from app.wiki.markup import render
from app.wiki.sections import bounds, get_section, replace_section
from app.wiki.syntax import list_starts

PAGE = "intro\n\n# Un\n\na\n\n## Deux\n\nb\n\nTrois\n-----\n\nc\n\n# Quatre\n\nd\n"


def test_a_section_ends_before_the_next_heading_of_its_level_or_above() -> None:
    assert [(start.level, start.text) for start in list_starts(PAGE)] == [
        (1, "Un"),
        (2, "Deux"),
        (2, "Trois"),
        (1, "Quatre"),
    ]
    assert get_section(PAGE, 1) == PAGE[7 : PAGE.index("# Quatre")]
    assert get_section(PAGE, 2) == "## Deux\n\nb\n\n"
    assert get_section(PAGE, 3) == "Trois\n-----\n\nc\n\n"
    assert get_section(PAGE, 4) == "# Quatre\n\nd\n"


@pytest.mark.parametrize("number", [-1, 0, 5])
def test_a_section_that_is_not_there_is_not_found(number: int) -> None:
    with pytest.raises(NotFound):
        get_section(PAGE, number)


@pytest.mark.parametrize("body", [
    "```\n# x\n```", "~~~\nx\n===\n", "    # x", "> # x", "- # x", "1. x\n   ===", "T\n: # x", "<div>\n# x\n</div>", "<!--\n# x\n-->",
    "#x", r"\# x", "| a |\n|---|\n| # x |", "[^1]: # x", "a\n\n---", "- a\n---",
])  # fmt: skip
def test_what_is_no_heading_of_the_page_begins_no_section(body: str) -> None:
    assert list_starts(body) == []


def test_the_start_of_a_heading_on_several_lines_is_that_of_its_words() -> None:
    body = "a\n\n[r]: x\nDeux\nlignes\n===\n\n[^1]: n\n\nfin\n"

    assert get_section(body, 1) == body[body.index("Deux") :]


def test_a_replaced_section_keeps_the_blank_line_before_the_next() -> None:
    assert replace_section(PAGE, 2, "## Deux\n\nB") == PAGE.replace("\nb\n", "\nB\n")
    assert replace_section("# A\nT\n===\n", 1, "# A\n\ntexte") == "# A\n\ntexte\n\nT\n===\n"
    assert replace_section("# A\n\nb", 1, "# A\n\nc") == "# A\n\nc\n"


def test_a_section_may_be_emptied() -> None:
    assert replace_section(PAGE, 2, "\n") == PAGE.replace("## Deux\n\nb\n\n", "")


def test_windows_line_ends_move_no_section() -> None:
    body = PAGE.replace("\n", "\r\n")

    assert [body[start.at :][:4] for start in list_starts(body)] == ["# Un", "## D", "Troi", "# Qu"]


LINES = st.sampled_from([
    "# A", "## *B* c", "### [[C|d]]", "#### E #", "F\n===", "G\ng\n---", "texte", "texte  ", "", "", "```", "~~~", "    # non", "> # non",
    "> x", "- # non", "- x", "  y", "1. x", "| a |\n|---|\n| # b |", "a|b\n-|-\n[[x|y]]|c", "<div>", "</div>", "<!--", "-->", "[r]: x",
    "[^1]: # n", "T\n: # non", "***", "---", "===", "{{x}}", "#", "##", "\t# x", "<h2>x</h2>", "## ![a](b.png)",
])  # fmt: skip
BODIES = st.lists(LINES, max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n"]).map(lambda between: between.join(lines))
) | st.text("#=-> \n\t`~*a[]:|<!", max_size=60)


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_outermost_sections_joined_give_the_body(body: str) -> None:
    sections = [bounds(body, number) for number, _ in enumerate(list_starts(body), 1)]
    outermost, reached = [], sections[0][0] if sections else len(body)
    for start, end in sections:
        if start >= reached:
            outermost.append(body[start:end])
            reached = end

    before = body[: sections[0][0]] if sections else body
    assert before + "".join(outermost) == body


def is_read_from(source: str, words: str) -> bool:
    """Tell whether the words stand in the source of a heading in their order, be they in a link, an image or a code."""
    rest = iter(source)
    return all(letter in rest for letter in words if not letter.isspace())


@settings(max_examples=150, deadline=None)
@given(BODIES)
@example("texte [r]\n===\n\n[r]: x\n\n## ![a](b.png)\n\n## [r]")
def test_numbers_are_those_of_the_rendered_headings(body: str) -> None:
    starts, rendered = list_starts(body), render(body, "a")

    shown = {heading.section: heading.text for heading in rendered.headings if heading.section}
    hidden = [start.text for number, start in enumerate(starts, 1) if number not in shown]
    assert all(is_read_from(starts[number - 1].text, words) for number, words in shown.items())
    assert all(is_read_from(text, rendered.title or "") or not render(f"## {text}", "a").headings for text in hidden)


@settings(max_examples=200, deadline=None)
@given(BODIES, st.data())
def test_an_edit_of_a_section_changes_nothing_else(body: str, data: st.DataObject) -> None:
    starts = list_starts(body)
    if not starts:
        return
    number = data.draw(st.integers(1, len(starts)))
    start, end = bounds(body, number)
    changed = replace_section(body, number, "## Autre\n\ntexte")

    assert replace_section(body, number, get_section(body, number)) == body
    assert changed.startswith(f"{body[:start]}## Autre\n\ntexte\n")
    assert changed.endswith(body[end:])
    assert list_starts(changed)[number - 1].text == "Autre"
