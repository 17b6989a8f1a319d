"""`{{name key=value}}`: which calls are found in a page, and what their arguments say."""

import pytest

from app.wiki.macros import MAX_MACROS, parse_arguments
from app.wiki.markup import render


@pytest.mark.parametrize(("typed", "read"), [
    ("", {}),
    ("space=jardins", {"space": "jardins"}),
    ("space=jardins max=5", {"space": "jardins", "max": "5"}),
    ('title="Les prochaines dates"', {"title": "Les prochaines dates"}),
    (r'title="il dit \"oui\" \\ non"', {"title": r'il dit "oui" \ non'}),
    ("title='a b' x=1", {"title": "a b", "x": "1"}),
    ("title=l'épicerie", {"title": "l'épicerie"}),
    ("title=“a b” autre=«c d» tiers=« e »", {"title": "a b", "autre": "c d", "tiers": "e"}),
    ("Space=A", {"space": "A"}),
    ("a=1 a=2", {"a": "2"}),
    ("a=", {"a": ""}),
    ("a= b=2", {"a": "", "b": "2"}),
    ("a = 1", {"a": "1"}),
    ("url=https://e.org/?q=1&r=2", {"url": "https://e.org/?q=1&r=2"}),
    ("jardins/compost", {"": "jardins/compost"}),
    ("deux mots", {"": "deux mots"}),
])  # fmt: skip
def test_arguments_are_read_as_people_type_them(typed: str, read: dict[str, str]) -> None:
    assert parse_arguments(typed) == read


@pytest.mark.parametrize("typed", ['a="b', 'a="b"c', '"', "a=“b"])
def test_arguments_with_a_quote_left_open_are_none(typed: str) -> None:
    assert parse_arguments(typed) is None


def test_a_call_on_its_own_line_is_a_block_and_one_among_words_is_not() -> None:
    rendered = render("{{agenda}}\n\nVoir {{date}} ici.", "a")

    assert rendered.html == '<div data-macro="0"></div>\n<p>Voir <span data-macro="1"></span> ici.</p>\n'
    assert [(call.n, call.name, call.source) for call in rendered.macros] == [
        (0, "agenda", "{{agenda}}"), (1, "date", "{{date}}"),
    ]  # fmt: skip


def test_a_block_may_stand_in_a_list_a_quote_and_between_lines() -> None:
    rendered = render("- {{a}}\n\n> {{b}}\n\nc\n{{d}}\ne", "a")

    assert rendered.html.count("<div data-macro=") == 3


@pytest.mark.parametrize("body", [
    "`{{agenda}}`", "```\n{{agenda}}\n```", "    {{agenda}}", r"\{{agenda}}", "{{agenda", "{{ }}", "{{1}}", '{{a "b}}', "{{a}b}}",
    "<div>\n{{agenda}}\n</div>", "<!-- {{agenda}} -->",
])  # fmt: skip
def test_code_and_what_only_looks_like_a_call_is_left_alone(body: str) -> None:
    assert render(body, "a").macros == ()


def test_braces_in_quotes_belong_to_the_argument() -> None:
    (call,) = render('{{note text="a }} b"}}', "a").macros

    assert call.arguments == {"text": "a }} b"}


def test_the_source_of_a_call_is_no_word_of_the_page() -> None:
    assert render("avant {{agenda space=secret}} après", "a").text == "avant après"


def test_calls_beyond_the_fiftieth_are_shown_as_typed() -> None:
    rendered = render("{{a}} " * 60, "a")

    assert len(rendered.macros) == MAX_MACROS == 50
    assert rendered.html.count("{{a}}") == 10


def test_a_number_typed_by_hand_starts_no_macro_twice() -> None:
    rendered = render('<div data-macro="0">x</div><div data-macro="7"></div>\n\n{{a}}\n\n<p data-macro="0">', "a")

    assert rendered.html.count("data-macro") <= len(rendered.macros) == 1
