"""Hostile YAML in a form: refused with a sentence, at once, with nothing made of it."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.forms.reading import parse
from tests.forms.examples import LETTERS, SIGNS

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "In line 1 of this form, the signs & * ! << need quotes."),
        ("title: A\nfields: !!python/object/apply:os.system [ls]", "In line 2 of this form, the signs"),
        ("title: A\n<<: {x: y}", "In line 2 of this form, the signs"),
        ("title: A\ntitle: B", "“title” stands twice in this form."),
        ("title: A\n  b: [", "of this form cannot be read."),
        ("title: A\nfields: [{", "of this form cannot be read."),
        ("- a\n- b", "Write line 1 of this form as “name: value”."),
        ("title: A\n---\ntitle: B", "Write line 2 of this form as “name: value”."),
        ("a: " + "[" * 30 + "]" * 30, "This form is nested too deeply."),
        ("a: " + "{b: " * 500, "This form is nested too deeply."),
        ("a: [" + "x, " * 6000 + "]", "This form has too many lines."),
        ("title: " + "x" * 70_000, "This form is longer than 64 kB."),
        ("title: A\0", "cannot be read."),
        ("title: \ud800", "cannot be read."),
        ("? [a]\n: b", "Write line 1 of this form"),
    ],
)
def test_a_hostile_form_is_refused_at_once(text: str, said: str) -> None:
    start = time.perf_counter()

    with pytest.raises(Invalid) as caught:
        parse("it", text)

    assert said in str(caught.value)
    assert time.perf_counter() - start < 1


def test_markup_in_a_form_stays_text() -> None:
    form = parse("it", "title: <script>alert(1)</script>\nfields: [{name: title, label: '{{ 7 * 7 }}'}]\n")

    assert form.title == {"": "<script>alert(1)</script>"}
    assert form.fields[0].label == {"": "{{ 7 * 7 }}"}


KEYS = st.sampled_from(
    "title plural fields name type label choices only_if field is key readers default folder path_rule".split()
)
WORDS = st.sampled_from("a b title text choice yes no members {title} {a} x/y".split()) | st.text(
    LETTERS | SIGNS, max_size=8
)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=15
)


@settings(max_examples=60, deadline=None)
@given(said=st.dictionaries(KEYS, TREES, max_size=6), text=st.none() | st.text(LETTERS | SIGNS, max_size=60))
def test_whatever_stands_there_is_a_form_or_refused(said: dict[str, object], text: str | None) -> None:
    with suppress(Invalid):  # and nothing else
        assert parse("it", json.dumps(said) if text is None else text).title
