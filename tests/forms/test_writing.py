"""A form is written as YAML that says the same; in a text that is there already, only what changed is replaced."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.forms.form import Choice, Condition, Field, Form, Words
from app.forms.reading import parse
from app.forms.types import TYPES
from app.forms.writing import write
from tests.forms.examples import COVOITURAGE, LETTERS, SIGNS, covoiturage

TEXTS = st.text(LETTERS | SIGNS, max_size=30).map(str.strip)
NOT_EMPTY = TEXTS.filter(bool)
WORDS: st.SearchStrategy[Words] = st.dictionaries(st.sampled_from(["", "fr", "en", "oc"]), NOT_EMPTY, min_size=1)
KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)
OPTIONS = st.dictionaries(
    st.sampled_from(["form", "unit", "most", "x-note"]), TEXTS | st.lists(TEXTS, max_size=2), max_size=2
)


@st.composite
def _choices(draw: st.DrawFn) -> tuple[Choice, ...]:
    keys = draw(st.lists(KEYS, unique=True, max_size=5))
    made: list[Choice] = []
    for key in keys:
        below = tuple(made.pop() for _ in range(draw(st.integers(0, min(1, len(made))))))
        made.append(Choice(key, draw(WORDS), below, draw(st.sampled_from(["", "green"]))))
    return tuple(one for one in made if _depth(one) <= 4)


def _depth(choice: Choice) -> int:
    return 1 + max((_depth(one) for one in choice.children), default=0)


@st.composite
def _forms(draw: st.DrawFn) -> Form:
    fields = [Field("title", "text", draw(WORDS))]
    for name in draw(st.lists(st.sampled_from("a b c_2 phase when".split()), unique=True)):
        condition = draw(
            st.none() | st.builds(Condition, st.just(fields[-1].name), st.lists(NOT_EMPTY, max_size=2).map(tuple))
        )
        readers = draw(st.sampled_from(["", "members", "group:a, group:b-2"]))
        fields.append(
            Field(
                name, draw(st.sampled_from(sorted(TYPES.keys() - {"rows"}))), draw(WORDS), draw(st.just({}) | WORDS), draw(st.booleans()),
                draw(TEXTS), readers, condition, draw(_choices()), False, draw(st.booleans()), draw(OPTIONS),
            )
        )  # fmt: skip
    return Form(
        "it", draw(WORDS), draw(WORDS), tuple(fields), draw(st.just({}) | WORDS), draw(st.sampled_from(["it", "a/b"])),
        draw(st.sampled_from(["{title}", "x: {title} #"])), draw(st.sampled_from(["{letter}/{title}", "{year}/{title}"])),
        draw(st.sampled_from(["members", "everyone", "admins", "group:a"])), draw(st.booleans()), draw(st.booleans()),
        draw(st.booleans()), draw(st.sampled_from(["", "public", "members", "group:a"])), draw(st.sampled_from(["", "car"])),
        draw(st.sampled_from(["", "green"])), draw(st.integers(0, 400)), draw(st.booleans()),
        draw(st.sampled_from(["", "Organization"])), draw(st.booleans()), draw(st.dictionaries(st.just("note"), TEXTS)),
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(form=_forms())
def test_what_is_written_reads_as_the_same_form(form: Form) -> None:
    assert parse("it", write(form)) == form


@settings(max_examples=12, deadline=None)
@given(before=_forms(), after=_forms())
def test_a_changed_form_reads_as_the_new_one_whatever_stood_there(before: Form, after: Form) -> None:
    written = write(after, write(before))

    assert parse("it", written) == replace(after, extras={**before.extras, **after.extras})


def test_nothing_changed_leaves_every_byte() -> None:
    assert write(covoiturage(), COVOITURAGE) == COVOITURAGE


def test_one_change_replaces_its_own_lines_only() -> None:
    text = COVOITURAGE.replace("expires: 60\n", "# Two months.\nexpires:   60   # days\nx-origin: 'by hand'\n")
    form = parse("covoiturage", text)
    written = write(replace(form, colour="green", is_moderated=False), text)

    assert written == text.replace("moderated: yes\n", "") + "colour: green\n"


def test_a_changed_question_leaves_the_lines_above_the_questions() -> None:
    form = covoiturage()
    first = replace(form.fields[0], label={"fr": "D’où"})
    written = write(replace(form, fields=(first, *form.fields[1:])), COVOITURAGE)

    assert written.startswith(COVOITURAGE.partition("fields:")[0])
    assert parse("covoiturage", written).fields[0].label == {"fr": "D’où"}


def test_what_is_said_though_it_is_usual_stays() -> None:
    text = COVOITURAGE.replace("moderated: yes", "moderated: no\nsubmit: members\npath_rule: '{letter}/{title}'")
    text = text.replace("submit: everyone\n", "").replace('path_rule: "{year}/{title}"\n', "")

    assert write(parse("covoiturage", text), text) == text


@pytest.mark.parametrize("head", ["---\n", "\ufeff---\n", "\ufeff"])
def test_marks_before_the_first_line_are_taken_away(head: str) -> None:
    text = head + COVOITURAGE.replace("\n", "\r\n")
    written = write(replace(covoiturage(), icon="car"), text)

    assert written == COVOITURAGE + "icon: car\n"


def test_a_broken_text_is_written_anew() -> None:
    assert parse("covoiturage", write(covoiturage(), "fields: [")) == covoiturage()


def test_keys_of_a_form_that_could_not_be_read_stay() -> None:
    written = write(covoiturage(), "# old\nx-note: keep\nfields: what\n")

    assert written.startswith("# old\nx-note: keep\n")
    assert parse("covoiturage", written).fields == covoiturage().fields


def test_a_form_that_could_not_be_read_again_is_not_written() -> None:
    form = replace(covoiturage(), fields=())

    with pytest.raises(Invalid, match="names “depart”"):
        write(form, COVOITURAGE)
