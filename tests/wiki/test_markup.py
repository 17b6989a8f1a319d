"""What the text of a page becomes."""

import pytest

from app.wiki.markup import render


def html(body: str, path: str = "jardins/compost", title: str = "") -> str:
    return render(body, path, title).html


def test_a_table_aligns_by_class_and_tells_its_headers() -> None:
    shown = html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")

    assert '<th scope="col" class="align-left">a</th>' in shown
    assert '<td class="align-center">2</td>\n<td class="align-right">3</td>' in shown
    assert "style" not in shown


@pytest.mark.parametrize("row", ["| 1 |", "| 1", "1 |", "| 1 | 2 | 3 |", "1 | 2 | 3"])
def test_a_row_with_too_few_or_too_many_cells_breaks_no_table(row: str) -> None:
    shown = html(f"| a | b |\n|---|---|\n{row}\n| x | y |\n\nafter")

    assert shown.count("<td") == 4
    assert "<td>y</td>" in shown
    assert "3" not in row or "<td>2 | 3</td>" in shown
    assert "<p>after</p>" in shown


def test_a_wiki_link_with_words_stays_in_its_cell() -> None:
    rendered = render("| a | b |\n|---|---|\n| [[X|y]] | [[Z\\|w]] |\n| `[[c|d]]` | e |", "a")

    assert [(link.target, link.words) for link in rendered.links] == [("X", "y"), ("Z", "w")]
    assert "<code>[[c|d]]</code></td>\n<td>e</td>" in rendered.html


def test_tables_may_stand_in_lists_and_quotes() -> None:
    assert html("- x\n\n  | a |\n  |---|\n  | 1 |\n\n> | b |\n> |---|\n> | 2 |").count("<table>") == 2


def test_tasks_are_signs_and_not_fields() -> None:
    shown = html("- [ ] à faire\n- [x] fait")

    assert '<li class="task"><span class="box">☐</span> à faire</li>' in shown
    assert '<li class="task done"><span class="box">☑</span> fait</li>' in shown
    assert "<input" not in shown


def test_a_footnote_cited_twice_has_one_id() -> None:
    shown = html("a[^1] b[^1]\n\n[^1]: note")

    assert shown.count('id="fnref-1"') == shown.count('id="fn-1"') == 1
    assert shown.count('href="#fn-1"') == 2


def test_strikethrough_and_definitions() -> None:
    assert html("~~a~~\n\nTerme\n: sens") == "<p><del>a</del></p>\n<dl>\n<dt>Terme</dt>\n<dd>sens</dd>\n</dl>\n"


@pytest.mark.parametrize(("typed", "address", "rest"), [
    ("voir https://e.org/a.", "https://e.org/a", "."),
    ("(https://e.org/a)", "https://e.org/a", ")"),
    ("https://fr.wikipedia.org/wiki/Pain_(aliment)", "https://fr.wikipedia.org/wiki/Pain_(aliment)", ""),
    ("**https://e.org**", "https://e.org", ""),
    ("« https://e.org/x »", "https://e.org/x", " »"),
    ("https://e.org/?a=1&b=2, puis", "https://e.org/?a=1&amp;b=2", ", puis"),
    ("HTTP://e.org/a_b_c", "HTTP://e.org/a_b_c", ""),
])  # fmt: skip
def test_a_bare_address_becomes_a_link_without_what_follows_it(typed: str, address: str, rest: str) -> None:
    assert f'href="{address}" class="external" rel="nofollow noopener ugc">{address}</a>{rest}' in html(typed)


@pytest.mark.parametrize(
    "typed", ["`https://e.org`", "xhttps://e.org", "https://", "://e.org", "ftp://e.org", r"https\://e.org"]
)
def test_what_is_no_address_becomes_no_link(typed: str) -> None:
    assert "<a" not in html(typed)


def test_an_address_within_a_link_makes_no_link_in_a_link() -> None:
    assert html("[voir https://e.org](https://f.org)").count("<a") == 1


def test_a_long_english_text_with_addresses_keeps_every_letter() -> None:
    body = "The other https://e.org/hh thing, http and https: here's *what* they have: http://x.org"

    assert render(body, "a").text == body.replace("*", "")


def test_a_link_without_words_says_where_it_leads() -> None:
    assert ">https://e.org</a>" in html("[](https://e.org)")
    assert ">jardins/x</a>" in html("[](x)")


@pytest.mark.parametrize("typed", ["plan.jpg", "./plan.jpg", "compost.files/plan.jpg", "/-/files/jardins/compost/plan.jpg",
                                   "/jardins/compost.files/plan.jpg", "../jardins/compost.files/plan.jpg"])  # fmt: skip
def test_an_image_is_found_however_its_address_is_written(typed: str) -> None:
    rendered = render(f'![Le plan]({typed} "Dessin")', "jardins/compost")

    image = '<img src="/-/files/jardins/compost/plan.jpg" alt="Le plan" title="Dessin" loading="lazy">'
    assert rendered.html == f"<p>{image}</p>\n"
    assert [(link.kind, link.target, link.words) for link in rendered.links] == [
        ("file", "jardins/compost/plan.jpg", "Le plan")
    ]


@pytest.mark.parametrize("typed", ["![Logo](https://e.org/l.png)", '<img src="https://e.org/l.png" alt="Logo">'])
def test_an_image_of_another_host_is_linked_and_not_loaded(typed: str) -> None:
    shown = html(f"{typed} {typed.replace('https:', '')}")

    assert "<img" not in shown
    assert shown.count('<a class="external" href="https://e.org/l.png" rel="nofollow noopener ugc">Logo</a>') == 2


@pytest.mark.parametrize("typed", ["data:image/png;base64,AA", "/-/signout", "page", "javascript:1", "#x"])
def test_an_image_of_anything_else_is_its_description(typed: str) -> None:
    assert html(f"![x]({typed})") == "<p>x</p>\n"


def test_an_image_in_a_link_stays_in_the_link() -> None:
    assert html("[![x](https://e.org/l.png)](https://f.org)").count("<a ") == 1
    assert "<img" in html("[![x](plan.jpg)](https://f.org)")


def test_links_to_another_host_are_marked() -> None:
    assert html("[x](https://e.org)") == (
        '<p><a href="https://e.org" class="external" rel="nofollow noopener ugc">x</a></p>\n'
    )
    assert "external" not in html("[x](mailto:a@e.org) [y](#z) [z](/-/changes) [w](autre)")


def test_raw_html_is_judged_like_markdown() -> None:
    rendered = render(
        '<a href="autre.md#X">a</a> <a href="javascript:1">b</a> <img src=plan.jpg width=9 height=9%>', "a/b"
    )

    assert [(link.kind, link.target, link.anchor) for link in rendered.links] == [
        ("page", "a/autre", "x"), ("file", "a/b/plan.jpg", ""),
    ]  # fmt: skip
    assert "</a> b <img" in rendered.html
    assert 'alt="" width="9" loading="lazy">' in rendered.html


def test_numbers_of_links_typed_by_hand_name_nothing() -> None:
    rendered = render('<a data-link="0">x</a> <a data-link="5">y</a> [[Z]] <a data-link="0" href="/w">w</a>', "a")

    assert [link.target for link in rendered.links] == ["Z", "w"]
    assert rendered.html.count("data-link") == 2


def test_links_beyond_the_two_thousandth_are_words() -> None:
    rendered = render("[[a]] " * 2005, "a")

    assert len(rendered.links) == 2000
    assert rendered.html.count("<a ") == 2000
    assert rendered.text.count("a") == 2005


@pytest.mark.parametrize("body", ["`[[a]]`", "```\n[[a]]\n```", "    [[a]]", r"\[[a]]", "[[a`b`]]", "[[]]", "[[|x]]", "[[a]b]]",
                                  "[[a\nb]]", "<pre>\n[[a]]\n</pre>", "<!-- [[a]] -->", "![[a]]"])  # fmt: skip
def test_code_and_what_only_looks_like_a_wiki_link_is_left_alone(body: str) -> None:
    assert render(body, "a").links == ()


def test_wiki_links_carry_words_and_anchor() -> None:
    rendered = render("[[Le compost]] [[Le compost#Les outils]] [[a/b|*ici*]] [[#Plus bas]] [[ x | y ]]", "a")

    assert [(link.target, link.anchor, link.words) for link in rendered.links] == [
        ("Le compost", "", "Le compost"), ("Le compost", "les-outils", "Le compost › Les outils"), ("a/b", "", "ici"), ("x", "", "y"),
    ]  # fmt: skip
    assert '<a href="#plus-bas"' in rendered.html
    assert "<em>ici</em>" in rendered.html


def test_a_wiki_link_to_another_host_is_a_link_to_it() -> None:
    assert 'href="https://e.org/x" class="external"' in html("[[https://e.org/x|là]]")


def test_the_words_for_the_search_hold_cells_descriptions_and_notes_and_no_syntax() -> None:
    text = render(
        "| a | b |\n|---|---|\n| un | ![deux](x.jpg) |\n\n- [x] trois[^1]\n\n`quatre` &amp; **cinq**six\n\n[^1]: sept",
        "a",
    ).text

    assert text == "a b\nun deux\ntrois\nquatre & cinqsix\nsept"


def test_control_characters_never_reach_the_page() -> None:
    assert html("a\0b\x1bc\ud800d\ufffee") == "<p>a\ufffdb\ufffdc\ufffdd\ufffde</p>\n"


def test_line_ends_of_windows_and_old_macs_are_line_ends() -> None:
    assert html("# T\r\n\r\na\r\nb\r\rc") == html("# T\n\na\nb\n\nc")
