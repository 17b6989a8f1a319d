"""U4, U5, U8, U9, U12: every template in each of its states, seen by axe, measured at 1280, 360 and 320 px (see places.py)."""

import pytest

from tests.browser.places import PLACES, Place
from tests.browser.survey import Survey

# What is asked of one place is asked in one process, which then visits it once.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "place", [pytest.param(place, marks=pytest.mark.xdist_group(str(place)), id=str(place)) for place in PLACES]
    ),
]


def test_axe_finds_no_fault(survey: Survey, place: Place) -> None:
    assert survey.of(place).axe == []


def test_nothing_scrolls_sideways_on_a_small_screen_or_at_400_percent(survey: Survey, place: Place) -> None:
    assert survey.of(place).sideways == []


def test_targets_are_large_enough_for_a_finger(survey: Survey, place: Place) -> None:
    assert survey.of(place).small == []


def test_main_actions_are_large(survey: Survey, place: Place) -> None:
    assert survey.of(place).small_main == []


def test_scripts_do_not_fail_and_ask_nobody_else(survey: Survey, place: Place) -> None:
    assert survey.of(place).watched == []


def test_no_english_is_left_in_french(survey: Survey, place: Place) -> None:
    assert survey.of(place).english == []
