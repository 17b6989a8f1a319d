"""Comparing loses nothing and takes a bounded time; what is too much is shown more coarsely, never wrongly."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wiki.align import Effort, align, common_items
from app.wiki.diff import Row, count, words

MILLION = 1_000_000
VOCABULARY = [
    "le",
    "la",
    "les",
    "jardin",
    "compost",
    "réunion",
    "four",
    "mairie",
    "samedi",
    "eau",
    "l'épicerie",
    "d'été",
]
SOME_LINES = ["", "a", "b", "a b c d", "a b x d", "un deux trois", "- item", "é́", "l’été arrive"]
LINES = st.lists(st.sampled_from(SOME_LINES), max_size=30)
TEXTS = st.one_of(st.text(), LINES.map("\n".join))


def sentences(seed: int, number: int, length: int = 7) -> list[str]:
    randomness = random.Random(seed)
    return [" ".join(randomness.choices(VOCABULARY, k=length)) for _ in range(number)]


def shuffled(lines: list[str]) -> list[str]:
    return random.Random(1).sample(lines, len(lines))


LONG = sentences(1, 20_000)
HOSTILE = {
    "one line": ("a b " * (MILLION // 4), "a c " * (MILLION // 4)),
    "one line, words exchanged": ("a b " * 10_000, "b a " * 10_000),
    "one line of chance": (" ".join(sentences(1, 5_000)), " ".join(sentences(2, 5_000))),
    "only line feeds": ("\n" * MILLION, "\n" * (MILLION - 5) + "a\n"),
    "two lines a million times": ("a\nb\n" * (MILLION // 4), "b\na\n" * (MILLION // 4)),
    "two lines, fewer times": ("a\nb\n" * 7_000, "b\na\n" * 7_000),
    "shuffled lines": ("\n".join(LONG), "\n".join(shuffled(LONG))),
    "reversed lines": ("\n".join(LONG), "\n".join(LONG[::-1])),
    "every other line changed": (
        "\n".join(f"{number}\nx" for number in range(10_000)),
        "\n".join(f"{number}\ny" for number in range(10_000)),
    ),
    "all lines alike": ("\n".join(sentences(3, 500)), "\n".join(sentences(4, 500))),
    "many long lines changed": (
        "\n".join(f"nr {number} {line}" for number, line in enumerate(sentences(5, 600, 50))),
        "\n".join(f"nr {number} {line}" for number, line in enumerate(sentences(6, 600, 50))),
    ),
}


def lines_of(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def put_together(rows: tuple[Row, ...], side: str, source: list[str]) -> list[str]:
    """Write one of both texts again from the rows; skipped lines come from the source, by their numbers."""
    lines: list[str] = []
    for row in rows:
        number = row.old_number if side == "old" else row.new_number
        if number is None:
            continue
        assert number == len(lines) + 1
        spans = row.old if side == "old" else row.new
        text = "".join(span.text for span in spans)
        lines += source[number - 1 : number - 1 + row.lines] if row.kind == "skipped" else text.split("\n")
    return lines


def quickest(work: object, old: str, new: str) -> float:
    """Measure the seconds of the quickest of three runs: others may be at work on the machine."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work(old, new)
        times.append(time.process_time() - began)
        if times[-1] < 0.1:
            break
    return min(times)


@given(TEXTS, TEXTS, st.integers(min_value=0, max_value=5))
def test_rows_give_back_both_texts(old: str, new: str, context: int):
    rows = words(old, new, context=context)

    if rows:
        assert put_together(rows, "old", lines_of(old)) == lines_of(old)
        assert put_together(rows, "new", lines_of(new)) == lines_of(new)
    else:
        assert lines_of(old) == lines_of(new)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_compared_within_200_ms(name: str):
    assert quickest(words, *HOSTILE[name]) < 0.2


@pytest.mark.parametrize("name", HOSTILE)
def test_the_words_of_hostile_texts_are_counted_within_200_ms(name: str):
    assert quickest(count, *HOSTILE[name]) < 0.2


@pytest.mark.parametrize("name", HOSTILE)
def test_a_coarse_comparison_gives_back_both_texts(name: str):
    old, new = HOSTILE[name]
    rows = words(old, new)

    assert put_together(rows, "old", lines_of(old)) == lines_of(old)
    assert put_together(rows, "new", lines_of(new)) == lines_of(new)


def test_fifty_edits_of_a_usual_page_are_compared_within_20_ms():
    randomness = random.Random(1)
    old = sentences(1, 110)
    new = list(old)
    for edit in range(50):
        place = randomness.randrange(len(new))
        new[place : place + randomness.randint(0, 2)] = [f"{new[place]} {edit}"] * randomness.randint(0, 2)

    assert quickest(words, "\n\n".join(old), "\n\n".join(new)) < 0.02


def test_a_huge_comparison_is_one_block_between_what_is_the_same():
    old = "début\n" * 50_000 + "ancien\n" + "fin\n" * 50_000
    new = "début\n" * 50_000 + "nouveau\nautre\n" + "fin\n" * 50_000

    kinds = [(row.kind, row.old_number, row.new_number, row.lines) for row in words(old, new)]

    assert kinds == [
        ("skipped", 1, 1, 50_000),
        ("removed", 50_001, None, 1),
        ("added", None, 50_001, 2),
        ("skipped", 50_002, 50_003, 50_000),
    ]


@pytest.mark.parametrize(
    ("old_end", "new_end"),
    [("", "x"), ("x", ""), ("x\n", "x"), ("a\nb", "a\nbc"), ("a\nb\n", "b\n"), ("\n", ""), ("b", "\nb")],
)
def test_huge_texts_with_any_end_are_given_back(old_end: str, new_end: str):
    old, new = "a\n" * 40_000 + old_end, "a\n" * 40_000 + new_end
    rows = words(old, new)

    if rows:
        assert put_together(rows, "old", lines_of(old)) == lines_of(old)
        assert put_together(rows, "new", lines_of(new)) == lines_of(new)
    else:
        assert lines_of(old) == lines_of(new)


def test_a_page_written_from_nothing_to_3000_lines_is_one_row():
    rows = words("", "\n".join(sentences(1, 3_000)))

    assert [(row.kind, row.lines) for row in rows] == [("added", 3_000)]
    assert isinstance(rows[0], Row)


def test_without_effort_only_both_ends_are_paired():
    old, new = ["start", "same", "x", "end"], ["start", "y", "same", "end"]

    assert align(old, new, Effort(0), common_items) == [(0, 0), (3, 3)]
    assert common_items(old, new, Effort(0)) == []


@given(LINES, LINES, st.integers(min_value=0, max_value=2_000))
def test_pairs_rise_and_are_equal_whatever_the_effort(old: list[str], new: list[str], effort: int):
    pairs = align(old, new, Effort(effort), common_items)

    assert all(old[i] == new[j] for i, j in pairs)
    assert all(i < later and j < new_later for (i, j), (later, new_later) in pairwise(pairs))
