"""A form is read from its YAML; what is wrong is named with its place and its cure."""

import pytest

from app.errors import Invalid
from app.forms.form import Choice, Condition
from app.forms.reading import parse
from tests.forms.examples import covoiturage, form_of


def test_a_form_says_what_its_yaml_says() -> None:
    form = covoiturage()

    assert form.title == {"fr": "Covoiturage", "en": "Car sharing"}
    assert (form.folder, form.path_rule, form.submitters) == ("annuaire/covoiturage", "{year}/{title}", "everyone")
    assert (form.is_moderated, form.expires_days, form.has_body) == (True, 60, True)
    assert [field.name for field in form.fields if field.is_private] == ["phone", "mail"]
    assert form.find("needs").condition == Condition("phase", ("running",))


def test_what_is_not_said_is_as_usual() -> None:
    form = parse("offer", "title: Offer\nfields: [{name: title, required: yes}]\n")

    assert (form.plural, form.folder, form.title_rule, form.path_rule) == (
        {"": "Offer"},
        "offer",
        "{title}",
        "{letter}/{title}",
    )
    assert (form.submitters, form.audience, form.is_moderated) == ("members", "", False)
    assert (form.fields[0].type, form.fields[0].label) == ("text", {"": "title"})


def test_choices_may_be_written_in_three_ways() -> None:
    form = form_of(
        "name: a", "name: b, type: choice, choices: {bio: {fr: Bio}, local: Local}",
        "name: c, type: choice, choices: [Du temps, time]",
        "name: d, type: choices, choices: [{key: x, label: X, colour: green, choices: [y]}]",
    )  # fmt: skip

    assert form.find("b").choices == (Choice("bio", {"fr": "Bio"}), Choice("local", {"": "Local"}))
    assert form.find("c").choices == (Choice("du-temps", {"": "Du temps"}), Choice("time", {"": "time"}))
    assert form.find("d").choices == (Choice("x", {"": "X"}, (Choice("y", {"": "y"}),), "green"),)


def test_unknown_keys_are_kept() -> None:
    form = form_of("name: a, type: number, unit: kg", head="title: A\nnote: [x]\ntitle_rule: '{a}'")

    assert form.extras == {"note": ["x"]}
    assert form.fields[0].options == {"unit": "kg"}


def test_scalars_stay_text() -> None:
    form = form_of("name: a, default: 07150, label: {fr: no}")

    assert (form.fields[0].default, form.fields[0].label) == ("07150", {"fr": "no"})


def test_readers_and_audiences_have_one_spelling() -> None:
    form = form_of(
        "name: a",
        "name: b, readers: 'group:z, group:a'",
        "name: c, readers: public",
        head="title: A\ntitle_rule: '{a}'\naudience: [group:b, group:a]",
    )

    assert form.audience == "group:a, group:b"
    assert [field.readers for field in form.fields] == ["", "group:a, group:z", ""]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["name: a", "name: a"], "Two questions are named “a”"),
        (["name: a", "name: audience"], "“audience” is a name that the site uses"),
        (["name: a", "name: Été"], "“Été” cannot name a question"),
        (["name: a", "type: text"], "“” cannot name a question"),
        (["name: a, type: colour"], "Question “a” has no kind"),
        (["name: a", "name: title, type: number"], "named “title” is of the kind “text”"),
        (["name: a", "name: title, readers: members"], "named “title” is of the kind “text”"),
        (["name: a", "name: tags"], "named “tags” is of the kind “tags”"),
        (["name: a, readers: members"], "“a” is read by few: it cannot stand in the title"),
        (["name: a", "name: b, readers: members, facet: yes"], "“b” is read by few: it cannot be a filter"),
        (["name: a", "name: b, readers: everyone"], "“readers” of “b” may be"),
        (["name: a", "name: b, readers: 'group:x, members'"], "“readers” of “b” may be"),
        (["name: a", "name: b, only_if: c"], "“only_if” of “b” names no other question"),
        (["name: a", "name: b, only_if: {field: a, is: [{x: y}]}"], "“only_if” of “b”"),
        (["name: a", "name: b, only_if: b"], "“b” is asked only if it is asked itself"),
        (["name: a, only_if: b", "name: b, only_if: c", "name: c, only_if: a"], "asked only if it is asked itself"),
        (["name: a", "name: b, type: choice, choices: yes"], "The answers of “b” cannot be read"),
        (["name: a", "name: b, type: choice, choices: {x: X, 'a b': Y}"], "“a b” cannot name an answer of “b”"),
        (["name: a", "name: b, type: choice, choices: [x, {key: x}]"], "Two answers of “b” are named “x”"),
        (["name: a, label: [x]"], "“label” of “a” needs a text"),
        (["name: a, label: {french: x}"], "“label” of “a” needs a text"),
        (["name: a, required: perhaps"], "“required” of “a” needs yes or no"),
        (["name: a, type: [text]"], "“type” of “a” needs one line"),
        ([f"name: a, label: {'x' * 201}"], "“label” of “a” has over 200 letters"),
        ([f"name: q{number}" for number in range(61)], "at most 60 questions"),
        ([f"name: a, type: choice, choices: [{', '.join(f'c{number}' for number in range(501))}]"], "“a” has over 500 answers"),
        (["name: a, type: choice, choices: [{key: b, choices: [{key: c, choices: [{key: d, choices: [{key: e, choices: [f]}]}]}]}]"], "nested more than 4 deep"),
    ],
)  # fmt: skip
def test_a_question_that_does_not_fit_is_named(lines: list[str], said: str) -> None:
    with pytest.raises(Invalid) as caught:
        form_of(*lines)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a title"),
        ("fields: []", "needs a title"),
        ("title: A", "Add a question named “title”"),
        ("title: A\nfields: {title: text}", "Write the questions as a list"),
        ("title: A\nfields: [title]", "Write the questions as a list"),
        ("title: A\ntitle_rule: '{b}'", "names “b”, which is no question"),
        ("title: A\npath_rule: same\nfields: [{name: title}]", "gives all records one address"),
        ("title: A\npath_rule: '{b}'\nfields: [{name: title}]", "names “b”, which is no question"),
        ("title: A\nfolder: _forms\nfields: [{name: title}]", "cannot begin with “_”"),
        ("title: A\nfolder: a/../b\nfields: [{name: title}]", "A page name cannot hold “.”"),
        ("title: A\nfolder: git\nfields: [{name: title}]", "kept for the site itself"),
        ("title: A\nsubmit: all\nfields: [{name: title}]", "“submit” of “it” may be"),
        ("title: A\nexpires: -1\nfields: [{name: title}]", "“expires” of “it” needs a whole number up to 3660"),
        ("title: A\nexpires: ٣\nfields: [{name: title}]", "“expires” of “it” needs a whole number"),
        ("title: A\nicon: '../x'\nfields: [{name: title}]", "“icon” of “it” may hold letters"),
    ],
)
def test_a_form_that_does_not_fit_says_why(text: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse("it", text)

    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["", "A", "1a", "a_b", "a/b", "a.b", "a" * 41, "../a"])
def test_the_name_of_a_form_is_plain(name: str) -> None:
    with pytest.raises(Invalid, match="The name of a form"):
        parse(name, "title: A\nfields: [{name: title}]\n")
