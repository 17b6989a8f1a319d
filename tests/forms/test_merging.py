"""Two changes of the same record become one, field by field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.form import Values
from app.forms.merging import changes, differing, merge
from app.wiki import frontmatter

VALUES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "2", ["x"], ["x", "y"], {"p": "q"}]))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "conflicts"),
    [
        ({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1", "b": "2"}, {"a": "2", "b": "2"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "2"}, ("a",)),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "1"}, {}, {"a": "1", "b": "1"}, {"b": "1"}, ()),
        ({"a": "1"}, {}, {"a": "2"}, {}, ("a",)),
        ({"a": ["x", "y"]}, {"a": ["x", "y", "z"]}, {"a": ["y"]}, {"a": ["y", "z"]}, ()),
        ({"a": ["x"]}, {}, {"a": ["x", "y"]}, {}, ("a",)),
        ({}, {"a": ["x"]}, {"a": ["y"]}, {"a": ["y", "x"]}, ()),
        ({"a": {"p": "1"}}, {"a": {"p": "2"}}, {"a": {"p": "3"}}, {"a": {"p": "2"}}, ("a",)),
    ],
)
def test_changes_of_two_are_merged(
    base: Values, mine: Values, theirs: Values, merged: Values, conflicts: tuple[str, ...]
) -> None:
    assert merge(base, mine, theirs) == (merged, conflicts)


@given(base=VALUES, mine=VALUES)
def test_one_change_alone_is_the_merge(base: Values, mine: Values) -> None:
    assert merge(base, mine, base) == (mine, ())
    assert merge(base, base, mine) == (mine, ())


@given(old=VALUES, new=VALUES)
def test_changes_make_the_new_values_of_the_old_ones(old: Values, new: Values) -> None:
    page = frontmatter.rewrite(frontmatter.rewrite("", old), changes(old, new))

    assert frontmatter.parse(page).values == new
    assert (differing(old, new) == ()) == (old == new)
