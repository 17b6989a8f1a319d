"""Which backups are kept: looked at over months, day after day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.backup.retention import DAILY, WEEKLY, too_old

START = date(2026, 1, 1)


def _kept_after(days: int) -> list[date]:
    """Make a backup each day and remove what is too old, as the job does; newest first."""
    kept: set[date] = set()
    for number in range(days):
        today = START + timedelta(number)
        kept.add(today)
        kept -= too_old(kept, today)
    return sorted(kept, reverse=True)


def test_the_last_7_days_are_kept() -> None:
    kept = _kept_after(100)

    assert kept[:DAILY] == [START + timedelta(99 - number) for number in range(DAILY)]


@pytest.mark.parametrize("days", [60, 61, 62, 63, 64, 65, 66, 100, 366])
def test_of_the_4_weeks_before_one_each_is_kept(days: int) -> None:
    weekly = _kept_after(days)[DAILY:]
    gaps = [(new - old).days for new, old in pairwise(weekly)]

    assert (len(weekly), gaps) == (WEEKLY, [7, 7, 7])


def test_the_oldest_is_at_least_4_weeks_old() -> None:
    ages = {((START + timedelta(days - 1)) - _kept_after(days)[-1]).days for days in range(50, 100)}

    assert min(ages) >= 28


def test_the_first_days_are_all_kept() -> None:
    assert len(_kept_after(DAILY)) == DAILY


def test_after_a_long_pause_the_old_ones_stay_until_new_ones_come() -> None:
    old = {START + timedelta(number) for number in range(DAILY)}

    assert too_old(old, START + timedelta(400)) == set()


def test_days_that_have_not_come_yet_neither_count_nor_go() -> None:
    future = {START + timedelta(1000 + number) for number in range(20)}
    today = {START}

    assert too_old(future | today, START) == set()
