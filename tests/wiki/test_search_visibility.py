"""Nothing of what a viewer may not read shows: no hit, no count, no facet, no suggested word, no title."""

from pathlib import Path

import pytest

from app.wiki.search import SearchIndex
from tests.wiki.search_pages import EVERYBODY, MEMBERS, find, index_of, page

GROUP = EVERYBODY | {"group:ca"}


@pytest.fixture
def house(tmp_path: Path) -> SearchIndex:
    return index_of(
        tmp_path,
        page("a/ouvert", "Jardin ouvert", "Le potager partagé"),
        page("a/membres", "Jardin des membres", "Le potager et le licenciement", audience="members"),
        page("ca/comptes", "Jardin secret", "Le potager et la trésorerie", audience="group:ca, admins", kind="minutes"),
    )


def test_hits_are_those_of_the_audiences(house: SearchIndex) -> None:
    assert find(house, "potager", EVERYBODY) == ["a/ouvert"]
    assert set(find(house, "potager", MEMBERS)) == {"a/ouvert", "a/membres"}


def test_one_of_several_audiences_is_enough(house: SearchIndex) -> None:
    assert find(house, "trésorerie", GROUP) == find(house, "trésorerie", frozenset({"admins"})) == ["ca/comptes"]


def test_no_audience_finds_nothing(house: SearchIndex) -> None:
    assert find(house, "potager", frozenset()) == []


def test_an_audience_is_not_found_by_a_part_of_its_name(house: SearchIndex) -> None:
    assert find(house, "trésorerie", frozenset({"group", "ca", "group:c", "admin"})) == []


def test_totals_and_facets_count_only_what_may_be_read(house: SearchIndex) -> None:
    results = house.search("potager", audiences=EVERYBODY)

    assert results.total == 1 and results.facets == {"kind": [("page", 1)], "space": [("a", 1)]}


def test_a_word_of_hidden_pages_is_not_suggested(house: SearchIndex) -> None:
    assert house.search("licenciemant", audiences=EVERYBODY).suggestion is None
    assert house.search("licenciemant", audiences=MEMBERS).suggestion == "licenciement"


def test_a_form_that_only_hidden_pages_have_is_not_suggested(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "", "un potager"), page("b", "", "les potagères", audience="members"))

    assert index.search("potagèris", audiences=EVERYBODY).suggestion == "potager"
    assert index.search("potagèris", audiences=MEMBERS).suggestion == "potagères"


def test_a_word_of_deleted_pages_is_not_suggested(house: SearchIndex) -> None:
    house.update([], ["a/membres"])

    assert house.search("licenciemant", audiences=MEMBERS).suggestion is None


def test_titles_of_hidden_pages_are_not_suggested(house: SearchIndex) -> None:
    assert [hit.path for hit in house.suggest_titles("jardin", EVERYBODY, 10)] == ["a/ouvert"]


@pytest.mark.parametrize("name", ["key:1", "a/ouvert"])
def test_pages_left_out_by_key_or_path_are_nowhere(tmp_path: Path, name: str) -> None:
    index = index_of(tmp_path, page("a/ouvert", "Jardin", "trésorerie", key="key:1"), page("b/autre", "Jardin"))
    out = frozenset({name, "no-such-page"})

    results = index.search("jardin", audiences=EVERYBODY, leave_out=out)
    assert [hit.path for hit in results.hits] == ["b/autre"] and results.facets["space"] == [("b", 1)]
    assert index.search("trésoreri", audiences=EVERYBODY, leave_out=out).total == 0
    assert index.search("trésoreris", audiences=EVERYBODY, leave_out=out).suggestion is None
    assert [hit.path for hit in index.suggest_titles("jardin", EVERYBODY, 10, leave_out=out)] == ["b/autre"]


def test_a_file_is_left_out_with_its_page(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Plan", key="file:a:plan.pdf", kind="file"), page("b", "Plan"))

    assert find(index, "plan", leave_out=frozenset({"a"})) == ["b"]


def test_more_audiences_than_fit_into_a_byte(tmp_path: Path) -> None:
    index = index_of(tmp_path, *(page(f"p{i}", "Verger", audience=f"group:g{i}") for i in range(300)))

    assert find(index, "verger", frozenset({"group:g299"})) == ["p299"]
