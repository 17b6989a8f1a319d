"""What Word writes, with all it holds, as Markdown."""

from app.convert.documents import convert_document
from app.wiki.syntax import to_draft
from tests.convert.word_files import (
    ANEW,
    BOXES,
    LETTERS,
    NUMBERS,
    box,
    comments,
    docx,
    drawing,
    item,
    note_mark,
    notes,
    paragraph,
    run,
    table,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
JPEG = b"\xff\xd8\xff\xe0" + b"picture"


def text_of(*blocks: str) -> str:
    return convert_document(docx(*blocks), "notes.docx").text


def test_titles_headings_and_paragraphs() -> None:
    blocks = [paragraph("Compte rendu", "Titre"), paragraph("Présents", "Titre1"), paragraph("Nadia", "Titre2")]

    assert text_of(*blocks, paragraph("Un mot.")) == "# Compte rendu\n\n# Présents\n\n## Nadia\n\nUn mot."


def test_bold_italic_and_struck_out_words() -> None:
    words = [run("Réu", "<w:b/><w:bCs/>"), run("nion", "<w:b/>"), run(" très "), run("utile", "<w:i/>"), run(" et "),
             run("courte", "<w:strike/>"), run(" "), run("ou pas", '<w:rStyle w:val="lev"/>')]  # fmt: skip

    assert text_of(paragraph("".join(words))) == "**Réunion** très *utile* et ~~courte~~ **ou pas**"


def test_lists_inside_lists() -> None:
    blocks = [item("un"), item("dedans", 1), item("plus", 2), item("deux"), paragraph("puis"), item("a", 0, NUMBERS),
              item("b", 0, NUMBERS), item("dedans", 1)]  # fmt: skip

    assert text_of(*blocks) == "- un\n  - dedans\n    - plus\n- deux\n\npuis\n\n1. a\n2. b\n   - dedans"


def test_numbers_go_on_after_other_paragraphs_and_begin_again_where_the_file_says_so() -> None:
    blocks = [item("a", 0, NUMBERS), item("a1", 1, NUMBERS), paragraph("x"), item("b", 0, NUMBERS), paragraph("x"),
              item("b1", 1, NUMBERS), paragraph("x"), item("c", 0, ANEW), paragraph("x"), item("d", 0, NUMBERS),
              paragraph("x"), item("e", 0, LETTERS)]  # fmt: skip

    assert text_of(*blocks) == ("1. a\n   1. a1\n\nx\n\n2. b\n\nx\n\n1. b1\n\nx\n\n1. c\n\nx\n\n2. d\n\nx\n\n1. e")


def test_numbers_are_right_beside_what_was_deleted_and_boxes_of_text() -> None:
    gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    floating = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p/><w:p/></w:txbxContent></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('À noter')}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    blocks = [item("a", 0, NUMBERS), f"<w:p>{gone}</w:p>", paragraph(run("x") + floating), item("b", 0, NUMBERS)]

    assert text_of(*blocks) == "1. a\n\nx\n\nÀ noter\n\n2. b"


def test_a_bullet_that_is_a_box_is_a_box_to_tick() -> None:
    assert text_of(item("Le pain", 0, BOXES), item("Les clés", 0, BOXES)) == "- [ ] Le pain\n- [ ] Les clés"


def test_headings_and_quotes_with_a_name_of_their_own_are_such() -> None:
    blocks = [paragraph("Qui", "Titrevert"), paragraph("Où", "Rubrique"), paragraph("Dit", "Parole"),
              paragraph("Rien", "Tournant")]  # fmt: skip

    assert text_of(*blocks) == "## Qui\n\n### Où\n\n> Dit\n\nRien"


def test_links_of_both_kinds_and_inside_the_document() -> None:
    words = run("le site", '<w:rStyle w:val="Lienhypertexte"/>')
    link = f'<w:hyperlink r:id="rId9" w:history="1">{words}</w:hyperlink>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://ex.org/b" '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("ici")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inside = f'<w:hyperlink w:anchor="_Toc1">{run("plus haut")}</w:hyperlink>'
    content = paragraph(link + run(", ") + field + run(", ") + inside)
    file = docx(content, relations={"rId9": ("hyperlink", "https://ex.org/a")})

    assert convert_document(file, "a.docx").text == "[le site](https://ex.org/a), [ici](https://ex.org/b), plus haut"


def test_tables() -> None:
    rows = [(run("Qui", "<w:b/>"), "Quoi"), ("Nadia", "a|b")]

    assert text_of(table(*rows)) == "| Qui | Quoi |\n| --- | --- |\n| Nadia | a\\|b |"


def test_boxes_to_tick_make_a_list_and_are_signs_elsewhere() -> None:
    blocks = [paragraph(box(is_ticked=True) + run(" La salle")), paragraph(box(is_ticked=False) + run(" Les clés")),
              paragraph("puis"), item(box(is_ticked=False) + run(" Le pain")), paragraph(run("Oui ") + box(is_ticked=True))]  # fmt: skip

    assert text_of(*blocks) == "- [x] La salle\n- [ ] Les clés\n\npuis\n\n- [ ] Le pain\n\nOui ☑"


def test_quotes() -> None:
    blocks = [paragraph("Dit", "Citation"), paragraph("Redit", "Citationintense"), paragraph("Fin")]

    assert text_of(*blocks) == "> Dit\n>\n> Redit\n\nFin"


def test_footnotes() -> None:
    content = [paragraph(run("Un") + note_mark(1) + run(" et deux") + note_mark(2) + run("."))]
    file = docx(*content, parts={"word/footnotes.xml": notes("La *première*", "La seconde")})

    assert convert_document(file, "a.docx").text == (
        "Un[^1] et deux[^2].\n\n[^1]: La \\*première\\*\n\n[^2]: La seconde"
    )


def test_what_is_written_is_what_pages_understand() -> None:
    file = docx(
        paragraph(run("Un") + note_mark(1) + drawing("rId5", "Le [jardin]")),
        paragraph(box(is_ticked=True) + run(" La salle")),
        relations={"rId5": ("image", "media/image1.png")},
        parts={"word/footnotes.xml": notes("Ou *deux*"), "word/media/image1.png": PNG},
    )

    html = to_draft(convert_document(file, "a.docx").text).html

    assert '<img src="image-1.png" alt="Le [jardin]">' in html
    assert '<a href="#fn-1">1</a>' in html and "Ou *deux*" in html
    assert '<li class="task done">' in html


def test_deleted_words_and_remarks_are_left_out_and_added_words_are_kept() -> None:
    changed = (
        f'{run("On ")}<w:del w:id="1" w:author="Luc"><w:r><w:delText>ne </w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="Luc">{run("vote ")}</w:ins><w:commentRangeStart w:id="0"/>{run("lundi")}'
        '<w:commentRangeEnd w:id="0"/><w:r><w:rPr><w:rStyle w:val="Marquedecommentaire"/></w:rPr>'
        '<w:commentReference w:id="0"/></w:r>'
    )
    file = docx(paragraph(changed), parts={"word/comments.xml": comments("Sûr ?")})

    assert convert_document(file, "a.docx").text == "On vote lundi"


def test_hidden_words_are_left_out() -> None:
    words = run("Vu") + run(" caché", "<w:vanish/>") + run(" revu", '<w:vanish w:val="0"/>')
    link = f'<w:hyperlink w:anchor="a">{run(" caché", "<w:vanish/>")}</w:hyperlink>'

    assert text_of(paragraph(words + link), paragraph(run("caché", "<w:b/><w:vanish/>"))) == "Vu revu"


def test_pictures_stand_where_they_stood_each_once() -> None:
    file = docx(
        paragraph("Avant"),
        paragraph(drawing("rId5", "Le [jardin]") + run(" en mai")),
        paragraph(drawing("rId6")),
        paragraph(drawing("rId5", "Encore")),
        relations={"rId5": ("image", "media/image1.png"), "rId6": ("image", "media/image2.jpeg")},
        parts={"word/media/image1.png": PNG, "word/media/image2.jpeg": JPEG},
    )

    made = convert_document(file, "a.docx")

    assert made.text == "Avant\n\n![Le \\[jardin\\]](image-1.png) en mai\n\n![](image-2.jpg)\n\n![Encore](image-1.png)"
    assert [(one.name, one.content, one.words) for one in made.pictures] == [
        ("image-1.png", PNG, "Le [jardin]"), ("image-2.jpg", JPEG, "")
    ]  # fmt: skip


def test_a_table_of_contents_is_left_out() -> None:
    blocks = [paragraph("Sommaire", "En-ttedetabledesmatires"), paragraph("Présents 2", "TM1")]

    assert text_of(*blocks, paragraph("Présents", "Titre1")) == "# Présents"


def test_the_title_is_the_first_heading_or_what_the_properties_say() -> None:
    with_heading = docx(paragraph("Ordre", "Titre2"), paragraph("Réunion", "Titre1"), title="Document1")
    without = docx(paragraph("Rien"), title="Réunion &amp; repas")

    with_note = docx(paragraph(run("Réunion") + note_mark(1), "Titre1"), parts={"word/footnotes.xml": notes("a")})

    assert convert_document(with_heading, "a.docx").title == "Réunion"
    assert convert_document(with_note, "a.docx").title == "Réunion"
    assert convert_document(without, "a.docx").title == "Réunion & repas"
