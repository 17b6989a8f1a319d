"""Normal forms: no pile of marks is ever sorted, which takes the square of its height."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

import app
from app.errors import Invalid
from app.wiki.nfc import MAX_MARKS, Form, check_marks, normalize
from app.wiki.page import MAX_FOLDED, MAX_SEGMENT_BYTES, fold, parse_path, slugify

PILE = "\u0301\u0323" * 50_000
ORDINARY = ["été", "e\u0301te\u0301", "tiếng Việt", "שָׁלוֹם", "각", "👩‍👩‍👧" * 40, "𝐁𝐨𝐥𝐝" * 40, "—" * 100, "ｶﾞ", ""]


def is_mark(char: str) -> bool:
    return all(unicodedata.combining(one) for one in unicodedata.normalize("NFKD", char))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("text", ORDINARY)
def test_what_people_write_is_brought_into_the_form_and_nothing_else(text: str, form: Form) -> None:
    check_marks(text)

    assert normalize(text, form) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("pile", [PILE, "\U0001d165\U0001d16d" * 9000, "\uff9e\u0301" * 9000, "\u0f73\u0f71" * 9000])
def test_a_pile_of_marks_is_cut_before_it_is_sorted(pile: str) -> None:
    assert len(normalize(f"a{pile}b", "NFKD")) <= 2 + 2 * MAX_MARKS
    with pytest.raises(Invalid, match="too many marks"):
        check_marks(f"a{pile}b")


def test_thirty_marks_are_taken_and_one_more_is_not() -> None:
    check_marks("a" + "\u0301" * MAX_MARKS)

    with pytest.raises(Invalid):
        check_marks("a" + "\u0301" * (MAX_MARKS + 1))


def test_every_mark_that_there_is_counts() -> None:
    marks = [char for char in map(chr, range(sys.maxunicode + 1)) if not "\ud800" <= char < "\ue000" and is_mark(char)]
    missed = [char for char in marks if len(normalize("a" + char * 40, "NFD")) > 1 + 3 * MAX_MARKS]
    hidden = [hex(ord(char)) for char in marks if len(normalize(f"a{char * 40}b")) == len(f"a{char * 40}b")]

    assert len(marks) > 900 and not missed and not hidden


def test_nothing_else_brings_texts_into_a_form_but_the_converters_which_run_apart_and_end() -> None:
    root = Path(app.__file__).parent
    bare = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if re.search(r"unicodedata\.normalize\(|import normalize$", file.read_text(), re.MULTILINE)
    }

    assert bare == {
        "wiki/nfc.py",
        *(f"convert/{name}.py" for name in ("html_child", "text_child", "documents_child", "plain_text")),
    }


def test_of_a_long_text_the_beginning_is_compared() -> None:
    assert fold("é" * 100_000) == "e" * MAX_FOLDED


@pytest.mark.parametrize("letter", ["a", "é", "中", "\U00010400"])
def test_the_address_of_a_long_title_ends_with_a_whole_letter(letter: str) -> None:
    slug = slugify(letter * 100_000)
    most = MAX_SEGMENT_BYTES - len(".files")

    assert set(slug) == set(fold(letter))
    assert most - 4 < len(slug.encode()) <= most


@pytest.mark.parametrize("raw", ["a" * 5000, "a/" * 3000, f"a{PILE}", "a" + "\u0301" * 40])
def test_a_path_without_end_is_refused(raw: str) -> None:
    with pytest.raises(Invalid):
        parse_path(raw)
