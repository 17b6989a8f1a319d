"""Changes of a series: of one date, of one and all later ones, of all."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar import series
from app.calendar.expansion import expand, find_date
from app.calendar.schedule import Change, Schedule
from app.errors import Invalid

MORNING = Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12), "Europe/Paris")
WEEKLY = replace(MORNING, rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709")
SECOND, THIRD = date(2026, 4, 1), date(2026, 4, 8)


def days(schedule: Schedule) -> list[str]:
    return [f"{one.start:%m-%d}" for one in expand(schedule, date(2026, 1, 1), date(2027, 12, 31))]


def test_one_date_is_changed_and_changed_back() -> None:
    changed = series.change_date(WEEKLY, THIRD, Change(place="Halle"))
    found = find_date(changed, THIRD)

    assert found and found.change.place == "Halle"
    assert series.change_date(changed, THIRD, Change()) == WEEKLY


def test_what_is_no_date_cannot_be_changed() -> None:
    for act in (
        lambda: series.change_date(WEEKLY, date(2026, 4, 9), Change(place="x")),
        lambda: series.skip(MORNING, SECOND),
    ):
        with pytest.raises(Invalid) as refused:
            act()

        assert refused.value.msgid == series.NOT_A_DATE


def test_a_date_is_left_out_and_brought_back() -> None:
    left_out = series.skip(WEEKLY, THIRD)

    assert "04-08" not in days(left_out)
    assert series.is_left_out(left_out, THIRD) and not series.is_left_out(WEEKLY, THIRD)
    assert series.bring_back(left_out, THIRD) == WEEKLY


def test_a_cancelled_date_is_brought_back() -> None:
    cancelled = series.change_date(WEEKLY, THIRD, Change(is_cancelled=True, reason="Pluie"))

    assert series.bring_back(cancelled, THIRD) == WEEKLY


def test_an_extra_date_is_simply_taken_away() -> None:
    more = replace(WEEKLY, extra=(datetime(2026, 7, 15, 8),))

    assert series.skip(more, date(2026, 7, 15)) == WEEKLY


def test_a_day_of_holidays_is_brought_back_as_an_extra_date() -> None:
    back = series.bring_back(replace(WEEKLY, holidays=("school-c",)), date(2026, 4, 22))

    assert "04-22" in days(back) and "04-29" not in days(back)


def test_what_never_was_a_date_cannot_come_back() -> None:
    with pytest.raises(Invalid):
        series.bring_back(WEEKLY, date(2026, 4, 9))


def test_a_series_is_parted_at_a_date() -> None:
    whole = replace(WEEKLY, skipped=(SECOND, date(2026, 5, 6)), changes={THIRD: Change(place="Halle")})
    before, after = series.split(whole, THIRD)

    assert before.rule == "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260401" and before.skipped == (SECOND,) and not before.changes
    assert after.start == datetime(2026, 4, 8, 8) and after.changes == whole.changes
    assert days(before) + days(after) == days(whole)


def test_the_first_date_has_nothing_before_it() -> None:
    with pytest.raises(Invalid) as refused:
        series.split(WEEKLY, MORNING.start.date())

    assert refused.value.msgid == series.NOTHING_BEFORE


def test_a_number_of_dates_is_shared_out() -> None:
    before, after = series.split(replace(MORNING, rule="FREQ=WEEKLY;COUNT=5", skipped=(SECOND,)), THIRD)

    assert (days(before), after.rule, len(days(after))) == (["03-25"], "FREQ=WEEKLY;COUNT=3", 3)


def test_one_date_that_is_left_is_still_known_by_its_day() -> None:
    before, after = series.split(replace(MORNING, extra=(datetime(2026, 4, 1, 9),)), SECOND)

    assert [one.original for one in expand(before, SECOND - timedelta(days=30), THIRD)] == [MORNING.start.date()]
    assert [(one.original, one.start.hour) for one in expand(after, SECOND, THIRD)] == [(SECOND, 9)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [
            "FREQ=DAILY;INTERVAL=3;COUNT=40",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SA",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=-1WE;COUNT=9",
            "",
        ]
    ),
    st.lists(st.dates(date(2026, 3, 26), date(2027, 3, 1)), min_size=1, max_size=4),
    st.data(),
)
def test_nothing_is_lost_or_doubled_when_a_series_is_parted(rule: str, extra: list[date], data: st.DataObject) -> None:
    start = replace(
        MORNING, rule=rule, extra=tuple(datetime.combine(day, MORNING.start.time()) for day in sorted(set(extra)))
    )
    window = date(2026, 1, 1), date(2027, 12, 31)
    whole = expand(start, *window)
    at = data.draw(st.sampled_from(whole[1:] or whole))
    assert at.original
    if at.original == whole[0].original:
        return
    before, after = series.split(start, at.original)

    assert expand(before, *window) + expand(after, *window) == whole


def test_what_is_known_goes_along_when_the_whole_series_is_typed_anew() -> None:
    own = replace(WEEKLY, skipped=(SECOND,), changes={THIRD: Change(place="Halle")})
    typed = replace(own, start=datetime(2026, 3, 26, 8), end=datetime(2026, 3, 26, 12), rule="FREQ=WEEKLY;BYDAY=TH")
    moved = series.carried(own, typed)

    assert (moved.skipped, moved.changes) == ((date(2026, 4, 2),), {date(2026, 4, 9): Change(place="Halle")})


def test_what_is_known_stays_where_its_day_is_still_a_date() -> None:
    own = replace(WEEKLY, skipped=(SECOND,), changes={THIRD: Change(place="Halle")})
    earlier = replace(own, start=datetime(2026, 3, 18, 9), end=datetime(2026, 3, 18, 12))

    assert series.carried(own, earlier) == earlier


def test_the_third_date_of_a_month_stays_the_third() -> None:
    monthly = replace(
        MORNING, start=datetime(2026, 3, 7, 8), end=datetime(2026, 3, 7, 12), rule="FREQ=MONTHLY;BYDAY=1SA"
    )
    own = replace(monthly, changes={date(2026, 5, 2): Change(start=datetime(2026, 5, 2, 9), place="Halle")})
    typed = replace(own, start=datetime(2026, 3, 1, 8), end=datetime(2026, 3, 1, 12), rule="FREQ=MONTHLY;BYDAY=1SU")

    assert series.carried(own, typed).changes == {
        date(2026, 5, 3): Change(start=datetime(2026, 5, 3, 9), place="Halle")
    }


def _moved(rule: str, start: date, new_rule: str, new_start: date) -> dict[str, str]:
    old, new = (
        replace(MORNING, start=datetime.combine(first, MORNING.start.time()),
                end=datetime.combine(first, MORNING.end.time()), rule=said)
        for first, said in ((start, rule), (new_start, new_rule))
    )  # fmt: skip
    known = [one.original for one in expand(old, date(2026, 3, 1), date(2026, 4, 30)) if one.original]
    return {f"{day:%m-%d}": f"{place:%m-%d}" for day, place in series.moved_days(old, new, known).items()}


MARCH_25 = date(2026, 3, 25)


@pytest.mark.parametrize(
    ("first", "thursdays"),
    [(date(2026, 3, 26), ["03-26", "04-02", "04-09"]), (date(2026, 3, 19), ["03-19", "03-26", "04-02"])],
)
def test_a_wednesday_becomes_the_thursday_of_its_place(first: date, thursdays: list[str]) -> None:
    moved = _moved("FREQ=WEEKLY;COUNT=3", MARCH_25, "FREQ=WEEKLY", first)

    assert moved == dict(zip(["03-25", "04-01", "04-08"], thursdays, strict=True))


def test_a_series_that_begins_later_on_another_weekday_keeps_dates_near() -> None:
    moved = _moved("FREQ=WEEKLY;BYDAY=WE", date(2025, 3, 26), "FREQ=WEEKLY", date(2026, 4, 9))

    assert moved == {"04-08": "04-09", "04-15": "04-16", "04-22": "04-23", "04-29": "04-30"}


@pytest.mark.parametrize(
    ("rule", "start", "why"),
    [
        ("FREQ=WEEKLY", date(2026, 4, 1), "it begins later"),
        ("FREQ=WEEKLY;INTERVAL=2", date(2026, 3, 26), "half of them are gone"),
        ("FREQ=MONTHLY", date(2026, 3, 26), "it is no weekly series any more"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", date(2026, 3, 26), "there are twice as many"),
        ("FREQ=WEEKLY", date(2026, 7, 2), "it is another season"),
    ],
)
def test_a_date_that_has_no_place_in_the_new_series_is_not_moved(rule: str, start: date, why: str) -> None:
    assert _moved("FREQ=WEEKLY;COUNT=5", MARCH_25, rule, start) == {}, why


def test_of_two_weekdays_the_one_that_is_still_there_stays() -> None:
    moved = _moved("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6", date(2026, 3, 23), "FREQ=WEEKLY;BYDAY=TU,WE", date(2026, 3, 24))

    assert moved == {"03-23": "03-24", "03-30": "03-31", "04-06": "04-07"}
