"""Headings of a page: levels without a gap, anchors that are readable and unique, the title shown once."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.wiki.markup import Rendered, render


def outline(rendered: Rendered) -> list[tuple[int, str]]:
    return [(heading.level, heading.anchor) for heading in rendered.headings]


def test_a_first_heading_that_is_the_title_is_left_out() -> None:
    rendered = render("intro\n\n# Le *compost*\n\ntexte", "jardins/compost")

    assert rendered.title == "Le compost"
    assert rendered.html == "<p>intro</p>\n\n<p>texte</p>\n"


def test_a_first_heading_that_says_the_title_of_the_front_matter_is_left_out() -> None:
    assert "<h2" not in render("# LE COMPOST !", "a", "Le compost").html


def test_a_first_heading_that_says_something_else_stays() -> None:
    assert outline(render("# Autre\n\n## b", "a", "Le compost")) == [(2, "autre"), (3, "b")]


def test_a_heading_of_level_one_after_others_is_the_title_and_stays() -> None:
    rendered = render("## a\n\n# T\n\n# U", "a")

    assert rendered.title == "T"
    assert outline(rendered) == [(2, "a"), (2, "t"), (2, "u")]


@pytest.mark.parametrize(("body", "levels"), [
    ("# T\n## a\n### b\n## c", [2, 3, 2]),
    ("# T\n### a\n###### b\n## c\n### d", [2, 3, 2, 3]),
    ("### a\n## b\n# c\n### d", [2, 2, 2, 3]),
    ("## a\n# b\n## c\n### d\n#### e\n##### f\n###### g", [2, 2, 3, 4, 5, 6, 6]),
    ("> ## a\n\n- # b\n\n#### c", [2, 2, 3]),
])  # fmt: skip
def test_levels_start_at_two_and_skip_none(body: str, levels: list[int]) -> None:
    assert [heading.level for heading in render(body, "a").headings] == levels


def test_anchors_are_readable_and_each_is_given_once() -> None:
    rendered = render("## L’épicerie d’été !\n## Outils\n## outils\n## Outils 2\n## Οδηγός\n## !!!\n## ???", "a")

    assert [anchor for _, anchor in outline(rendered)] == [
        "l-epicerie-d-ete", "outils", "outils-2", "outils-2-2", "οδηγοσ", "section", "section-2",
    ]  # fmt: skip


def test_ids_of_a_page_never_meet_those_of_the_site() -> None:
    shown = render('## gc-main\n\n<p id="gc-menu">x</p>\n\n[y](#gc-main)', "a").html

    assert re.findall(r'id="([^"]*)"', shown) == ["section-gc-main", "section-gc-menu"]
    assert 'href="#section-gc-main"' in shown


def test_an_id_typed_by_hand_is_an_anchor_like_others_and_is_given_once() -> None:
    shown = render(
        '<a id="Les Outils"></a>\n\n## Les outils\n\n<p id="les-outils-2">x</p>\n\n[y](#Les%20outils)', "a"
    ).html

    assert re.findall(r'id="([^"]*)"', shown) == ["les-outils", "les-outils-2"]
    assert 'href="#les-outils"' in shown


def test_headings_in_quotes_lists_definitions_and_notes_cannot_be_edited_alone() -> None:
    rendered = render("> # a\n\n- # b\n\nTerme\n: # c\n\nx[^1]\n\n# d\n\n[^1]: # e\n\n    # f", "a", "T")

    assert [(heading.text, heading.section) for heading in rendered.headings] == [
        ("a", 0), ("b", 0), ("c", 0), ("d", 1), ("e", 0), ("f", 0),
    ]  # fmt: skip
    assert rendered.html.count("data-section") == 1


def test_code_holds_no_headings() -> None:
    assert render("```\n# x\n```\n\n    # y\n\n~~~\nz\n===\n~~~\n\n# T", "a", "T").headings == ()


def test_a_heading_ends_a_quote() -> None:
    assert render("> quote\n## b", "a").html == (
        '<blockquote>\n<p>quote</p>\n</blockquote>\n<h2 id="b" data-section="1">b</h2>\n'
    )


def test_a_heading_without_words_is_none() -> None:
    rendered = render("##\n\n## {{x}}\n\n## ![alt](p.png)", "a")

    assert outline(rendered) == [(2, "alt")]
    assert '<p><span data-macro="0"></span></p>' in rendered.html


def test_raw_html_makes_no_headings() -> None:
    rendered = render('<h1>a</h1>\n\n<h3 id="x" data-section="1">b</h3>\n\n## c', "a")

    assert outline(rendered) == [(2, "c")]
    assert "<strong>a</strong>" in rendered.html


def test_a_heading_may_hold_a_link() -> None:
    rendered = render("## Voir [[Compost|le *compost*]]", "a")

    assert rendered.headings[0].text == "Voir le compost"
    assert re.fullmatch(r'<h2 id="voir-le-compost" data-section="1">Voir <a data-link="0".*</a></h2>\n', rendered.html)


LINES = st.sampled_from([
    "# A", "## A", "### A", "###### B", "A\n===", "B\n---", "> # A", "- ## A", "<h2>x</h2>", '<p id="a">x</p>', '<i id="gc-x">y</i>',
    "```", "texte", "x[^1]", "[^1]: # N", "T\n: # D", "##", "## ![a](b.png)", "{{x}}",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=15).map("\n\n".join), st.sampled_from(["", "A"]))
def test_any_page_has_unique_ids_and_a_sound_outline(body: str, title: str) -> None:
    rendered = render(body, "a", title)

    ids = re.findall(r'<[^<>]* id="([^"]*)"', rendered.html)
    levels = [1, *(heading.level for heading in rendered.headings)]
    assert len(ids) == len(set(ids))
    assert {heading.anchor for heading in rendered.headings} <= set(ids)
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert [int(level) for level in re.findall(r"<h([1-6])", rendered.html)] == levels[1:]
