"""Web pages, Markdown and plain text that come as files."""

import base64

import pytest

from app.convert.documents import convert_document
from app.errors import TooLarge

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def text_of(html: str, name: str = "a.html") -> str:
    return convert_document(html.encode(), name).text


def test_a_web_page_is_read_with_its_title() -> None:
    html = "<!DOCTYPE html><html><head><title>R&eacute;union &amp; repas</title></head><body><h2>Qui</h2><p>Nadia</p>"

    made = convert_document(html.encode(), "a.txt")

    assert (made.text, made.title) == ("## Qui\n\nNadia", "Réunion & repas")


def test_a_title_is_one_line_without_controls() -> None:
    html = f"<html><title> R&eacute;u\n&#27;nion&nbsp;: {'a' * 300}</title><p>x"

    assert convert_document(html.encode(), "a.html").title == ("Réu nion\xa0: " + "a" * 300)[:200]


@pytest.mark.parametrize(
    "content",
    [b"<meta charset=iso-8859-15><p>20 \xa4", b'<?xml version="1.0" encoding="ISO-8859-15"?><html><p>20 \xa4',
     b"<meta charset=nonsense><p>20 \x80", b"<p>20 \x80", "<p>20 €".encode(), "<p>20 €".encode("utf-16"),
     b"<meta charset=base64><p>20 \x80", b"<meta charset=utf-8><p>20 \x80"],
)  # fmt: skip
def test_a_web_page_is_read_in_its_letters(content: bytes) -> None:
    assert convert_document(content, "a.HTM").text.removesuffix("\ufffd") in ("20 €", "20 ")


def test_pictures_that_are_written_into_a_page_are_kept_each_once() -> None:
    made = convert_document(f"<p><img src='{DATA}' alt='Le *plan*'> et <img src='{DATA}'></p>".encode(), "a.html")

    assert made.text == "![Le \\*plan\\*](image-1.png) et ![](image-1.png)"
    assert [(one.name, one.content, one.words) for one in made.pictures] == [("image-1.png", PNG, "Le *plan*")]


@pytest.mark.parametrize(
    ("image", "written"),
    [
        ("<img src='https://ex.org/a b.png' alt='Le plan'>", "[Le plan](https://ex.org/a%20b.png)"),
        ("<img src='https://ex.org/le%20plan.png?x'>", "[le plan.png](https://ex.org/le%20plan.png?x)"),
        ("<img src='https://ex.org/suivi.gif' alt=''>", ""),
        ("<a href='https://ex.org/'><img src='https://ex.org/a.png' alt='Le plan'></a>", "[Le plan](https://ex.org/)"),
        ("<img src='fichiers/a.png' alt='Le plan'>", "Le plan"),
        ("<img src='file:///etc/passwd' alt='Le plan'>", "Le plan"),
        ("<img src='picture:0' alt='Le plan'>", "Le plan"),
        ("<img src='image-1.png' alt='Le plan'>", "Le plan"),
        ("<img src='data:image/svg+xml,<svg/>' alt='Le plan'>", "Le plan"),
        ("<img src='data:image/png;base64,%%%' alt='Le plan'>", "Le plan"),
        ("<img src='data:text/html;base64,PHA+' alt='Le plan'>", "Le plan"),
        ("<img src='https://[' alt='Le plan'>", "Le plan"),
    ],
)  # fmt: skip
def test_a_picture_elsewhere_is_a_link_and_of_others_the_words_stay(image: str, written: str) -> None:
    made = convert_document(f"<p>{image}</p>x".encode(), "a.html")

    assert (made.text.removesuffix("x").strip(), made.pictures) == (written, ())


def test_a_picture_that_nobody_sees_is_not_kept() -> None:
    assert convert_document(f"<p style='display:none'><img src='{DATA}'></p>a".encode(), "a.html").pictures == ()


def test_a_picture_that_leads_somewhere_leads_there_still() -> None:
    html = f"<a href='https://ex.org/'><img src='{DATA}' alt='Le plan'></a><a href='{DATA}'>x</a>"

    assert text_of(html) == "[![Le plan](image-1.png)](https://ex.org/)x"


def test_a_picture_alone_in_a_row_of_a_table_stays() -> None:
    html = f"<table><tr><td>a<td>b<tr><td><img src='{DATA}' alt='p|q'><td></table>"

    assert text_of(html) == "| a | b |\n| --- | --- |\n| ![p\\|q](image-1.png) |  |"


def test_words_that_word_made_up_for_a_picture_do_not_say_so() -> None:
    html = f"<img src='{DATA}' alt='Un jardin\n\nDescription générée automatiquement'>"

    assert text_of(html) == "![Un jardin](image-1.png)"


def test_over_a_hundred_pictures_in_a_page_are_refused() -> None:
    images = "".join(
        f"<img src='data:image/png;base64,{base64.b64encode(PNG + bytes([i])).decode()}'>" for i in range(101)
    )

    with pytest.raises(TooLarge):
        text_of(images)


def test_markdown_stays_as_it_is() -> None:
    text = "# Réunion\n\n- [x] **La** salle\n\n{{agenda}} [[Page]]"

    made = convert_document(text.encode(), "a.md")

    assert (made.text, made.title, made.pictures) == (text, "Réunion", ())


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xe9t\xe9 \x80", "été €"),
        ("été".encode("utf-16"), "été"),
        (b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9", "été"),
        ("e\u0301te\u0301".encode(), "été"),
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"a\x00b\x1bc\xc2\x9bd\xef\xbb\xbfe", "abcde"),
    ],
)
def test_text_is_read_in_its_letters_and_without_controls(content: bytes, text: str) -> None:
    assert convert_document(content, "a.txt").text == text


@pytest.mark.parametrize(
    ("text", "written", "title"),
    [
        ("---\ntitle: \"Réunion\"\nvisible: members\n---\nUn mot", "```\ntitle: \"Réunion\"\nvisible: members\n```\n\nUn mot", "Réunion"),
        ("\ufeff\n---\na: ```\n...\nUn mot", "````\na: ```\n````\n\nUn mot", ""),
        ("---\n\nUn mot", "Un mot", ""),
        ("---\n---\nUn mot", "Un mot", ""),
        ("--- \r\na: b\r\n---", "```\na: b\n```", ""),
        ("---", "", ""),
        ("---\n---\n---\na: b\n---\nmot", "```\na: b\n```\n\nmot", ""),
    ],
)  # fmt: skip
def test_a_block_at_the_top_cannot_speak_for_the_page(text: str, written: str, title: str) -> None:
    made = convert_document(text.encode(), "a.md")

    assert (made.text, made.title) == (written, title)


def test_the_title_of_markdown_is_its_first_heading_that_is_none_of_an_example() -> None:
    text = "```\n# non\n~~~\n# non plus\n```\n## Sous\n# Réunion #\n# Autre"

    assert convert_document(text.encode(), "a.md").title == "Réunion"
