"""The days of a rule, compared with python-dateutil's, which is slow to end but knows RFC 5545."""

from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.calendar import repeating, rules
from app.errors import Invalid

START = datetime(2026, 3, 25, 8)
END = date(2030, 12, 31)


def ours(text: str, start: datetime = START, first: date = date.min, last: date = END) -> list[date]:
    return list(repeating.days(rules.read(text, start), start.date(), first, last))


def theirs(text: str, start: datetime, last: date) -> list[date]:
    days = (moment.date() for moment in rrulestr(text, dtstart=start.replace(hour=0)))
    return list(takewhile(lambda day: day <= last, days))


@st.composite
def texts(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    by_period = frequency in ("MONTHLY", "YEARLY")
    nth = st.sampled_from(["1", "2", "-1", "5"]) if by_period else st.just("")
    nth = draw(st.sampled_from([nth, st.just("")]))  # dateutil does not know “each Monday and the first Tuesday”
    weekdays = draw(st.lists(st.tuples(nth, st.sampled_from(repeating.WEEKDAYS)), max_size=3, unique=True))
    numbers = st.sampled_from([1, 2, 13, 28, 29, 31, -1, -2])
    month_days = draw(st.lists(numbers, max_size=3, unique=True)) if frequency != "WEEKLY" else []
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    parts = {"FREQ": frequency, "INTERVAL": str(draw(st.integers(1, 4)))}
    parts |= {"BYDAY": ",".join(map("".join, weekdays))} if weekdays else {}
    parts |= {"BYMONTHDAY": ",".join(map(str, month_days))} if month_days else {}
    parts |= {"BYMONTH": ",".join(map(str, months))} if months else {}
    if by_period and (weekdays or month_days) and draw(st.booleans()):
        parts["BYSETPOS"] = draw(st.sampled_from(["1", "-1", "2,-2"]))
    if frequency == "WEEKLY":
        parts["WKST"] = draw(st.sampled_from(["MO", "SU"]))
    ending = draw(st.sampled_from([{"COUNT": "2"}, {"UNTIL": "20290615"}]))
    return ";".join(f"{name}={value}" for name, value in (parts | ending).items())


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(texts(), st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 900))
def test_the_days_are_those_of_dateutil(text: str, first: date, later: int) -> None:
    start = datetime.combine(first, START.time())
    try:
        text = rules.check(text, start)  # what gives no date at all would keep dateutil busy
    except Invalid:
        return
    expected = theirs(text, start, END)
    window = first + timedelta(days=later)

    assert ours(text, start) == expected
    assert ours(text, start, window) == [day for day in expected if day >= window]


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        ("FREQ=YEARLY", date(2024, 2, 29), [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=5",
            date(2026, 1, 30),
            [date(2026, 1, 30), date(2026, 5, 29), date(2026, 7, 31)],
        ),
        ("FREQ=MONTHLY;BYDAY=5FR", date(2026, 1, 30), [date(2026, 1, 30), date(2026, 5, 29), date(2026, 7, 31)]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            date(2026, 1, 30),
            [date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 31)],
        ),
        ("FREQ=MONTHLY", date(2026, 1, 31), [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31)]),
        (
            "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
            date(2026, 1, 1),
            [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)],
        ),
    ],
)
def test_rare_days_are_found(text: str, start: date, days: list[date]) -> None:
    moment = datetime.combine(start, START.time())
    found = repeating.days(rules.read(text, moment), start, start, repeating.LAST_DAY)

    assert list(islice(found, 3)) == days


def test_the_last_day_is_included() -> None:
    assert ours("FREQ=WEEKLY;UNTIL=20260408")[-1] == date(2026, 4, 8)


def test_nothing_repeats_beyond_2100() -> None:
    began = perf_counter()

    assert ours("FREQ=DAILY", first=date(2100, 12, 30), last=date.max) == [date(2100, 12, 30), date(2100, 12, 31)]
    assert ours("FREQ=DAILY", first=date(9999, 12, 31), last=date.max) == []
    assert perf_counter() - began < 0.2
