"""What holds for every type, whatever is typed, held or written into a cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.forms.types import TYPES
from app.forms.types.base import Typed
from app.wiki import frontmatter
from app.wiki.yaml_text import Value
from tests.forms.examples import DIGITS, TEXTS, VALUES, field

NAMES = sorted(TYPES)
PHRASES = st.sampled_from(
    [
        *(
            "12,5",
            "-0",
            "1 234",
            "oui",
            "no",
            "12/03/2026",
            "1er mai 1846",
            "vers 1850",
            "2e moitié du XVIIIe",
            "44.4, 4.3",
        ),
        *("idea", "Vite", "idea, fast", "# compost, été", "exemple.org", "https://a.fr/é?x=1#y", "Nom@Exemple.ORG"),
        *("04 75 12 34 56", "+33 (0)4 75 12 34 56", "0032 2 123 45 67", "Lu-Ve 9h-12h, 14h-18h30; Sa 9h-12h", "24/7"),
        *(
            "k7q2m9x4",
            "k7q2m9x4, abcd2345",
            "photo.jpg",
            '{"file": "a.jpg"}',
            "2026-03-12/..",
            "=1+1",
            "blurred",
            "exact",
        ),
    ]
)
ANSWERS = PHRASES | TEXTS | DIGITS
VALUES_OF = PHRASES | VALUES | st.lists(PHRASES, max_size=3)


def _answers(name: str) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.dictionaries(st.sampled_from(["", *TYPES[name].parts]), st.lists(ANSWERS, min_size=1, max_size=3))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_typed_is_refused_or_can_be_typed_again(name: str, data: st.DataObject) -> None:
    one, it = TYPES[name], field(name)
    value = quietly(lambda: one.read(it, data.draw(_answers(name))))

    assert value is None or one.read(it, one.type_again(it, value)) == value


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_held_goes_through_a_cell_unchanged(name: str, data: st.DataObject) -> None:
    one, it = TYPES[name], field(name)
    value = quietly(lambda: one.check(it, data.draw(VALUES_OF)))

    assert value is None or one.read_cell(it, one.cell(it, value)) == value


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_held_is_right_and_stays_so(name: str, data: st.DataObject) -> None:
    one, it = TYPES[name], field(name)
    value = quietly(lambda: one.read(it, data.draw(_answers(name))))

    assert value is None or one.check(it, value) == value


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_is_held_can_be_written_into_a_page(name: str, data: st.DataObject) -> None:
    value = quietly(lambda: TYPES[name].check(field(name), data.draw(VALUES_OF)))
    page = frontmatter.rewrite("Body", {"it": value})

    assert frontmatter.parse(page).values.get("it") == value


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(value=VALUES_OF, language=st.sampled_from(["fr", "en", "oc", ""]))
def test_any_value_can_be_shown_typed_again_and_counted(name: str, value: Value, language: str) -> None:
    one, it = TYPES[name], field(name)
    said = one.plain(it, value, language)
    typed: Typed = one.type_again(it, value)

    assert "\n" not in said or name == "long_text"
    assert all(isinstance(text, str) for texts in typed.values() for text in texts)
    assert all(key.text for key in one.keys(it, value))
    assert isinstance(one.cell(it, value), str)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(cell=ANSWERS)
def test_any_cell_is_read_or_refused(name: str, cell: str) -> None:
    value = quietly(lambda: TYPES[name].read_cell(field(name), cell))

    assert value is None or value


@pytest.mark.parametrize("name", NAMES)
def test_nothing_typed_is_nothing(name: str) -> None:
    one, it = TYPES[name], field(name)

    assert one.read(it, {}) is None
    assert one.read(it, dict.fromkeys(("", *one.parts), ("  ",))) is None
    assert one.read_cell(it, "") is None


def quietly(read) -> Value | None:
    try:
        return read()
    except Invalid:
        return None
