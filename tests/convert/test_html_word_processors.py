"""What word processors put on the clipboard, shortened."""

from app.convert.html import to_markdown

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-name:x} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->%s<!--EndFragment--></body></html>"""


def word(html: str) -> str:
    return to_markdown(WORD % html)


def bullet(text: str, level: int = 1, marker: str = "·") -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{36 * level}.0pt;text-indent:-18.0pt;"
        f"mso-list:l0 level{level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span\n"
        f"style='mso-list:Ignore'>{marker}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span>"
        f"</span><![endif]>{text}<o:p></o:p></p>\n"
    )


def test_word_paragraphs_lose_their_office_elements() -> None:
    html = (
        "<p class=MsoNormal>Un mot,\r\ncoupé par Word<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>Fin</p>"
    )

    assert word(html) == "Un mot, coupé par Word\n\nFin"


def test_word_bullets_become_a_list() -> None:
    html = bullet("Un") + bullet("Dedans", 2, "o") + bullet("<b>Deux</b>") + "<p class=MsoNormal>Fin</p>"

    assert word(html) == "- Un\n  - Dedans\n- **Deux**\n\nFin"


def test_word_numbers_become_a_numbered_list_from_where_they_start() -> None:
    html = bullet("Trois", 1, "3.") + bullet("a", 2, "a)") + bullet("Quatre", 1, "4.")

    assert word(html) == "3. Trois\n   1. a\n4. Quatre"


def test_two_lists_apart_stay_apart() -> None:
    assert word(bullet("a") + "<p>puis</p>" + bullet("b", 1, "1.")) == "- a\n\nputs\n\n1. b".replace("puts", "puis")


def test_word_bullets_saved_as_filtered_page_become_a_list() -> None:
    html = (
        "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'><span style='font-family:Symbol'>·<span "
        "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>Un</p>"
        "<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;text-indent:-18.0pt'>1.<span>&nbsp;&nbsp; </span>Deux</p>"
    )

    assert word(html) == "- Un\n  1. Deux"


def test_a_letter_at_the_start_of_an_indented_paragraph_is_no_bullet() -> None:
    assert word("<p class=MsoListParagraph>o. Dupont est venu</p>") == "o. Dupont est venu"


def test_word_titles_and_quotes() -> None:
    assert word("<p class=MsoTitle>Compte rendu</p><p class=MsoQuote>Dit</p>") == "# Compte rendu\n\n> Dit"


def test_word_tables() -> None:
    cell = "<td width=302 valign=top style='border:solid'><p class=MsoNormal>{}<o:p></o:p></p></td>"
    html = "<table class=MsoTableGrid border=1><tr>" + cell.format("<b>Qui</b>") + cell.format("<b>Quoi</b>")
    html += "</tr><tr>" + cell.format("Nadia") + cell.format("<span style='mso-spacerun:yes'>&nbsp;</span>café")

    assert word(html + "</tr></table>") == "| Qui | Quoi |\n| --- | --- |\n| Nadia | café |"


def test_word_comments_are_left_out() -> None:
    html = "<p>Vu</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>remarque</p></div></div>"

    assert word(html) == "Vu"


def test_word_online_lists_of_one_item_each_become_one_list() -> None:
    item = '<div class="ListContainerWrapper SCXW1"><ul role="list"><li data-aria-level="{}"><p>{}</p></li></ul></div>'

    assert to_markdown(item.format(1, "un") + item.format(2, "dedans") + item.format(1, "deux")) == (
        "- un\n  - dedans\n- deux"
    )


def test_google_docs_is_not_all_bold() -> None:
    html = (
        "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><h2 dir=\"ltr\">"
        "<span style=\"font-size:16pt;font-weight:700\">Titre</span></h2><p dir=\"ltr\">"
        "<span style=\"font-weight:400;font-style:normal\">Un </span><span style=\"font-weight:700\">gras</span>"
        "<span style=\"font-style:italic\"> penché</span></p></b>"
    )  # fmt: skip

    assert to_markdown(html) == "## Titre\n\nUn **gras** *penché*"


def test_google_docs_lists_put_askew_are_nested() -> None:
    html = (
        '<ul><li dir="ltr" aria-level="1"><p role="presentation"><span>un</span></p></li>'
        '<ul><li aria-level="2"><p>dedans</p></li></ul><li><p>deux</p></li></ul>'
    )

    assert to_markdown(html) == "- un\n  - dedans\n- deux"


def test_google_docs_links_lead_where_they_say() -> None:
    html = '<a href="https://www.google.com/url?q=https://ex.org/a&amp;sa=D&amp;ust=1"><span>lien</span></a>'

    assert to_markdown(html) == "[lien](https://ex.org/a)"


def test_libreoffice_paragraphs_lists_and_tables() -> None:
    html = (
        '<!DOCTYPE HTML><html><head><style type="text/css">@page { size: 21cm }</style></head><body lang="fr-FR">'
        '<h1 class="western"><b>Titre</b></h1><p style="margin-bottom: 0cm"><font face="Liberation Serif, serif">'
        "<font size=3>Du <b>gras</b></font></font></p><ol><li><p>un</p></li><li><p>deux</p></li></ol>"
        '<table width="100%"><col width="128*"/><tr valign="top"><td><p>A</p></td><td><p>B</p></td></tr>'
        "<tr><td><p>1</p></td><td><p>2</p></td></tr></table></body></html>"
    )

    assert to_markdown(html) == ("# Titre\n\nDu **gras**\n\n1. un\n2. deux\n\n| A | B |\n| --- | --- |\n| 1 | 2 |")


def test_a_web_page_keeps_its_text_and_loses_its_machinery() -> None:
    html = (
        '<article><header><nav><a href="/">Accueil</a></nav></header><div class="a"><div><div><h1>Fête</h1>'
        "<p>Le <time>12 mars</time></p></div></div><button>Suivre</button><form><input name=q></form>"
        '<figure><img src="x.jpg" alt="photo"><figcaption>Le four</figcaption></figure></div>'
        '<iframe src="https://ex.org"></iframe><svg><text>x</text></svg></article>'
    )

    assert to_markdown(html) == "Accueil\n\n# Fête\n\nLe 12 mars\n\nLe four"


def test_typed_bullets_become_a_list() -> None:
    assert to_markdown("<p>• un</p><p>•&nbsp;deux</p><p>fin</p>") == "- un\n- deux\n\nfin"
