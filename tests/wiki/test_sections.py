"""Sections: their numbers are those of the rendered headings, and an edit of one leaves every other byte alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import NotFound
from app.wiki.markup import render
from app.wiki.sections import get_section, list_sections, replace_section

PAGE = "intro\n\n# Un\n\na\n\n## Deux\n\nb\n\nTrois\n-----\n\nc\n\n# Quatre\n\nd\n"


def test_a_section_ends_before_the_next_heading_of_its_level_or_above() -> None:
    assert [(section.number, section.level, section.title) for section in list_sections(PAGE)] == [
        (1, 1, "Un"), (2, 2, "Deux"), (3, 2, "Trois"), (4, 1, "Quatre"),
    ]  # fmt: skip
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
    assert list_sections(body) == []


def test_the_start_of_a_heading_on_several_lines_is_that_of_its_words() -> None:
    body = "a\n\n[r]: x\nDeux\nlignes\n===\n\n[^1]: n\n\nfin\n"

    assert get_section(body, 1) == body[body.index("Deux") :]


def test_a_title_has_the_plain_words() -> None:
    (section,) = list_sections("## Voir [[Compost|le *compost*]] & `x` #")

    assert section.title == "Voir le compost & x"


def test_a_replaced_section_keeps_the_blank_line_before_the_next() -> None:
    assert replace_section(PAGE, 2, "## Deux\n\nB") == PAGE.replace("\nb\n", "\nB\n")
    assert replace_section("# A\nT\n===\n", 1, "# A\n\ntexte") == "# A\n\ntexte\n\nT\n===\n"
    assert replace_section("# A\n\nb", 1, "# A\n\nc") == "# A\n\nc\n"


def test_a_section_may_be_emptied() -> None:
    assert replace_section(PAGE, 2, "\n") == PAGE.replace("## Deux\n\nb\n\n", "")


def test_windows_line_ends_move_no_section() -> None:
    body = PAGE.replace("\n", "\r\n")

    assert [body[section.start :][:4] for section in list_sections(body)] == ["# Un", "## D", "Troi", "# Qu"]


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
    sections = list_sections(body)
    outermost, end = [], sections[0].start if sections else len(body)
    for section in sections:
        if section.start >= end:
            outermost.append(body[section.start : section.end])
            end = section.end

    before = body[: sections[0].start] if sections else body
    assert before + "".join(outermost) == body


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_numbers_are_those_of_the_rendered_headings(body: str) -> None:
    sections, rendered = list_sections(body), render(body, "a")

    shown = {heading.section: heading.text for heading in rendered.headings if heading.section}
    hidden = [section for section in sections if section.number not in shown]
    assert {number: sections[number - 1].title for number in shown} == shown
    assert all(section.title in {"", rendered.title} for section in hidden)


@settings(max_examples=200, deadline=None)
@given(BODIES, st.data())
def test_an_edit_of_a_section_changes_nothing_else(body: str, data: st.DataObject) -> None:
    sections = list_sections(body)
    if not sections:
        return
    section = data.draw(st.sampled_from(sections))
    changed = replace_section(body, section.number, "## Autre\n\ntexte")

    assert replace_section(body, section.number, get_section(body, section.number)) == body
    assert changed.startswith(f"{body[: section.start]}## Autre\n\ntexte\n")
    assert changed.endswith(body[section.end :])
    assert list_sections(changed)[section.number - 1].title == "Autre"
