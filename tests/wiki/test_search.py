from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.wiki.search import SearchIndex
from tests.wiki.search_pages import EVERYBODY, MEMBERS, find, index_of, page, paths


@pytest.fixture
def valley(tmp_path: Path) -> SearchIndex:
    return index_of(
        tmp_path,
        page("lieux/epicerie", "L’épicerie", "Elle ouvre le mardi.", headings="Horaires\nFournisseurs"),
        page("lieux/reseau", "Le réseau", "Neuf épiceries se partagent un camion."),
        page("fetes/pain", "Fête du pain", "Le four est chauffé la veille. Apportez du bois.", kind="event"),
        page("fetes/musique", "Fête de la musique", "Scène ouverte devant le four à pain.", kind="event"),
        page("jardins/compost", "Compost", "Le compost chauffe. Retournez le tas.", tags=["terre"], names=["humus"]),
        page("bureau/comptes", "Comptes", "Le licenciement de Zoé.", audience="members"),
    )


@pytest.mark.parametrize("text", ["l'épicerie", "épiceries", "EPICERIE", "d’épicerie", "epiceries"])
def test_an_elided_singular_finds_the_plural_and_back(valley: SearchIndex, text: str) -> None:
    assert set(find(valley, text)) == {"lieux/epicerie", "lieux/reseau"}


def test_a_title_weighs_more_than_many_mentions(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("notes", "Notes", "compost " * 30), page("compost", "Compost", "Retournez le tas."))

    assert find(index, "compost") == ["compost", "notes"]


def test_title_then_names_then_headings_then_body(tmp_path: Path) -> None:
    words = "un deux trois quatre cinq"
    index = index_of(
        tmp_path,
        page("body", "A", f"verger {words}"),
        page("headings", "B", words, headings="verger"),
        page("names", "C", words, names=["verger"]),
        page("title", "Verger", words),
    )

    assert find(index, "verger") == ["title", "names", "headings", "body"]


def test_all_words_are_wanted(valley: SearchIndex) -> None:
    assert find(valley, "four bois") == ["fetes/pain"]


def test_when_nothing_has_all_words_some_will_do(valley: SearchIndex) -> None:
    results = valley.search("compost camion", audiences=EVERYBODY)

    assert results.is_partial and set(paths(results)) == {"jardins/compost", "lieux/reseau"}


def test_common_words_are_not_wanted(valley: SearchIndex) -> None:
    assert find(valley, "le tas de compost dans une") == ["jardins/compost"]


def test_a_title_of_common_words_is_found(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("nous", "Qui nous sommes"), page("autre", "Autre", "Qui est là ? Nous."))

    assert find(index, "qui nous") == ["nous"]


def test_the_last_word_may_be_a_beginning(valley: SearchIndex) -> None:
    assert set(find(valley, "épic")) == {"lieux/epicerie", "lieux/reseau"}
    assert find(valley, "chauffe retour") == ["jardins/compost"]


def test_a_beginning_in_the_middle_is_not_enough(valley: SearchIndex) -> None:
    assert valley.search("retour chauffe", audiences=EVERYBODY).is_partial


def test_the_exact_form_comes_before_other_forms_of_the_stem(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "", "une marche lente"), page("b", "", "un marché bio"))

    assert find(index, "marché") == ["b", "a"] and find(index, "marche") == ["a", "b"]


def test_a_phrase_wants_its_words_side_by_side(valley: SearchIndex) -> None:
    assert find(valley, '"four à pain"') == ["fetes/musique"]
    assert set(find(valley, "four pain")) == {"fetes/musique", "fetes/pain"}


@pytest.mark.parametrize("text", ['"fête de la musique"', "“Fête de la musique”", "« fête de la musique »"])
def test_phrases_are_quoted_in_every_way(valley: SearchIndex, text: str) -> None:
    assert find(valley, text) == ["fetes/musique"]


def test_a_phrase_does_not_reach_from_the_title_into_the_text(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Bois", "vert et sec"))

    assert index.search('"bois vert"', audiences=EVERYBODY).is_partial
    assert not index.search('"vert sec"', audiences=EVERYBODY).is_partial


def test_a_minus_excludes_a_word(valley: SearchIndex) -> None:
    assert find(valley, "fête -musique") == ["fetes/pain"]


def test_a_minus_excludes_a_phrase_and_a_hyphenated_word(tmp_path: Path) -> None:
    index = index_of(
        tmp_path, page("a", "", "fête chez grand-père"), page("b", "", "fête du père, grand feu"), page("c", "", "fête")
    )

    assert set(find(index, "fête -grand-père")) == {"b", "c"}
    assert set(find(index, 'fête -"grand feu"')) == {"a", "c"}


def test_a_hyphen_inside_a_word_excludes_nothing(tmp_path: Path) -> None:
    assert find(index_of(tmp_path, page("a", "", "le grand-père")), "grand-père") == ["a"]


def test_equals_come_newest_first(tmp_path: Path) -> None:
    old, new = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    index = index_of(tmp_path, page("a", "", "verger", at=old), page("b", "", "verger", at=new))

    assert find(index, "verger") == ["b", "a"]


def test_the_readers_language_comes_first_among_equals(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("en", "", "festival", lang="en"), page("fr", "", "festival", lang="fr"))

    assert find(index, "festival", lang="fr") == ["fr", "en"] and find(index, "festival", lang="en") == ["en", "fr"]


def test_english_is_found_in_the_same_index(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("en", "Community gardens", "Two cities share the boxes.", lang="en"))

    assert [find(index, text, lang="fr") for text in ("garden", "city", "box")] == [["en"]] * 3


def test_names_and_tags_are_found(valley: SearchIndex) -> None:
    assert find(valley, "humus") == find(valley, "terre") == ["jardins/compost"]


def test_pages_of_results_follow_each_other_without_repeats(tmp_path: Path) -> None:
    index = index_of(tmp_path, *(page(f"p{i:02}", "Pareil", "verger " * (i % 3)) for i in range(50)))
    shown = [path for number in range(1, 6) for path in find(index, "pareil", page=number, size=12)]

    assert sorted(shown) == [f"p{i:02}" for i in range(50)]


def test_a_page_far_behind_the_last_is_empty(valley: SearchIndex) -> None:
    results = valley.search("fête", audiences=EVERYBODY, page=10**9)

    assert results.hits == () and results.total == 2


def test_words_to_highlight_are_without_elision_and_quotes(valley: SearchIndex) -> None:
    assert valley.search('l\'épicerie "du pain"', audiences=EVERYBODY).words == ("épicerie", "pain")


def test_a_hit_names_the_document(valley: SearchIndex) -> None:
    (hit,) = valley.search("compost", audiences=EVERYBODY).hits

    assert (hit.key, hit.path, hit.kind) == ("jardins/compost", "jardins/compost", "page") and hit.score > 0


def test_facets_count_kinds_and_spaces(valley: SearchIndex) -> None:
    results = valley.search("pain", audiences=EVERYBODY)

    assert results.facets == {"kind": [("event", 2)], "space": [("fetes", 2)]}


def test_a_chosen_kind_leaves_the_other_kinds_countable(tmp_path: Path) -> None:
    index = index_of(
        tmp_path, page("a/1", "Pain"), page("a/2", "Pain", kind="event"), page("b/1", "Pain", kind="event")
    )
    results = index.search("pain", audiences=EVERYBODY, kind="event")

    assert set(paths(results)) == {"a/2", "b/1"} and results.total == 2
    assert results.facets == {"kind": [("event", 2), ("page", 1)], "space": [("a", 1), ("b", 1)]}


def test_a_space_is_chosen(valley: SearchIndex) -> None:
    assert set(find(valley, "épicerie", space="lieux")) == {"lieux/epicerie", "lieux/reseau"}
    assert find(valley, "épicerie", space="jardins") == []


def test_members_find_what_is_theirs(valley: SearchIndex) -> None:
    assert find(valley, "licenciement", MEMBERS) == ["bureau/comptes"]


def test_titles_are_suggested_from_any_of_their_words(valley: SearchIndex) -> None:
    suggested = valley.suggest_titles("fête", EVERYBODY, 10)

    assert [hit.path for hit in suggested] == ["fetes/musique", "fetes/pain"]
    assert [hit.path for hit in valley.suggest_titles("music", EVERYBODY, 10)] == []
    assert [hit.path for hit in valley.suggest_titles("MUSI", EVERYBODY, 10)] == ["fetes/musique"]
    assert len(valley.suggest_titles("fete", EVERYBODY, 1)) == 1
