"""Comparing two versions of a page."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wiki.diff import Row, Span, count, words

SOME_LINES = ["", "a", "b", "a b c d", "a b x d", "un deux trois", "- item", "é́", "l’été arrive"]
LINES = st.lists(st.sampled_from(SOME_LINES), max_size=30)
TEXTS = st.one_of(st.text(), LINES.map("\n".join))


def show(rows: tuple[Row, ...]) -> list[str]:
    """Write rows as people draw them: `[-gone-]` and `{+new+}` inside changed lines."""
    return [_show(row) for row in rows]


def _show(row: Row) -> str:
    if row.kind == "skipped":
        return f"… {row.lines}"
    if row.kind == "changed":
        old = "".join(f"[-{span.text}-]" if span.changed else span.text for span in row.old)
        new = "".join(f"{{+{span.text}+}}" if span.changed else span.text for span in row.new)
        return f"~ {old} | {new}"
    return {"same": "  ", "added": "+ ", "removed": "- "}[row.kind] + "".join(span.text for span in row.new or row.old)


def test_a_changed_word_is_marked_inside_its_line():
    rows = words("Rendez-vous samedi à 10 h au jardin.\n", "Rendez-vous dimanche à 10 h au jardin.\n")

    assert rows == (
        Row(
            "changed",
            (Span("Rendez-vous ", False), Span("samedi", True), Span(" à 10 h au jardin.", False)),
            (Span("Rendez-vous ", False), Span("dimanche", True), Span(" à 10 h au jardin.", False)),
            1,
            1,
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "un\ndeux\n", ["+ un", "+ deux"]),
        ("un\n", "", ["- un"]),
        ("un\ndeux\n", "un\ntrois fois\ndeux\n", ["  un", "+ trois fois", "  deux"]),
        ("les abricots\n", "quatre vélos\n", ["- les abricots", "+ quatre vélos"]),
        ("Il pleut ici.\n", "Il neige là.\n", ["- Il pleut ici.", "+ Il neige là."]),
        ("le bon vieux four\n", "le grand petit four\n", ["~ le [-bon vieux-] four | le {+grand petit+} four"]),
        (
            "l'été au jardin du bas\n",
            "l'hiver au jardin du bas\n",
            ["~ l'[-été-] au jardin du bas | l'{+hiver+} au jardin du bas"],
        ),
        ("会議は土曜日です\n", "会議は日曜日です\n", ["~ 会議は[-土-]曜日です | 会議は{+日+}曜日です"]),
        ("नमस्ते सब लोग\n", "नमस्कार सब लोग\n", ["~ [-नमस्ते-] सब लोग | {+नमस्कार+} सब लोग"]),
        ("a b\n", "a  b\n", ["~ a[- -]b | a{+  +}b"]),
    ],
)
def test_changes_are_shown_as_people_see_them(old: str, new: str, shown: list[str]):
    assert show(words(old, new)) == shown


def test_a_paragraph_between_changed_ones_does_not_shift_them():
    old = "Le four chauffe dès samedi matin.\n\nChacun apporte sa pâte levée."
    new = "Le four chauffe dès dimanche matin.\n\nVenez nombreux !\n\nChacun apporte sa pâte bien levée."

    assert show(words(old, new)) == [
        "~ Le four chauffe dès [-samedi-] matin. | Le four chauffe dès {+dimanche+} matin.",
        "  ",
        "+ Venez nombreux !",
        "+ ",
        "~ Chacun apporte sa pâte levée. | Chacun apporte sa pâte {+bien +}levée.",
    ]


def test_unchanged_stretches_are_skipped_but_for_three_lines():
    old = [f"ligne {number}" for number in range(1, 31)]
    new = [*old[:9], "autre", *old[10:]]

    rows = words("\n".join(old), "\n".join(new))

    before, after = ["  ligne 7", "  ligne 8", "  ligne 9"], ["  ligne 11", "  ligne 12", "  ligne 13"]
    assert show(rows) == ["… 6", *before, "- ligne 10", "+ autre", *after, "… 17"]
    assert (rows[-1].old_number, rows[-1].new_number) == (14, 14)


def test_one_line_alone_is_shown_and_not_skipped():
    old = ["a", "1", "2", "3", "4", "5", "6", "7", "b"]
    new = ["x", "1", "2", "3", "4", "5", "6", "7", "y"]

    assert "skipped" not in {row.kind for row in words("\n".join(old), "\n".join(new))}


@pytest.mark.parametrize(("old", "new"), [("", ""), ("a\n", "a\n"), ("a", "a\n"), ("\n", "\n")])
def test_texts_without_a_difference_have_no_rows(old: str, new: str):
    assert words(old, new) == ()


@given(TEXTS, TEXTS)
def test_unchanged_pieces_are_the_same_on_both_sides(old: str, new: str):
    for row in words(old, new):
        kept = ["".join(span.text for span in spans if not span.changed) for spans in (row.old, row.new)]

        assert kept[0] == kept[1]


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str):
    assert words(text, text) == ()
    assert count(text, text) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "counted"),
    [
        ("", "", (0, 0)),
        ("", "un deux, trois !\n", (3, 0)),
        ("un deux trois\n", "", (0, 3)),
        ("samedi à 10 h\n", "dimanche à 11 h\n", (2, 2)),
        ("un\ndeux\n", "un\nencore un peu\ndeux\n", (3, 0)),
        ("a b\n", "a  b\n", (0, 0)),
        ("l'été\n", "l'hiver\n", (1, 1)),
    ],
)
def test_words_are_counted(old: str, new: str, counted: tuple[int, int]):
    assert count(old, new) == counted


@given(TEXTS, TEXTS)
def test_counting_backwards_is_counting_the_other_way_round_in_sum(old: str, new: str):
    added, removed = count(old, new)

    assert added - removed == count(old, "")[1] * -1 + count("", new)[0]


def test_an_edit_in_a_long_page_is_found_where_it_is():
    randomness = random.Random(7)
    lines = [" ".join(randomness.choices(["le", "la", "pain", "four", "jardin", "eau"], k=8)) for _ in range(400)]
    changed = [*lines[:200], "une ligne tout à fait nouvelle", *lines[200:300], *lines[301:]]

    rows = [row for row in words("\n".join(lines), "\n".join(changed)) if row.kind not in {"same", "skipped"}]

    assert [(row.kind, row.old_number, row.new_number) for row in rows] == [
        ("added", None, 201),
        ("removed", 301, None),
    ]
