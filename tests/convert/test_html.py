import time
from contextlib import suppress
from threading import Thread

import pytest

from app.budget import SENT
from app.convert.documents import convert_document
from app.convert.html import to_markdown
from app.errors import GareError, OverBudget, TooLarge, Unavailable


def test_headings_paragraphs_and_emphasis() -> None:
    html = "<h2>Titre</h2><p>Un <b>gras</b>, un <i>penché</i>,<br>un <s>barré</s>.</p><hr><blockquote>Dit</blockquote>"

    assert to_markdown(html) == "## Titre\n\nUn **gras**, un *penché*,  \nun ~~barré~~.\n\n---\n\n> Dit"


def test_lists_are_nested() -> None:
    html = "<ul><li>un<ol><li>a</li><li>b</li></ol></li><li><p>deux</p></li></ul>"

    assert to_markdown(html) == "- un\n  1. a\n  2. b\n- deux"


def test_the_first_row_of_a_table_is_its_header() -> None:
    html = (
        "<table><tr><td><b>Qui</b></td><td>Quoi</td></tr><tr><td><p>Nadia</p><p>Luc</p></td><td>a|b</td></tr></table>"
    )

    assert to_markdown(html) == "| Qui | Quoi |\n| --- | --- |\n| Nadia Luc | a\\|b |"


def test_cells_over_rows_and_columns_keep_the_columns_straight() -> None:
    html = (
        "<table><tr><th>A</th><th>B</th><th>C</th></tr>"
        "<tr><td rowspan=2>1</td><td colspan=2>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )

    assert to_markdown(html).split("\n")[2:] == ["| 1 | 2 |  |", "|  | 3 | 4 |"]


def test_a_table_that_is_only_a_layout_becomes_paragraphs() -> None:
    html = "<table><tr><td><table><tr><td>logo</td></tr></table></td><td><h1>Titre</h1><p>Mot</p></td></tr></table>"

    assert to_markdown(html) == "logo\n\n# Titre\n\nMot"


def test_code_keeps_its_spaces_and_backticks() -> None:
    assert to_markdown("<pre>a ``` b\n  c</pre><code>x`y</code>") == "````\na ``` b\n  c\n````\n\n`` x`y ``"


def test_definitions_are_kept() -> None:
    assert to_markdown("<dl><dt>Amap</dt><dd>Un panier</dd></dl>") == "Amap\n:   Un panier"


def test_ticks_are_kept() -> None:
    html = (
        '<ul><li><input type="checkbox" checked> fait</li><li role="checkbox" aria-checked="false"><p>à faire</p></li>'
        "</ul>"
    )

    assert to_markdown(html) == "- [x] fait\n- [ ] à faire"


def test_links_are_kept_and_addresses_stand_bare() -> None:
    html = "<a href='https://ex.org/a (b)'> le [site] </a>et <a href='https://ex.org/x_y_z'>https://ex.org/x_y_z</a>"

    assert to_markdown(html) == "[le \\[site\\]](https://ex.org/a%20%28b%29) et https://ex.org/x_y_z"


@pytest.mark.parametrize(
    "href", ["/page", "page.html", "#haut", "javascript:alert(1)", "data:text/html,x", "file:///c", "//["]
)
def test_a_link_that_leads_nowhere_outside_is_plain_text(href: str) -> None:
    assert to_markdown(f"<a href='{href}'>mot</a>") == "mot"


def test_pictures_are_left_out_but_for_emoji() -> None:
    html = '<img src="https://ex.org/suivi.gif" alt="suivi"><img src="data:image/png;base64,AA" alt="🙂"> oui'

    assert to_markdown(html) == "🙂 oui"


def test_what_cannot_be_seen_is_left_out() -> None:
    html = "<p style='display:none'>caché</p><style>p{}</style><script>x</script><title>t</title><!-- c --><p>vu</p>"

    assert to_markdown(html) == "vu"


def test_spaces_that_do_not_break_are_kept_where_french_wants_them() -> None:
    html = "<p>«&nbsp;Oui&nbsp;»&nbsp;: 10&nbsp;000&nbsp;pas&nbsp;!&nbsp;&nbsp;Fin</p>"

    assert to_markdown(html) == "«\xa0Oui\xa0»\xa0: 10\xa0000 pas\xa0! Fin"


def test_bold_cut_into_runs_is_one() -> None:
    assert to_markdown("<b>Réu</b><b><span>nion</span></b><b> </b>du <b></b>12") == "**Réunion** du 12"


def test_bold_that_ends_in_punctuation_before_a_letter_is_still_bold() -> None:
    assert to_markdown("<b>Date :</b>12 mars") == "**Date** :12 mars"


def test_bold_in_a_heading_is_only_its_look() -> None:
    assert to_markdown("<h1><b>Titre</b></h1>") == "# Titre"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("*vu* et _lu_", "\\*vu\\* et \\_lu\\_"),
        ("mon_fichier_v2", "mon_fichier_v2"),
        ("[à confirmer]", "[à confirmer]"),
        ("[x](javascript:alert(1))", "\\[x](javascript:alert(1))"),
        ("[[Page]] {{agenda}}", "\\[[Page]] \\{{agenda}}"),
        ("&lt;script&gt; a &lt; b &amp;amp; c &amp; d", "\\<script> a < b \\&amp; c & d"),
        ("# dièse", "\\# dièse"),
        ("2026. Une année", "2026\\. Une année"),
        ("-----", "\\-----"),
        ("`code` ~~x~~", "\\`code\\` \\~~x\\~~"),
    ],
)
def test_text_that_looks_like_markdown_stays_text(typed: str, written: str) -> None:
    assert to_markdown(f"<p>{typed}</p>") == written


def test_a_rule_at_the_top_cannot_become_a_header_block() -> None:
    assert to_markdown("<hr><p>title: x</p><hr>") == "title: x\n\n---"


def test_plain_text_is_taken_as_it_is() -> None:
    assert to_markdown("juste du texte") == "juste du texte"


@pytest.mark.parametrize("html", ["", " \n ", "<p>&nbsp;</p>", "<!-- x -->", "<b></b>", "\0\x01\ue000"])
def test_nothing_gives_nothing(html: str) -> None:
    assert to_markdown(html) == ""


def test_over_a_megabyte_is_refused() -> None:
    with pytest.raises(TooLarge):
        to_markdown("é" * 500_001)


@pytest.mark.parametrize(
    "html",
    ["<blockquote>" * 2000, "<table><tr><td>" * 1000, "<ul><li>" * 2000, "<div>" * 150_000, "<DIV x=''>" * 90_000],
    ids=["quotes", "tables", "lists", "boxes", "BOXES"],
)
def test_what_is_nested_too_deeply_is_refused_with_a_sentence(html: str) -> None:
    with pytest.raises(OverBudget) as refused:
        to_markdown(html + "x")

    assert str(refused.value).endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("html", ["<ol>" + "<li>x" * 150_000], ids=["items"])
def test_what_takes_too_long_is_stopped_in_ten_seconds(html: str) -> None:
    with pytest.raises(GareError, match="too long"):
        to_markdown(html)


def test_who_comes_while_another_is_served_waits_and_is_served() -> None:
    slow = Thread(target=_convert_slowly)
    slow.start()
    time.sleep(0.5)

    assert to_markdown("<p>mot</p>") == "mot"
    slow.join()


def test_at_most_half_of_the_threads_read_what_people_send_whatever_it_is() -> None:
    with SENT.take(), SENT.take():
        for convert in (lambda: to_markdown("<p>mot</p>"), lambda: convert_document(b"mot", "a.txt")):
            with pytest.raises(Unavailable, match="busy"):
                convert()

    assert to_markdown("<p>mot</p>") == "mot"


def test_a_place_is_free_again_after_what_was_refused() -> None:
    for _ in range(3):
        with pytest.raises(OverBudget):
            to_markdown("<div>" * 2000)

    assert to_markdown("<p>mot</p>") == "mot"


def _convert_slowly() -> None:
    with suppress(GareError):
        to_markdown("<ol>" + "<li>x" * 150_000)


def test_a_page_of_text_takes_no_time() -> None:
    assert to_markdown("<p>mot </p>" * 2000).count("mot") == 2000


def test_small_raised_numbers_stay_raised() -> None:
    assert to_markdown("20 m<sup>2</sup>, le 1<sup>er</sup>, H<sub>2</sub>O<sup>[1]</sup>") == "20 m², le 1er, H₂O[1]"


def test_headings_without_words_are_left_out() -> None:
    assert to_markdown("<h1> <span></span></h1><h2><br></h2><p>Un mot</p>") == "Un mot"


def test_a_list_that_holds_only_a_list_is_that_list() -> None:
    assert to_markdown("<ul><li> <ul><li><ol><li>a</li><li>b</li></ol></li></ul></li></ul>") == "1. a\n2. b"


def test_a_list_begins_with_the_number_of_its_first_item() -> None:
    assert to_markdown("<ol><li value=4>a</li><li>b</li></ol><p>x</p><ol><li value='-1'>c</li></ol>") == (
        "4. a\n5. b\n\nx\n\n1. c"
    )


def test_paragraphs_that_begin_with_a_box_are_a_list_and_boxes_elsewhere_are_signs() -> None:
    html = (
        "<p>☐ La salle</p> <p><b>☑</b> Les clés</p><p><input type=checkbox> Le pain</p><p>x</p>"
        "<ul><li>☒ a<ul><li><input type=checkbox checked> b</li></ul></li></ul>"
        "<p>Oui <input type=checkbox checked> non ☐</p><table><tr><td><input type=checkbox> a<td>☐ b</table>"
    )

    assert to_markdown(html) == (
        "- [ ] La salle\n- [x] Les clés\n- [ ] Le pain\n\nx\n\n- [x] a\n  - [x] b\n\nOui ☑ non ☐\n\n"
        "| ☐ a | ☐ b |\n| --- | --- |"
    )


def test_a_box_inside_an_item_is_not_that_of_the_item_around_it() -> None:
    html = "<ul><li>a<ul><li><input type=checkbox checked> b</li></ul></li></ul>"

    assert to_markdown(html) == "- a\n  - [x] b"


def test_a_private_character_cannot_pass_for_what_is_meant() -> None:
    html = "<p>&#57344;[x] {&#xe000;{agenda}} [&#xe000;[Page]] &#57344;[^1]</p>"

    assert to_markdown(html) == "\\[x] \\{{agenda}} \\[[Page]] \\[^1]"
