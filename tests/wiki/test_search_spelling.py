from pathlib import Path

import pytest

from app.wiki.search import SearchIndex
from tests.wiki.search_pages import EVERYBODY, index_of, page, paths


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    return index_of(
        tmp_path,
        page("epicerie", "L’épicerie", "Une épicerie associative au village"),
        page("permaculture", "Permaculture", "Le maraîchage au village"),
        page("village", "Village", "Le village, encore le village"),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("épcerie", "épicerie"),
        ("éppicerie", "épicerie"),
        ("épiverie", "épicerie"),
        ("épiecrie", "épicerie"),
        ("pericerie", None),
        ("villaeg", "village"),
        ("permaculure", "permaculture"),
        ("premaculure", "permaculture"),
        ("maraichgae", "maraîchage"),
        ("associatif village permacultur", None),
        ("xyzzyq", None),
    ],
)
def test_the_nearest_word_is_suggested_with_its_accents(index: SearchIndex, typed: str, meant: str | None) -> None:
    assert index.search(typed, audiences=EVERYBODY).suggestion == meant


def test_when_nothing_is_found_the_suggestion_is_answered(index: SearchIndex) -> None:
    results = index.search("épcerie", audiences=EVERYBODY)

    assert results.is_corrected and paths(results) == ["epicerie"] and results.words == ("épicerie",)


def test_the_other_words_of_the_question_stay(index: SearchIndex) -> None:
    results = index.search('village -permaculture "épcerie associative"', audiences=EVERYBODY)

    assert results.suggestion == 'village -permaculture "épicerie associative"'


def test_right_words_are_answered_while_a_wrong_one_is_corrected(index: SearchIndex) -> None:
    results = index.search("épcerie village", audiences=EVERYBODY)

    assert results.suggestion == "épicerie village" and results.is_partial and not results.is_corrected
    assert len(results.hits) == 3


def test_found_words_are_not_corrected(index: SearchIndex) -> None:
    assert index.search("village", audiences=EVERYBODY).suggestion is None


def test_short_words_and_numbers_are_not_corrected(index: SearchIndex) -> None:
    assert [index.search(text, audiences=EVERYBODY).suggestion for text in ("vil lle", "07150", "a1b2c3")] == [None] * 3


def test_the_most_frequent_of_equally_near_words_is_suggested(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "", "la marche"), *(page(f"p{i}", "", "le marcha public") for i in range(3)))

    assert index.search("marchx", audiences=EVERYBODY).suggestion == "marcha"
