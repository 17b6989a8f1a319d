"""The ready forms of plugins, and the demo's records that follow them."""

from collections.abc import Iterator

import pytest

from app.forms import filling
from app.forms.form import RESERVED, Choice, Form, Words
from app.forms.naming import path_of_record
from app.forms.reading import parse
from app.shipped import content
from app.shipped.content import PAGES, Content
from app.wiki import frontmatter

FILES = {file.stem: file for file in (PAGES.parent / "plugins").glob("*/forms/*.yaml")}
NAMES = ("event", "heritage", "initiative", "minutes", "need", "offer", "person", "place", "poll", "resource", "tool")
FORMS = {name: parse(name, file.read_text(encoding="utf-8")) for name, file in FILES.items()}
DEMOS = {language: content.demo(language) for language in ("fr", "en")}
PAGE_KEYS = RESERVED | {"title", "tags"}


def record_paths(language: str) -> list[str]:
    return sorted(path for path, text in DEMOS[language].pages.items() if frontmatter.parse(text).text("form"))


RECORDS = [(language, path) for language in DEMOS for path in record_paths(language)]


def words_of(form: Form) -> Iterator[Words]:
    """Give all that a form says."""
    yield from (form.title, form.plural, form.description)
    for field in form.fields:
        yield from (field.label, field.help)
        yield from labels(field.choices)


def labels(choices: tuple[Choice, ...]) -> Iterator[Words]:
    for choice in choices:
        yield choice.label
        yield from labels(choice.children)


def read(pages: Content, path: str) -> tuple[Form, frontmatter.FrontMatter]:
    front = frontmatter.parse(pages.pages[path])
    return FORMS[front.text("form")], front


def test_there_are_eleven_of_them() -> None:
    assert tuple(sorted(FILES)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_speaks_french_and_english(name: str) -> None:
    assert [words for words in words_of(FORMS[name]) if words and set(words) != {"fr", "en"}] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_has_filters_and_something_to_show_in_lists(name: str) -> None:
    fields = FORMS[name].fields

    assert len([field for field in fields if field.is_facet]) >= (2 if name == "poll" else 3)
    assert len([field for field in fields if field.is_listed]) >= 3


def test_what_is_personal_in_a_person_names_its_readers() -> None:
    personal = [FORMS["person"].find(name) for name in ("phone", "email", "address", "best_time", "contact")]

    assert all(field and field.is_private for field in personal)


@pytest.mark.parametrize(("language", "path"), RECORDS, ids=[f"{language}:{path}" for language, path in RECORDS])
def test_a_record_of_the_demo_is_what_its_form_would_have_kept(language: str, path: str) -> None:
    form, front = read(DEMOS[language], path)
    values = {name: value for name, value in front.values.items() if form.find(name)}
    filled = filling.check(form, {**values, **DEMOS[language].private.get(path, {})})

    assert filled.errors == {}
    assert filled.values == values
    assert front.values.keys() <= values.keys() | PAGE_KEYS
    assert path_of_record(form, front.text("title"), values, 2026) == path


@pytest.mark.parametrize("language", DEMOS)
def test_records_that_are_named_are_there(language: str) -> None:
    fronts = [read(DEMOS[language], path) for path in record_paths(language)]
    named = {
        one for form, front in fronts for field in form.of_type("records") for one in front.values.get(field.name, [])
    }

    assert named and named <= {front.text("id") for _, front in fronts}


@pytest.mark.parametrize("language", DEMOS)
def test_private_answers_are_those_of_records(language: str) -> None:
    assert DEMOS[language].private.keys() <= set(record_paths(language))


def test_the_french_demo_is_a_living_directory() -> None:
    forms = [read(DEMOS["fr"], path)[0].name for path in record_paths("fr")]
    least = {"initiative": 25, "person": 10, "tool": 8, "heritage": 6, "place": 6, "offer": 3, "need": 3}

    assert {name: forms.count(name) >= count for name, count in least.items()} == dict.fromkeys(least, True)
