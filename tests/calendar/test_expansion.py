"""The dates of a schedule, against the plainest way to find them, and in the corners."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar import expansion, holidays, repeating, rules
from app.calendar.schedule import Change, Occurrence, Schedule

PARIS = "Europe/Paris"
MORNING = Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12), PARIS)
WEEKLY = replace(MORNING, rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709")
YEAR = date(2026, 1, 1), date(2026, 12, 31)


def days(found: list[Occurrence]) -> list[str]:
    return [f"{one.start:%m-%d}" for one in found]


def naive(schedule: Schedule, first: date, last: date) -> set[tuple[date, datetime, datetime]]:
    """Walk through everything from the very beginning, as a person with a calendar would."""
    start = schedule.start.date()
    by_rule = repeating.days(rules.read(schedule.rule, schedule.start), start, start, date(2031, 1, 1))
    off = {*schedule.skipped, *holidays.days_off(schedule.holidays, start, date(2031, 1, 1))}
    starts = {one.date(): one for one in schedule.extra}
    starts |= {day: datetime.combine(day, schedule.start.time()) for day in by_rule if day not in off}
    found = set()
    for day, planned in starts.items():
        change = schedule.changes.get(day, Change())
        begins = change.start or planned
        ends = change.end or begins + (schedule.end - schedule.start)
        if begins.date() <= last and ends.date() >= first:
            found.add((day, begins, ends))
    return found


dates = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(
        [
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=WE,SA",
            "FREQ=MONTHLY;BYDAY=1SA",
            "FREQ=WEEKLY;COUNT=30",
            "FREQ=MONTHLY;COUNT=5",
        ]
    ),
    st.integers(0, 100),
    st.lists(dates, max_size=4),
    st.lists(dates, max_size=4),
    st.lists(st.tuples(dates, dates), max_size=4),
    st.lists(st.sampled_from(holidays.SETS), max_size=2),
    dates,
    st.integers(0, 200),
)
def test_the_dates_are_those_of_the_plainest_way(
    rule: str,
    hours: int,
    extra: list[date],
    skipped: list[date],
    moved: list[tuple[date, date]],
    sets: list[str],
    first: date,
    span: int,
) -> None:
    hour = MORNING.start.time()
    schedule = replace(
        MORNING,
        start=datetime(2026, 1, 7, 8),
        end=datetime(2026, 1, 7, 8) + timedelta(hours=hours),
        timezone="UTC",
        rule=rule,
        extra=tuple(datetime.combine(day, hour) for day in sorted(set(extra))),
        skipped=tuple(skipped),
        holidays=tuple(sets),
        changes={old: Change(start=datetime.combine(new, hour)) for old, new in moved},
    )
    last = first + timedelta(days=span)
    found = expansion.expand(schedule, first, last)

    assert {(one.original, one.start, one.end) for one in found} == naive(schedule, first, last)
    assert found == sorted(found, key=lambda one: (one.starts_at, one.ends_at))
    assert len({one.original for one in found}) == len(found)


def test_what_takes_place_once_has_no_day_of_a_series() -> None:
    assert expansion.expand(MORNING, *YEAR) == [
        Occurrence(MORNING.start, MORNING.end, 1774422000, 1774436400, None)  # 07:00 and 11:00 UTC
    ]


def test_the_window_takes_all_that_touches_it() -> None:
    three_days = replace(WEEKLY, end=WEEKLY.start + timedelta(days=2))

    assert days(expansion.expand(three_days, date(2026, 4, 3), date(2026, 4, 8))) == ["04-01", "04-08"]


def test_dates_that_are_left_out_are_still_counted() -> None:
    series = replace(MORNING, rule="FREQ=WEEKLY;COUNT=4", skipped=(date(2026, 4, 1),))

    assert days(expansion.expand(series, *YEAR)) == ["03-25", "04-08", "04-15"]


def test_school_and_public_holidays_are_left_out() -> None:
    series = replace(WEEKLY, holidays=("school-c",), rule="FREQ=WEEKLY;UNTIL=20260513")

    assert days(expansion.expand(series, *YEAR)) == ["03-25", "04-01", "04-08", "04-15", "05-06", "05-13"]


def test_extra_dates_without_a_rule_add_to_the_first() -> None:
    series = replace(MORNING, extra=(datetime(2026, 4, 2, 14), datetime(2026, 4, 1, 8)))
    found = expansion.expand(series, *YEAR)

    assert [(one.original, one.start.hour, one.end.hour) for one in found] == [
        (date(2026, 3, 25), 8, 12),
        (date(2026, 4, 1), 8, 12),
        (date(2026, 4, 2), 14, 18),
    ]


def test_there_is_one_date_a_day() -> None:
    series = replace(WEEKLY, extra=(datetime(2026, 4, 1, 18),))

    assert [one.start.hour for one in expansion.expand(series, date(2026, 4, 1), date(2026, 4, 1))] == [8]


def test_an_extra_date_stands_in_for_one_that_is_left_out() -> None:
    series = replace(WEEKLY, skipped=(date(2026, 4, 1),), extra=(datetime(2026, 4, 1, 18),))

    assert [one.start.hour for one in expansion.expand(series, date(2026, 4, 1), date(2026, 4, 1))] == [18]


def test_a_moved_date_is_found_where_it_is_now() -> None:
    moved = replace(WEEKLY, changes={date(2026, 7, 8): Change(start=datetime(2026, 9, 3, 9))})

    assert days(expansion.expand(moved, date(2026, 7, 1), date(2026, 7, 31))) == ["07-01"]
    assert [one.original for one in expansion.expand(moved, date(2026, 9, 1), date(2026, 9, 30))] == [date(2026, 7, 8)]


def test_a_cancelled_date_is_given_and_says_so() -> None:
    series = replace(WEEKLY, changes={date(2026, 4, 8): Change(is_cancelled=True, reason="Pluie")})

    assert [one.change.reason for one in expansion.expand(series, date(2026, 4, 1), date(2026, 4, 8))] == ["", "Pluie"]


def test_a_change_of_a_day_that_is_none_of_its_dates_changes_nothing() -> None:
    series = replace(WEEKLY, changes={date(2026, 4, 9): Change(start=datetime(2026, 4, 9, 9))})

    assert expansion.expand(series, *YEAR) == expansion.expand(WEEKLY, *YEAR)


def test_a_time_that_is_left_out_in_spring_still_takes_place() -> None:
    night = Schedule(datetime(2026, 3, 28, 2, 30), datetime(2026, 3, 28, 2, 50), PARIS, rule="FREQ=DAILY;COUNT=3")
    found = expansion.expand(night, *YEAR)

    assert [f"{one.start:%d %H:%M}-{one.end:%H:%M}" for one in found] == [
        "28 02:30-02:50",
        "29 03:30-03:50",
        "30 02:30-02:50",
    ]
    assert [one.ends_at - one.starts_at for one in found] == [1200, 1200, 1200]


@pytest.mark.parametrize(("zone", "hours"), [(PARIS, [8, 7, 8]), ("America/Martinique", [8, 8, 8])])
def test_a_night_ends_by_the_clock_on_the_wall(zone: str, hours: list[int]) -> None:
    night = Schedule(datetime(2026, 3, 27, 22), datetime(2026, 3, 28, 6), zone, rule="FREQ=DAILY;COUNT=3")
    found = expansion.expand(night, *YEAR)

    assert [(one.ends_at - one.starts_at) // 3600 for one in found] == hours
    assert {f"{one.end:%H:%M}" for one in found} == {"06:00"}


def test_a_night_of_autumn_is_an_hour_longer() -> None:
    night = Schedule(datetime(2026, 10, 24, 22), datetime(2026, 10, 25, 6), PARIS)
    [found] = expansion.expand(night, *YEAR)

    assert found.ends_at - found.starts_at == 9 * 3600


def test_a_whole_day_ends_at_the_midnight_after() -> None:
    [found] = expansion.expand(Schedule(datetime(2026, 3, 29), datetime(2026, 3, 29), PARIS, is_all_day=True), *YEAR)

    assert (found.end, found.ends_at - found.starts_at) == (datetime(2026, 3, 29), 23 * 3600)


def test_the_last_day_of_all_is_no_trap() -> None:
    for is_all_day in (True, False):
        last = Schedule(datetime(9999, 12, 31), datetime(9999, 12, 31), PARIS, is_all_day=is_all_day)

        assert len(expansion.expand(last, date.min, date.max)) == 1
        assert len(expansion.next_dates(last, date(2026, 1, 1), 5)) == 1


def test_never_more_dates_than_asked_for() -> None:
    daily = replace(MORNING, rule="FREQ=DAILY")

    assert len(expansion.expand(daily, date.min, date.max)) == expansion.MOST
    assert days(expansion.expand(daily, date.min, date.max, 2)) == ["03-25", "03-26"]


def test_five_hundred_dates_cost_little() -> None:
    series = replace(MORNING, rule="FREQ=WEEKLY;COUNT=500", holidays=("public",))
    expansion.expand(series, *YEAR)  # the holidays are worked out once
    began = perf_counter()
    found = expansion.expand(series, date(2026, 1, 1), date(2036, 12, 31))

    assert len(found) > 480
    assert perf_counter() - began < 0.1  # 15 ms; a machine that is busy with other tests takes longer


def test_ten_thousand_exceptions_cost_little() -> None:
    skipped = tuple(MORNING.start.date() + timedelta(days=number) for number in range(10_000))
    series = replace(MORNING, rule="FREQ=DAILY", skipped=skipped)
    began = perf_counter()
    found = expansion.expand(series, *YEAR)
    later = expansion.next_dates(series, date(2026, 1, 1), 1)

    assert found == []
    assert [one.original for one in later] == [date(2053, 8, 10)]
    assert perf_counter() - began < 0.5


def test_the_next_dates_are_found_however_far() -> None:
    leap = Schedule(datetime(2024, 2, 29, 20), datetime(2024, 2, 29, 22), PARIS, rule="FREQ=YEARLY")

    assert [one.start.year for one in expansion.next_dates(leap, date(2026, 1, 1), 3)] == [2028, 2032, 2036]
    assert days(expansion.next_dates(WEEKLY, date(2026, 6, 25), 5)) == ["07-01", "07-08"]


def test_a_date_is_found_by_its_day() -> None:
    series = replace(
        WEEKLY, skipped=(date(2026, 4, 15),), changes={date(2026, 4, 8): Change(start=datetime(2026, 4, 9, 9))}
    )
    found = expansion.find_date(series, date(2026, 4, 8))

    assert found and found.start == datetime(2026, 4, 9, 9)
    assert expansion.find_date(series, date(2026, 4, 9)) is None
    assert expansion.find_date(series, date(2026, 4, 15)) is None
    assert expansion.find_date(MORNING, MORNING.start.date()) is None


def test_moments_are_those_of_the_zone() -> None:
    [found] = expansion.expand(replace(MORNING, timezone="America/Martinique"), *YEAR)

    assert datetime.fromtimestamp(found.starts_at, UTC).hour == 12
