"""After a page was erased from history nobody misses news, or hears them twice: changes have other numbers then."""

from collections.abc import Callable

import pytest

from app.cli.erasing import erase
from app.follow import rhythm
from tests.follow.hands import ALL, Town, until

Later = Callable[[float], None]


def _quietly(_what: str, _done: int, _all: int) -> None:
    """Say nothing of how far it is."""


@pytest.mark.parametrize("how_often", [rhythm.NOW, rhythm.WEEKLY])
def test_all_that_happens_after_a_page_was_erased_is_told(town: Town, later: Later, how_often: str) -> None:
    idris = town.settle("Idris")
    for number in range(6):
        town.write("secret", f"Mot {number}.")
    town.follow(idris, ALL, how_often=how_often)
    erase(town.station, "secret", _quietly)
    for number in range(8):
        town.write(f"ruche-{number}", "Un mot.")
    later(until(rhythm.WEEKLY))
    town.tell()

    news = town.news_of(idris)
    assert [number for number in range(8) if f"/ruche-{number}\n" in news] == list(range(8))


def test_what_was_told_before_a_page_was_erased_is_not_told_again(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.write("secret", "Un mot.")
    town.follow(idris, ALL)
    town.write("compost", "Un bac.")
    later(700)
    told = town.tell()
    erase(town.station, "secret", _quietly)
    later(1400)

    assert (told, town.tell()) == ("1 mails", None)
