"""The allow-list: what passes, what does not, and what is refused because it would take too long."""

import pytest
from markupsafe import Markup, escape

from app.errors import OverBudget
from app.wiki.clean import clean, normalise, trust


def test_what_people_write_by_hand_passes() -> None:
    html = (
        "<details open><summary>Plus</summary><p><kbd>Ctrl</kbd> <mark>a</mark> <sub>2</sub><br><small>x</small></p>"
        '</details><figure><img src="/-/files/a/b.jpg" alt="b"><figcaption>b</figcaption></figure><hr>'
        '<p><abbr title="x y">x</abbr> <del>a</del> <ins>b</ins></p><div class="note">n</div>'
    )

    assert clean(html) == html.replace("<details open>", '<details open="">')


@pytest.mark.parametrize("html", [
    "<script>alert(1)</script>", "<style>p{}</style>", "<iframe src=/x>y</iframe>", "<svg onload=1><a>y</a></svg>",
    "<math><mtext>y</mtext></math>", "<object data=x>y</object>", "<template>y</template>", "<textarea>y</textarea>", "<!-- y -->",
])  # fmt: skip
def test_what_can_act_goes_with_its_content(html: str) -> None:
    assert clean(f"a{html}b") == "ab"


@pytest.mark.parametrize(
    "typed", ["<title>", "<script>", "</style>", "<plaintext>", "<svg/onload=1>", "<TEXTAREA rows=1>"]
)
def test_in_a_draft_what_would_swallow_the_rest_is_shown_as_typed(typed: str) -> None:
    shown = typed.replace("<", "&lt;").replace(">", "&gt;")

    assert normalise(f"a {typed} <b>b</b>") == f"a {shown} <b>b</b>"


def test_in_a_draft_comments_go_and_one_left_open_is_shown() -> None:
    assert normalise("a<!-- x -->b<!-->c<!--->d<!-- <b>e</b> --><p>f<!-- g</p>") == "abcd<p>f&lt;!-- g</p>"


@pytest.mark.parametrize(
    "html", ["<form action=/x>", "<input name=q>", "<video autoplay>", "<button>", "<h1>", "<font>"]
)
def test_an_element_that_is_not_allowed_leaves_its_words(html: str) -> None:
    assert clean(f"{html}words") == "words"


@pytest.mark.parametrize("attribute", [
    "style='color:red'", "onclick=x", "name=x", "data-x=1", "accesskey=s", "tabindex=1", "hidden", "role=alert",
])  # fmt: skip
def test_an_attribute_that_is_not_allowed_is_dropped(attribute: str) -> None:
    assert clean(f"<p {attribute}>x</p>") == "<p>x</p>"


def test_only_listed_classes_stay() -> None:
    assert clean('<p class="note station">x</p><p class="station">y</p>') == '<p class="note">x</p><p class="">y</p>'


@pytest.mark.parametrize(
    "url", ["javascript:1", "java\tscript:1", "vbscript:1", "data:text/html,x", "feed:x", "file:///etc"]
)
def test_a_link_of_another_scheme_leads_nowhere(url: str) -> None:
    assert "href" not in clean(f'<a href="{url}">x</a>')


def test_every_link_tells_search_engines_and_browsers_not_to_follow_it_blindly() -> None:
    assert clean('<a href="https://e.org" rel="opener">x</a>').endswith(' rel="nofollow noopener ugc">x</a>')


def test_a_draft_keeps_headings_as_typed_and_the_last_cleaning_does_not() -> None:
    draft = normalise('<h1 data-section="1">x</h1>')

    assert (draft, clean(draft)) == ('<h1 data-section="1">x</h1>', "x")


@pytest.mark.parametrize("html", ["<div>" * 10_001, "<ul><li>" * 10_001, "x" * 1_000_001])
def test_what_would_take_too_long_is_refused(html: str) -> None:
    with pytest.raises(OverBudget):
        clean(html)


def test_a_large_table_is_not_too_much() -> None:
    rows = "<tr><td>a</td><td><b>b</b></td></tr>" * 15_000

    assert clean(f"<table><tbody>{rows}</tbody></table>").count("<td>") == 30_000


def test_trusted_html_is_not_escaped_again() -> None:
    assert isinstance(trust("<b>x</b>"), Markup)
    assert escape(trust("<b>x</b>")) == "<b>x</b>"
