"""Finding never raises, takes time in proportion to the text, and gives back words of the line only."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.minutes.lines.finding import find_lines
from plugins.minutes.tests.lines.reading_lines import DAY, found_in, said

PIECES = [
    "- ", "> ", "**", "Action : ", "Décision : ", "Nadia ", "et ", "Paul", ", ", "@nadia ", "[ ] ", "[x](y) ", "(", ")", "| ", "---|",
    "\n", "\n\n", "## Actions\n", "avant le ", "3 avril ", "03/04/27 ", "2027-13-40 ", "fin ", "fait", "→ ", "```\n", "<!-- ", "\r", "\x00",
    "\u202e", "\u200f", "e\u0301", "İ", "ß", "Ǆ", "٣", "\ud800", "🎉", "’", "*", "_", "\\", "    ", "Le 3 mai Ana a écrit :\n", "by ", "d'ici ",
]  # fmt: skip
BOMBS = [
    *PIECES,
    "Nadia et ",
    "Action (",
    "@a,",
    "(Nadia) ",
    " – ",
    "[a](",
    "[[",
    "a.",
    "le 3 ",
    "1/1/",
    "avant avant ",
    "<u ",
    "- [ ] ",
    "-",
    ">",
    "par ",
]
_TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=200))


@given(_TEXTS, st.dates(), st.lists(st.sampled_from(["Nadia", "", "Paul Verne", "\x00", "et"]), max_size=4))
def test_any_text_is_read_on_any_day(text: str, day: object, names: list[str]) -> None:
    for one in find_lines(text, day, names):  # type: ignore[arg-type]
        assert 0 < len(one.what) <= 500
        assert text.split("\n")[one.line].rstrip("\r") == one.source


def _letters(text: str) -> list[str]:
    return [one for one in unicodedata.normalize("NFC", text).casefold() if one.isalnum()]


@given(st.lists(st.sampled_from([one for one in PIECES if one.isprintable()]), max_size=20).map("".join))
def test_only_letters_of_the_line_are_given_in_their_order(line: str) -> None:
    for one in find_lines(line, DAY):
        rest = iter(_letters(line))
        assert all(letter in rest for letter in _letters(one.what))  # each is looked for behind the one before
        assert set(_letters(one.who)) <= set(_letters(line))


@given(_TEXTS, _TEXTS)
def test_each_line_is_asked_once(first: str, second: str) -> None:
    lines = found_in(f"{first}\n{second}")

    assert len({one.line for one in lines}) == len(lines)


@pytest.mark.parametrize("piece", BOMBS)
@pytest.mark.parametrize("start", ["", "Action : ", "## Actions\n- "])
def test_a_line_of_the_longest_takes_no_time(piece: str, start: str) -> None:
    line = start + piece * ((1_990 - len(start)) // len(piece))

    assert _seconds(lambda: found_in("\n".join([line] * 5), "Nadia")) < 0.25


def test_lines_that_nobody_wrote_by_hand_are_skipped() -> None:
    assert said("Action : " + "a" * 1_000_000 + "\nAction : ranger") == [("action", "Ranger", "")]


def test_words_from_right_to_left_lose_only_the_marks() -> None:
    assert said("\u202eAction : \u200fاتصل بالبلدية\x07") == [("action", "اتصل بالبلدية", "")]


def test_twice_the_text_takes_about_twice_the_time() -> None:
    text = "Action : Nadia et Paul appellent la mairie avant le 3 avril\nBla bla bla, on parle.\n- un point\n\n" * 300

    small, large = (_seconds(lambda size=size: found_in(text * size)) for size in (1, 8))

    assert large < max(20 * small, 1.0)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
