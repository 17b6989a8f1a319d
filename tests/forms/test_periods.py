"""Periods of the past: the words stay, EDTF and the years are worked out where we understand them."""

import time

import pytest

from app.forms.types import TYPES
from app.forms.types.periods import century_of, say_century, years_of
from tests.forms.examples import field

PERIOD = TYPES["period"]


@pytest.mark.parametrize(
    ("words", "edtf", "earliest", "latest"),
    [
        ("1850", "1850", 1850, 1850),
        ("vers 1850", "1850~", 1840, 1860),
        ("vers 1853", "1853~", 1848, 1858),
        ("c. 1850", "1850~", 1840, 1860),
        ("1850 ?", "1850?", 1850, 1850),
        ("probablement vers 1850", "1850%", 1840, 1860),
        ("2e moitié du XVIIIe", "1751/1800", 1751, 1800),
        ("deuxième moitié du XVIIIᵉ siècle", "1751/1800", 1751, 1800),
        ("1er quart du XIXe siècle", "1801/1825", 1801, 1825),
        ("dernier tiers du XIXe s.", "1867/1900", 1867, 1900),
        ("début du XXe siècle", "1901~/1933~", 1901, 1933),
        ("milieu XVIIe", "1634~/1666~", 1634, 1666),
        ("late 18th century", "1767~/1800~", 1767, 1800),
        ("second quarter of the 19th century", "1826/1850", 1826, 1850),
        ("XVIIIe siècle", "1701/1800", 1701, 1800),
        ("18th c.", "1701/1800", 1701, 1800),
        ("fin XVIIIe - début XIXe", "1767~/1833~", 1767, 1833),
        ("du XVIe au XVIIIe siècle", "1501/1800", 1501, 1800),
        ("17e-18e siècle", "1601/1800", 1601, 1800),
        ("années 1930", "193X", 1930, 1939),
        ("the 1930s", "193X", 1930, 1939),
        ("fin des années 1930", "1936~/1939~", 1936, 1939),
        ("entre 1820 et 1840", "[1820..1840]", 1820, 1840),
        ("de 1820 à 1840", "1820/1840", 1820, 1840),
        ("1914-18", "1914/1918", 1914, 1918),
        ("1820 – 1840", "1820/1840", 1820, 1840),
        ("12 mars 1846", "1846-03-12", 1846, 1846),
        ("1er mai 1846", "1846-05-01", 1846, 1846),
        ("May 1846", "1846-05", 1846, 1846),
        ("printemps 1846", "1846-21", 1846, 1846),
        ("avant 1789", "[..1788]", None, 1788),
        ("before the 18th century", "[..1700]", None, 1700),
        ("après 1850", "[1851..]", 1851, None),
        ("depuis 1850", "1850/..", 1850, None),
        ("jusqu’en 1950", "../1950", None, 1950),
        ("Moyen Âge", "0476/1492", 476, 1492),
        ("Ier siècle av. J.-C.", "-0099/0000", -99, 0),
        ("52 av. J.-C.", "-0051", -51, -51),
    ],
)
def test_words_for_a_time_give_its_years(words: str, edtf: str, earliest: int | None, latest: int | None) -> None:
    value = PERIOD.read(field("period"), {"": [words]})

    assert isinstance(value, dict)
    assert (value["text"], value["edtf"]) == (words, edtf)
    assert years_of(value) == (earliest, latest)


@pytest.mark.parametrize(
    "words",
    [
        "il y a longtemps",
        "1850-1840",
        "XXIIIe siècle",
        "12 brumaire",
        "5e quart du XIXe siècle",
        "du temps de ma grand-mère",
        "30/02/1846",
        "vers",
        "entre 1820",
        "18e",
        "vers avant 1850 ou pas",
    ],
)
def test_what_is_not_understood_keeps_its_words_alone(words: str) -> None:
    assert PERIOD.read(field("period"), {"": [words]}) == {"text": words}


def test_years_that_somebody_wrote_by_hand_stay_where_the_words_say_none() -> None:
    value = {"text": "au temps des moulins", "edtf": "1600/1850", "earliest": "1600", "latest": "1850"}

    assert PERIOD.check(field("period"), value) == value
    assert PERIOD.check(field("period"), {**value, "earliest": "old"}) == {
        k: v for k, v in value.items() if k != "earliest"
    }


def test_a_period_counts_for_each_century_that_it_touches() -> None:
    value = PERIOD.check(field("period"), "entre 1690 et 1810")

    assert [key.text for key in PERIOD.keys(field("period"), value)] == ["17", "18", "19"]
    assert {key.number for key in PERIOD.keys(field("period"), value)} == {1690}


def test_centuries_are_numbered_from_their_first_year() -> None:
    assert [century_of(year) for year in (1800, 1801, 1, 0, -99, -100)] == [18, 19, 1, -1, -1, -2]
    assert [say_century(number, "fr") for number in (1, 18, -2)] == [
        "Ier siècle",
        "XVIIIe siècle",
        "IIe siècle av. J.-C.",
    ]
    assert [say_century(number, "en") for number in (1, 12, 22)] == ["1st century", "12th century", "22nd century"]


@pytest.mark.parametrize(
    "words",
    [
        "vers " * 40,
        "1 à " * 50,
        "e-" * 100,
        "entre entre entre 1 et 2 et 3 et 4",
        "ou 1850 " * 25,
        "(" * 200,
        "IVX" * 60,
    ],
)
def test_long_and_crooked_words_cost_nothing(words: str) -> None:
    start = time.perf_counter()
    PERIOD.check(field("period"), words[:200])

    assert time.perf_counter() - start < 0.2
