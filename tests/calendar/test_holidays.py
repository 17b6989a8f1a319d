"""Days on which nothing takes place."""

from datetime import date, timedelta

from dateutil.easter import easter as their_easter

from app.calendar import holidays, school_holidays


def test_easter_is_where_dateutil_finds_it() -> None:
    assert all(holidays.easter(year) == their_easter(year) for year in range(1900, 2101))


def test_france_has_eleven_public_holidays() -> None:
    days = holidays.days_off(["public"], date(2026, 1, 1), date(2026, 12, 31))

    assert [f"{day:%m-%d}" for day in sorted(days)] == [
        "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25",
    ]  # fmt: skip


def test_zones_have_their_own_winter() -> None:
    winter = {
        name: min(holidays.days_off([name], date(2026, 2, 1), date(2026, 3, 31))) for name in school_holidays.SETS
    }

    assert winter == {"school-a": date(2026, 2, 7), "school-b": date(2026, 2, 14), "school-c": date(2026, 2, 21)}


def test_holidays_include_their_first_and_their_last_day() -> None:
    spring = holidays.days_off(["school-c"], date(2026, 4, 1), date(2026, 5, 31))

    assert (min(spring), max(spring), len(spring)) == (date(2026, 4, 18), date(2026, 5, 3), 16)


def test_sets_are_added_up_and_cut_to_the_days_asked_for() -> None:
    days = holidays.days_off(["public", "school-a"], date(2026, 4, 19), date(2026, 5, 1))

    assert days == {date(2026, 4, 19), date(2026, 5, 1)}


def test_what_is_known_of_school_years_has_an_end() -> None:
    last = school_holidays.known_until()

    assert holidays.is_off(last, school_holidays.SETS)
    assert not holidays.days_off(school_holidays.SETS, last + timedelta(days=1), date(2100, 12, 31))


def test_an_unknown_set_has_no_days() -> None:
    assert holidays.days_off(["school-z"], date(2026, 1, 1), date(2026, 12, 31)) == set()
