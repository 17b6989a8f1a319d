"""The block at the top of a page: reading it."""

import pytest

from app.wiki import frontmatter

PAGE = """---
title: L'épicerie du bourg   # as on the sign
postcode: 07150
start: 20:00
published: yes
nothing: null
empty:
day: 2026-02-30
tags: [pain, "sel, poivre", 1.10]
who:
  - name: Nadia
    phone: 0612
---
# Body
"""


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("---\na: b\n---\nbody", "---\na: b\n---\n"),
        ("---\n---\nbody", "---\n---\n"),
        ("---\na: b\n---", "---\na: b\n---"),
        ("--- \na: b\n---\t\nbody", "--- \na: b\n---\t\n"),
        ("---\r\na: b\r\n---\r\nbody", "---\r\na: b\r\n---\r\n"),
        ("\ufeff---\na: b\n---\nbody", "\ufeff---\na: b\n---\n"),
        ("---\na: b\n---\n---\nc: d\n---\n", "---\na: b\n---\n"),
        ("---\na: b\nbody without an end", ""),
        ("----\na: b\n---\n", ""),
        ("text\n---\na: b\n---\n", ""),
        ("---", ""),
        ("", ""),
    ],
)
def test_split_finds_the_block_and_loses_no_sign(text: str, block: str) -> None:
    assert frontmatter.split(text) == (block, text.removeprefix(block))


def test_every_scalar_stays_as_written() -> None:
    values = frontmatter.parse(PAGE).values

    assert values == {
        "title": "L'épicerie du bourg",
        "postcode": "07150",
        "start": "20:00",
        "published": "yes",
        "nothing": "null",
        "empty": "",
        "day": "2026-02-30",
        "tags": ["pain", "sel, poivre", "1.10"],
        "who": [{"name": "Nadia", "phone": "0612"}],
    }


def test_a_page_without_block_has_no_values_and_no_fault() -> None:
    assert frontmatter.parse("# Title\n") == frontmatter.FrontMatter({}, None)


def test_a_block_of_comments_only_is_empty() -> None:
    assert frontmatter.parse("---\n# nothing yet\n---\n") == frontmatter.FrontMatter({}, None)


def test_text_gives_plain_values_only() -> None:
    front = frontmatter.parse(PAGE)

    assert (front.text("title"), front.text("tags"), front.text("absent")) == ("L'épicerie du bourg", "", "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tags: [a, b c, '']", ("a", "b c")),
        ("tags: a, b c ,, d", ("a", "b c", "d")),
        ("tags:\n- a\n- [nested]\n- b", ("a", "b")),
        ("tags: {a: b}", ()),
        ("tags:", ()),
        ("other: x", ()),
    ],
)
def test_words_come_from_a_list_or_from_commas(line: str, words: tuple[str, ...]) -> None:
    assert frontmatter.parse(f"---\n{line}\n---\n").words("tags") == words


@pytest.mark.parametrize(
    "block",
    [
        "- a\n- b",
        "just words",
        "null",
        "a: *x",
        "a: &x b",
        "a: !!str b",
        "a: ! b",
        "!!map\na: b",
        "&x\na: b",
        "a: {<<: {b: c}}",
        "<<: {b: c}",
        "? a\n: b",
        "? [a]\n: b",
        "[a]: b",
        "{a: b}: c",
        "a: 1\nb: 2\na: 3",
        "a: {b: 1, b: 2}",
        "a: 1\n...\nb: 2",
        "%YAML 1.1\n--- \na: b",
        "a: b\n c: d",
        "a: 'b",
        "a: [b",
        "a: b\u2028c: d",
        "a: \0",
        "a: \x07",
        "a: \ud800",
        "\ufeffa: b",
        "a: " + "[" * 21 + "]" * 21,
        "a: " + "x" * 70_000,
        "a: [" + "x, " * 6_000 + "]",
    ],
)
def test_a_broken_or_clever_block_is_a_fault_and_the_body_is_kept(block: str) -> None:
    front = frontmatter.parse(f"---\n{block}\n---\nbody")

    assert front.values == {} and front.fault is not None
    msgid, values = front.fault
    assert len((msgid % values).split()) <= 15


def test_a_fault_names_the_line_of_the_page() -> None:
    front = frontmatter.parse("---\na: 1\nb: [1\nc: 2\n---\n")

    assert front.fault is not None and front.fault[1]["line"] in (4, 5)


def test_twenty_levels_are_read() -> None:
    assert frontmatter.parse("---\na: " + "[" * 19 + "]" * 19 + "\n---\n").fault is None
