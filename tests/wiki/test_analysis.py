import time

import pytest

from app.wiki.analysis import fold, list_words, stem


def stems(text: str) -> list[str]:
    return [word.stem for word in list_words(text)]


@pytest.mark.parametrize(
    "forms",
    [
        "épicerie épiceries l'épicerie l’épiceries d'épicerie qu'épicerie",
        "cheval chevaux",
        "travail travaux",
        "animateur animatrice animatrices",
        "collectif collective collectives",
        "heureux heureuse heureuses",
        "potager potagère potagers",
        "organiser organisé organisées organise",
        "paysan paysanne paysans",
        "bureau bureaux",
        "activité activités",
        "city cities",
        "box boxes",
        "garden gardens garden's",
        "meeting meetings",
    ],
)
def test_the_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len(set(stems(forms))) == 1


@pytest.mark.parametrize(
    "elided", ["l'eau", "l’eau", "d'eau", "qu'eau", "jusqu'eau", "lorsqu’eau", "puisqu'eau", "s'eau", "L'EAU", "c‘eau"]
)
def test_elisions_are_cut_off_with_every_apostrophe(elided: str) -> None:
    assert [word.surface for word in list_words(elided)] == ["eau"]


def test_an_apostrophe_inside_a_word_is_no_elision() -> None:
    assert stems("aujourd'hui aujourd’hui") == ["aujourdhui"] * 2


def test_accents_case_and_ligatures_are_folded() -> None:
    assert fold("Œuvre ÉTÉ ñandú Ça") == "oeuvre ete nandu ca"


def test_decomposed_letters_are_the_composed_ones() -> None:
    assert list_words("e\u0301te\u0301") == list_words("été")


def test_soft_hyphens_and_joiners_do_not_cut_a_word() -> None:
    assert stems("épi\u00adce\u200brie") == stems("épicerie")


def test_words_with_digits_are_kept_whole() -> None:
    assert stems("07150 20h30 co2") == ["07150", "20h30", "co2"]


def test_common_words_are_marked() -> None:
    assert [word.surface for word in list_words("le marché de la ville and the town") if not word.is_common] == [
        "marché", "ville", "town",
    ]  # fmt: skip


def test_short_words_keep_their_form() -> None:
    assert [stem(word) for word in ("bus", "rue", "as", "ete")] == ["bus", "rue", "as", "ete"]


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a'" * 300_000, "'" * 1_000_000, "é\u0301" * 300_000, "\0" * 1000])
def test_a_megabyte_of_nonsense_is_read_in_a_second(text: str) -> None:
    start = time.process_time()
    words = list_words(text)

    assert time.process_time() - start < 1 and all(len(word.surface) <= 256 for word in words)
