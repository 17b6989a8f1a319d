"""What is typed from a sheet of paper is read as people write it."""

from itertools import islice

import pytest

from app.answers import quick, sheets
from app.answers.quick import Line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("k7 yes", Line("k7 yes", code="k7")),
        ("K7;oui", Line("K7;oui", code="k7")),
        ("k7", Line("k7", code="k7")),
        ("k7 non", Line("k7 non", code="k7", is_no=True)),
        ("k7 4", Line("k7 4", code="k7", people=4)),
        ("Nadia 2", Line("Nadia 2", name="Nadia", people=2)),
        ("Marie ✓", Line("Marie ✓", name="Marie")),
        ("Jean-Pierre Noël x", Line("Jean-Pierre Noël x", name="Jean-Pierre Noël")),
        ("3 Karim 2 oui", Line("3 Karim 2 oui", row="3", name="Karim", people=2)),
        ("Karim,\t2", Line("Karim,\t2", name="Karim", people=2)),
        ("Nora N", Line("Nora N", name="Nora N")),
        ("5", Line("5", people=5)),
        ("Nadia oui", Line("Nadia oui", name="Nadia")),
        ("Nadia NON", Line("Nadia NON", name="Nadia", is_no=True)),
        ("Nadia Peut-être", Line("Nadia Peut-être", name="Nadia", is_perhaps=True)),
        ("k7 2 peut etre", Line("k7 2 peut etre", code="k7", people=2, is_perhaps=True)),
        ("Nadia maybe", Line("Nadia maybe", name="Nadia", is_perhaps=True)),
        ("zz9 oui", Line("zz9 oui", code="zz9")),
        ("7K oui", Line("7K oui", code="7k")),
        ("Nadia2", Line("Nadia2", name="Nadia2")),
    ],
)
def test_a_line_says_who_how_many_and_whether(text: str, line: Line) -> None:
    assert quick.read(text) == [line]


def test_empty_lines_are_none_and_there_is_an_end_to_them() -> None:
    assert quick.read("\n \r\n\n") == []
    assert len(quick.read("Nadia\n" * 5000)) == quick.MOST_LINES
    assert len(quick.read("N" * 5000)[0].name) == quick.MOST_LETTERS


@pytest.mark.parametrize(
    "text", ["99999999999999999999", "٣ Karim", "k٧", "=1+1", "<b>Nadia</b> 2", "\0", "oui oui oui"]
)
def test_what_makes_no_sense_breaks_nothing(text: str) -> None:
    assert len(quick.read(text)) == 1


def test_codes_are_short_and_none_comes_twice() -> None:
    first = list(islice(sheets._codes(), 2000))

    assert len(set(first)) == 2000
    assert max(map(len, first[:144])) == 2
    assert all(sheets.CODE.fullmatch(code) for code in first)
    assert not {code[0] for code in first} & set("gijloqsz")  # which look like digits by hand
