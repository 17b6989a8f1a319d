"""The block at the top of a page: changing single keys and nothing else."""

import pytest

from app.errors import Invalid
from app.wiki import frontmatter

PAGE = """---
# the sign over the door
title: "L'épicerie"   # as painted

tags:
- pain
# daily
- sel
note: |
  one

  # no comment
# end
postcode: 07150
---
# Body
---
"""


def test_only_the_lines_of_a_changed_key_are_replaced() -> None:
    changed = frontmatter.rewrite(PAGE, {"postcode": "26000"})

    assert changed == PAGE.replace("07150", "26000")


def test_a_list_is_replaced_with_all_its_lines() -> None:
    changed = frontmatter.rewrite(PAGE, {"tags": ["pain", "a: b"]})

    assert changed == PAGE.replace("tags:\n- pain\n# daily\n- sel\n", 'tags: [pain, "a: b"]\n')


def test_a_literal_text_is_replaced_with_all_its_lines() -> None:
    changed = frontmatter.rewrite(PAGE, {"note": "two"})

    assert changed == PAGE.replace("note: |\n  one\n\n  # no comment\n", "note: two\n")


def test_none_removes_a_key_and_leaves_its_neighbours() -> None:
    changed = frontmatter.rewrite(PAGE, {"tags": None, "absent": None})

    assert changed == PAGE.replace("tags:\n- pain\n# daily\n- sel\n", "")


def test_new_keys_come_last_in_the_block() -> None:
    changed = frontmatter.rewrite(PAGE, {"id": "k7q2m9x4", "place": "Au bourg"})

    assert changed == PAGE.replace("postcode: 07150\n", "postcode: 07150\nid: k7q2m9x4\nplace: Au bourg\n")


def test_the_same_values_change_nothing() -> None:
    page = "---\r\ntitle:   'x'\r\n---\r\nbody\r\n"

    assert frontmatter.rewrite(page, {"title": "x", "absent": None}) is page


@pytest.mark.parametrize("body", ["", "# Title\n", "---\nno end", "\n\n"])
def test_a_block_is_made_where_there_is_none(body: str) -> None:
    assert frontmatter.rewrite(body, {"id": "k7"}) == f"---\nid: k7\n---\n{body}"


def test_a_block_in_braces_gets_lines() -> None:
    assert frontmatter.rewrite("---\n{a: 1, b: [x]}\n---\n", {"a": "2"}) == "---\na: 2\nb: [x]\n---\n"


def test_an_indented_block_keeps_its_indent() -> None:
    assert frontmatter.rewrite("---\n  a: 1\n  b: 2\n---\n", {"b": None, "c": "3"}) == "---\n  a: 1\n  c: 3\n---\n"


def test_blank_lines_after_a_removed_key_do_not_join_the_text_before_it() -> None:
    page = "---\na: |+\n  x\n\nb: 1\n\nc: 2\n---\n"

    changed = frontmatter.rewrite(page, {"b": None})

    assert frontmatter.parse(changed).values == {"a": "x\n\n", "c": "2"}


def test_nested_values_are_written_and_read_back() -> None:
    value: frontmatter.Value = {"days": [{"on": "lundi", "from": "20:00"}, ["a", ["b"]], [], {}], "": "", "x": "a\nb\n"}

    changed = frontmatter.rewrite("", {"opening": value})

    assert frontmatter.parse(changed).values == {"opening": value}


def test_text_of_several_lines_stays_readable() -> None:
    changed = frontmatter.rewrite("", {"note": "Un\n\nDeux : trois\n"})

    assert changed == "---\nnote: |\n  Un\n\n  Deux : trois\n---\n"


def test_a_broken_block_is_not_touched() -> None:
    with pytest.raises(Invalid):
        frontmatter.rewrite("---\na: [\n---\n", {"b": "c"})


def test_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(Invalid):
        frontmatter.rewrite("", {"a": "\ud800"})


def test_what_would_read_back_differently_is_refused() -> None:
    with pytest.raises(Invalid):
        frontmatter.rewrite("", {"a": "x" * 70_000})
