"""The whole state of a list stands in its address, and what stands in an address is never a fault."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.forms.reading import parse
from plugins.directory import model
from plugins.directory.model import Asked
from plugins.directory.tests.valley import INITIATIVE, SHED

FORM, OTHER = parse("initiative", INITIATIVE), parse("shed", SHED)
KEYS = st.lists(st.text(min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=4, unique=True).map(tuple)
ASKED = st.builds(
    Asked,
    form=st.just(FORM),
    view=st.sampled_from(model.VIEWS),
    words=st.text(max_size=30).map(str.strip),
    where=st.dictionaries(st.sampled_from(["theme", "phase", "place", "page"]), KEYS, max_size=3),
    states=st.sampled_from([(), ("checked",), ("published", "archived")]),
    letter=st.sampled_from(["", "a", "é", "#"]),
    order=st.sampled_from(["title", "edited", "people", "place"]),
    is_descending=st.booleans(),
    page=st.integers(1, model.LAST_PAGE),
    unfolded=st.sampled_from(["", "theme"]),
)


def read(address: str) -> Asked:
    return model.read(FORM, MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))


@given(ASKED)
def test_what_is_written_into_an_address_is_read_from_it(asked: Asked) -> None:
    assert read(asked.address("/x", page=asked.page)) == asked


@given(
    st.lists(st.tuples(st.sampled_from([*model.RESERVED, "theme", "phase", "secret", "f.page"]), st.text(max_size=20)))
)
def test_nothing_that_is_typed_is_a_fault(pairs: list[tuple[str, str]]) -> None:
    asked = model.read(FORM, MultiDict(pairs))

    assert asked.view in model.VIEWS and 1 <= asked.page <= model.LAST_PAGE
    assert set(asked.where) <= {"theme", "phase", "place", "page", "near"}
    asked.query("2026-11-22")


def test_a_field_named_as_a_part_of_the_address_is_asked_for_by_another_name() -> None:
    assert read("/x?page=2&f.page=fishing").page == 2
    assert read("/x?page=2&f.page=fishing").where == {"page": ("fishing",)}


def test_whatever_is_changed_begins_at_the_first_page() -> None:
    assert read("/x?page=7&theme=food").address("/x", view="list") == "/x?theme=food&view=list"


def test_private_fields_and_addresses_of_people_are_neither_filters_nor_shown() -> None:
    assert [field.name for field in model.facets(FORM)] == ["theme", "phase", "place", "page", "near"]
    assert [field.name for field in model.listed(FORM)] == ["summary", "theme", "phase", "place", "people"]
    assert read("/x?secret=a&mail=b").where == {}


def test_a_form_without_places_has_no_map_and_may_name_its_usual_view() -> None:
    assert "map" in model.views(FORM) and "map" not in model.views(OTHER)
    assert (model.usual_view(FORM), model.usual_view(OTHER)) == ("cards", "table")
