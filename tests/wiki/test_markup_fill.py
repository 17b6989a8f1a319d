"""What is filled in when a page is served: links, macros, pencils, the site's own prefix; and what is not let in."""

import re

import pytest
from markupsafe import Markup

from app.wiki.fill import ResolvedLink, embed, fill
from app.wiki.markup import as_source, render


def filled(body: str, **places: object) -> str:
    return str(fill(render(body, "jardins/compost").html, **places))  # type: ignore[arg-type]


def test_a_link_leads_to_its_page() -> None:
    links = {0: ResolvedLink("/jardins/#outils", title='Le "jardin"')}

    assert filled("[[Jardins#Outils|là]]", links=links) == (
        '<p><a href="/jardins/#outils" title="Le &#34;jardin&#34;">là</a></p>\n'
    )


def test_a_link_keeps_the_title_that_was_typed() -> None:
    shown = filled('[x](autre "Mon titre")', links={0: ResolvedLink("/autre", title="Autre")})

    assert shown == '<p><a href="/autre" title="Mon titre">x</a></p>\n'


def test_a_link_to_a_missing_page_is_marked_and_leads_to_its_creation() -> None:
    shown = filled("[[X]]", links={0: ResolvedLink("/-/new?title=X&a=1", exists=False)})

    assert shown == '<p><a class="missing" href="/-/new?title=X&amp;a=1">X</a></p>\n'


@pytest.mark.parametrize(
    "href", ["javascript:1", "//e.org", "/\\e.org", "https://e.org", "/\t/e.org", "", "x", " /x", "/x y"]
)
def test_a_link_never_leads_out_of_the_site(href: str) -> None:
    assert filled("[[X]]", links={0: ResolvedLink(href)}) == '<p><a class="missing">X</a></p>\n'


def test_a_link_without_an_entry_leads_nowhere() -> None:
    assert filled("[[X]]") == '<p><a class="missing">X</a></p>\n'


def test_the_prefix_of_the_site_stands_before_every_address_of_it() -> None:
    body = '[[X]] [f](a.pdf) ![i](b.jpg) [s](/-/changes) [h](#x) [o](https://e.org) `href="/x"` [p](//e.org/x)'
    shown = filled(body, base="/wiki", links={0: ResolvedLink("/x")})

    assert 'href="/wiki/x"' in shown
    assert 'href="/wiki/-/files/jardins/compost/a.pdf"' in shown
    assert 'src="/wiki/-/files/jardins/compost/b.jpg"' in shown
    assert 'href="/wiki/-/changes"' in shown
    assert 'href="#x"' in shown
    assert '<code>href="/x"</code>' in shown
    assert 'href="https://e.org/x"' in shown


def test_macros_take_the_place_of_their_calls() -> None:
    shown = filled("{{a}}\n\nx {{b}} y {{c}}", macros={0: "<ul></ul>", 1: ""})

    assert shown == '<ul></ul>\n<p>x  y <span class="macro-missing">{{…}}</span></p>\n'


def test_a_pencil_stands_at_the_end_of_each_heading_that_can_be_edited() -> None:
    shown = filled(
        "## A [[B]]\n\n> ## C", links={0: ResolvedLink("/b")}, edit_section=lambda number: f"<i>{number}</i>"
    )

    assert '<h2 id="a-b" data-section="1">A <a href="/b">B</a><i>1</i></h2>' in shown
    assert '<h2 id="c">C</h2>' in shown
    assert "<i>" not in filled("## A")


def test_a_page_within_another_has_ids_of_its_own_and_no_pencils() -> None:
    rendered = render('## A\n\n[b](#a) [c](#) x[^1] `id="a"`\n\n[^1]: n', "a")
    shown = embed(rendered.html, "in-2-")

    assert re.findall(r'<[^<>]* id="([^"]*)"', shown) == ["in-2-a", "in-2-fnref-1", "in-2-fn-1"]
    assert re.findall(r'href="#([^"]*)"', shown) == ["in-2-a", "", "in-2-fn-1", "in-2-fnref-1"]
    assert "data-section" not in shown
    assert 'id="a"</code>' in shown


def test_a_page_shown_as_source_has_no_places_to_fill() -> None:
    source = as_source('# a\n<a data-link="0" rel="nofollow noopener ugc">x</a> {{b}}').html

    assert fill(source, base="/wiki", links={0: ResolvedLink("/x")}, macros={0: "m"}) == source


def test_what_is_filled_is_safe_html_for_templates() -> None:
    assert isinstance(fill("<p>x</p>"), Markup)


@pytest.mark.parametrize(
    "words", ['<a data-link="0">', "{{a}}", '&lt;a data-link="0" rel="nofollow noopener ugc"&gt;', "</h2>"]
)
def test_what_only_looks_like_a_place_is_not_filled(words: str) -> None:
    shown = filled(f"`{words}` <b title='{words}'>x</b>", links={0: ResolvedLink("/x")}, macros={0: "m"})

    assert "/x" not in shown
    assert "m" not in shown.replace("mp;", "")
