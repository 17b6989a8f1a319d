"""The words of a comment: what is kept of what is typed, and where an address of the web begins and ends."""

import pytest

from app.comments.words import MAX_REASON, Piece, clean_reason, clean_text, paragraphs
from app.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  un  ", "un"),
        ("un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        ("un\n\n \n\t\ndeux", "un\n\ndeux"),
        ("u\0n\x1b[31m", "un[31m"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_a_typed_text_is_brought_into_one_form(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize("typed", ["", "\n \t", "\0", "x" * 5001, " " * 20_001 + "x", "a" + "\u0301" * 31])
def test_what_says_nothing_or_too_much_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        clean_text(typed)


def test_a_reason_is_one_line_that_fits() -> None:
    assert clean_reason(" hors\r\nsujet\0 ") == "hors sujet"
    assert len(clean_reason("x" * 1000)) == MAX_REASON


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("voir https://a.fr/x.", ["https://a.fr/x"]),
        ("(https://a.fr/x_(y))", ["https://a.fr/x_(y)"]),
        ("« https://a.fr »", ["https://a.fr"]),
        ("http://a.fr, HTTPS://b.fr!", ["http://a.fr", "HTTPS://b.fr"]),
        ("javascript:alert(1) data:text/html,x ftp://a.fr", []),
        ("https:// http://", []),
        ("xhttps://a.fr", []),
        ('https://a.fr/"onclick="x', ['https://a.fr/"onclick="x']),
    ],
)
def test_only_addresses_of_the_web_become_links(line: str, links: list[str]) -> None:
    ((pieces,),) = paragraphs(line)

    assert [piece.href for piece in pieces if piece.href] == links
    assert "".join(piece.text for piece in pieces) == line


def test_empty_lines_part_paragraphs() -> None:
    assert paragraphs("un\ndeux\n\ntrois") == (((Piece("un"),), (Piece("deux"),)), ((Piece("trois"),),))
    assert paragraphs("") == ()
