"""How alike names are, and what is near: as RapidFuzz says, without it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.catalog.record_rows import Point
from app.records.likeness import around, bare, kilometres, likeness

SAME = [
    ("Épicerie sociale", "epicerie sociale"),
    ("Le Jardin partagé de Lune", "Jardin partagé de la Lune"),
    ("Atelier vélo La Roue libre", "La Roue Libre, atelier vélo"),
    ("Café associatif l'Escale", "L’Escale - café associatif"),
    ("Ressourcerie du Val", "Ressourcerie du val"),
    ("AMAP des Coteaux", "A.M.A.P. des Côteaux"),
    ("Four à pain de Chastelou", "Four a pain Chastelou"),
    ("Bibliothèque municipale", "Biblothèque municipale"),
    ("Chapelle Saint-Roch", "Chapelle St Roch"),
    ("Moulin de la Ribeyre", "Moulin de Ribeyre"),
]
OTHERS = ["Épicerie sociale", "École de musique", "Jardin partagé", "Chapelle Saint-Roch", "Four à pain", "Atelier vélo",
          "Moulin de la Ribeyre", "Fontaine du bas", "Lavoir du haut", "Repair café"]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_one_thing_are_alike(one: str, other: str) -> None:
    assert likeness(bare(one), bare(other), 80) >= 80


def test_names_of_different_things_are_not() -> None:
    assert [(one, other) for one, other in combinations(OTHERS, 2) if likeness(bare(one), bare(other), 80)] == []


@given(some.text("abcde ", max_size=12), some.text("abcde ", max_size=12))
def test_likeness_is_that_of_the_longest_common_subsequence(one: str, other: str) -> None:
    row = [0] * (len(other) + 1)
    for letter in one:
        row, last = [0], row
        for place, against in enumerate(other):
            row.append(last[place] + 1 if letter == against else max(row[-1], last[place + 1]))
    wanted = round(200 * row[-1] / (len(one) + len(other))) if one or other else 0

    assert likeness(one, other) == likeness(other, one) == wanted


@given(some.text(max_size=80), some.text(max_size=80), some.integers(0, 100))
def test_a_least_likeness_leaves_out_only_what_is_less(one: str, other: str, least: int) -> None:
    score = likeness(bare(one), bare(other))

    assert likeness(bare(one), bare(other), least) == (score if score >= least else 0)


def test_kilometres_are_right_nearby_and_bounds_hold_them() -> None:
    here = Point(44.60, 4.40)
    north, east = Point(44.609, 4.40), Point(44.60, 4.4126)
    south, west, top, right = around(here)

    assert 0.95 < kilometres(here, north) < 1.05 and 0.95 < kilometres(here, east) < 1.05
    assert (
        south < here.lat - 0.0089 and top > here.lat + 0.0089 and west < here.lon - 0.0125 and right > here.lon + 0.0125
    )
