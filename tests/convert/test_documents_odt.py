"""What LibreOffice writes, with all it holds, as Markdown."""

from app.convert.documents import convert_document
from tests.convert.odt_files import box, frame, h, items, note, odt, p, span, table

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def text_of(*blocks: str) -> str:
    return convert_document(odt("".join(blocks)), "notes.odt").text


def test_titles_headings_and_paragraphs() -> None:
    blocks = [
        p("Compte rendu", "Title"),
        h("Présents", 1),
        h("Le <text:s/>matin", 4),
        p("Un<text:tab/>mot.<text:line-break/>Deux"),
    ]

    assert text_of(*blocks) == "# Compte rendu\n\n# Présents\n\n#### Le matin\n\nUn mot.  \nDeux"


def test_headings_with_numbers_are_no_list() -> None:
    assert text_of(items(items(h("Présents", 2)), name="Outline"), p("Nadia")) == "## Présents\n\nNadia"


def test_bold_italic_and_struck_out_words() -> None:
    words = f"{span('Réu', 'T1')}{span('nion', 'T1')} très {span('utile', 'Emphasis')} et {span('courte', 'T3')}"

    assert text_of(p(words), p(f"{span(span('a', 'T2'), 'T1')} b")) == (
        "**Réunion** très *utile* et ~~courte~~\n\n***a*** b"
    )


def test_a_bold_paragraph_is_bold_but_for_what_is_not() -> None:
    assert text_of(p(f"Date et {span('lieu', 'T4')}", "P2")) == "**Date et** lieu"


def test_words_that_are_hidden_are_left_out() -> None:
    hidden = '<text:hidden-paragraph text:condition="true"/>'

    assert text_of(p(f"{hidden}Vu{span('caché', 'T5')}")) == "Vu"


def test_lists_inside_lists() -> None:
    bullets = items(p("un") + items(p("dedans") + items(p("plus"))), p("deux"), name="L1")
    numbers = items(p("a"), p("b") + items(p("dedans")), name="L2")

    assert text_of(bullets, p("puis"), numbers) == (
        "- un\n  - dedans\n    - plus\n- deux\n\npuis\n\n1. a\n2. b\n   1. dedans"
    )


def test_a_list_has_the_numbers_of_the_style_of_its_paragraphs() -> None:
    assert text_of(items(p("a", "P3"), p("b", "P3"))) == "1. a\n2. b"


def test_numbers_go_on_where_the_list_before_ended() -> None:
    first = items(p("a"), p("b"), name="L2", more=' xml:id="list1"')
    second = items(p("c"), name="L2", more=' xml:id="list2" text:continue-list="list1"')
    third = items(p("d"), name="L2", more=' text:continue-numbering="true"')
    anew = items(p("e"), name="L2")

    assert text_of(first, p("x"), second, p("x"), third, p("x"), anew) == (
        "1. a\n2. b\n\nx\n\n3. c\n\nx\n\n4. d\n\nx\n\n1. e"
    )


def test_links() -> None:
    link = '<text:a xlink:type="simple" xlink:href="{}" text:style-name="Internet_20_link">{}</text:a>'
    words = f"{link.format('https://ex.org/a', 'le site')}, {link.format('#haut', 'plus haut')}"

    assert text_of(p(words)) == "[le site](https://ex.org/a), plus haut"


def test_tables() -> None:
    assert text_of(table((span("Qui", "T1"), "Quoi"), ("Nadia", "a|b"))) == (
        "| Qui | Quoi |\n| --- | --- |\n| Nadia | a\\|b |"
    )


def test_cells_over_rows_and_columns_keep_the_columns_straight() -> None:
    wide = '<table:table-cell table:number-columns-spanned="2"><text:p>ab</text:p></table:table-cell><table:covered-table-cell/>'
    cell = "<table:table-cell><text:p>c</text:p></table:table-cell>"

    assert text_of(f"<table:table><table:table-row>{wide}</table:table-row><table:table-row>{cell}{cell}"
                   "</table:table-row></table:table>") == "| ab |  |\n| --- | --- |\n| c | c |"  # fmt: skip


def test_small_raised_numbers_stay_raised() -> None:
    assert text_of(p(f"20 m{span('2', 'T6')} le 1{span('er', 'T6')}, H{span('2', 'T7')}O")) == "20 m² le 1er, H₂O"


def test_headings_without_words_are_left_out() -> None:
    assert text_of(h("", 1), h(" ", 2), p("Un mot")) == "Un mot"


def test_a_bullet_that_is_a_box_is_a_box_to_tick() -> None:
    assert text_of(items(p("Le pain"), p("Les clés"), name="L3")) == "- [ ] Le pain\n- [ ] Les clés"


def test_boxes_to_tick_make_a_list() -> None:
    blocks = [p(box(is_ticked=True) + " La salle"), p("☐ Les clés"), p(f"Oui {box(is_ticked=True)}")]

    assert text_of(*blocks) == "- [x] La salle\n- [ ] Les clés\n\nOui ☑"


def test_quotes_and_code() -> None:
    blocks = [
        p("Dit", "P1"),
        p("Redit", "Quotations"),
        p("a  *b*", "Preformatted_20_Text"),
        p("c<text:line-break/>d", "Preformatted_20_Text"),
    ]

    assert text_of(*blocks) == "> Dit\n>\n> Redit\n\n```\na  *b*\nc\nd\n```"
    assert text_of(p(f"Tapez {span('a*b*', 'Source_20_Text')}")) == "Tapez `a*b*`"


def test_footnotes() -> None:
    assert text_of(p(f"Un{note('La première')} et deux{note('La <text:s/>seconde', 2)}.")) == (
        "Un[^1] et deux[^2].\n\n[^1]: La première\n\n[^2]: La seconde"
    )


def test_deleted_words_and_remarks_are_left_out_and_added_words_are_kept() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region xml:id="ct1" text:id="ct1"><text:deletion><office:change-info>'
        "<dc:creator>Luc</dc:creator><dc:date>2026-03-12T20:00:00</dc:date></office:change-info>"
        f"{p('ne ')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    remark = '<office:annotation office:name="a"><dc:creator>Luc</dc:creator><text:p>Sûr ?</text:p></office:annotation>'
    words = (
        f'On <text:change text:change-id="ct1"/><text:change-start text:change-id="ct2"/>vote '
        f'<text:change-end text:change-id="ct2"/>{remark}lundi<office:annotation-end office:name="a"/>'
    )

    assert text_of(changes, p(words)) == "On vote lundi"


def test_pictures_stand_where_they_stood_and_far_ones_are_links() -> None:
    content = p(frame("Pictures/1.png", "Le jardin") + " en mai") + p(frame("https://ex.org/a.png", "La place"))

    made = convert_document(odt(content, parts={"Pictures/1.png": PNG}), "a.odt")

    assert made.text == "![Le jardin](image-1.png) en mai\n\n[La place](https://ex.org/a.png)"
    assert [(one.name, one.content, one.words) for one in made.pictures] == [("image-1.png", PNG, "Le jardin")]


def test_a_box_of_text_stands_after_the_paragraph_beside_it() -> None:
    boxed = f'<draw:frame text:anchor-type="paragraph"><draw:text-box>{p("À noter")}</draw:text-box></draw:frame>'

    assert text_of(p(f"{boxed}Un mot."), p("Fin")) == "Un mot.\n\nÀ noter\n\nFin"


def test_sections_are_read_and_a_table_of_contents_is_left_out() -> None:
    contents = f"<text:table-of-content><text:index-body>{p('Présents 2')}</text:index-body></text:table-of-content>"
    section = f'<text:section text:name="a">{h("Présents", 1)}</text:section>'

    assert text_of(contents, section) == "# Présents"


def test_the_title_is_the_first_heading_or_what_the_properties_say() -> None:
    with_heading = odt(p("Réunion", "Title"), title="Sans nom")

    assert convert_document(with_heading, "a.odt").title == "Réunion"
    assert convert_document(odt(p("Rien"), title="Réunion &amp; repas"), "a.odt").title == "Réunion & repas"
