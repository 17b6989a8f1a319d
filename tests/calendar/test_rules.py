"""Rules of repetition: what is taken, what is refused, and how soon."""

from datetime import date, datetime
from time import perf_counter

import pytest

from app.calendar import rules
from app.errors import Invalid

START = datetime(2026, 3, 25, 8)

REFUSED = {
    "FREQ=WEEKLY;INTERVAL=0": rules.BAD_INTERVAL,
    "FREQ=WEEKLY;INTERVAL=-1": rules.BAD_INTERVAL,
    "FREQ=WEEKLY;INTERVAL=²": rules.BAD_INTERVAL,
    "FREQ=SECONDLY": rules.TOO_FINE,
    "FREQ=MINUTELY;COUNT=3": rules.TOO_FINE,
    "FREQ=HOURLY": rules.TOO_FINE,
    "FREQ=DAILY;BYHOUR=8,9": rules.TOO_FINE,
    "FREQ=DAILY;BYMINUTE=0,30": rules.TOO_FINE,
    "FREQ=DAILY;BYSECOND=0,30": rules.TOO_FINE,
    "FREQ=DAILY;COUNT=999999": rules.BAD_COUNT,
    "FREQ=DAILY;COUNT=0": rules.BAD_COUNT,
    "FREQ=DAILY;COUNT=1e3": rules.BAD_COUNT,
    "FREQ=DAILY;COUNT=3;UNTIL=20260709": rules.TWO_ENDS,
    "FREQ=DAILY;UNTIL=20260324": rules.ENDS_BEFORE,
    "FREQ=DAILY;UNTIL=99991231": rules.TOO_FAR,
    "FREQ=DAILY;UNTIL=20261332": rules.UNREADABLE,
    "FREQ=DAILY;UNTIL=tomorrow": rules.UNREADABLE,
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0": rules.UNREADABLE,
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367": rules.UNREADABLE,
    "FREQ=MONTHLY;BYSETPOS=1": rules.UNREADABLE,
    "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1": rules.UNREADABLE,
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6": rules.NO_DATES,
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30": rules.NO_DATES,
    "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=4": rules.NO_DATES,
    "FREQ=WEEKLY;BYDAY=2MO": rules.UNREADABLE,
    "FREQ=WEEKLY;BYDAY=0MO": rules.UNREADABLE,
    "FREQ=MONTHLY;BYDAY=54MO": rules.UNREADABLE,
    "FREQ=WEEKLY;BYDAY=XX": rules.UNREADABLE,
    "FREQ=WEEKLY;BYMONTHDAY=3": rules.UNREADABLE,
    "FREQ=MONTHLY;BYMONTHDAY=32": rules.UNREADABLE,
    "FREQ=MONTHLY;BYMONTHDAY=0": rules.UNREADABLE,
    "FREQ=YEARLY;BYMONTH=13": rules.UNREADABLE,
    "FREQ=YEARLY;BYWEEKNO=20": rules.UNREADABLE,
    "FREQ=WEEKLY;FREQ=DAILY": rules.UNREADABLE,
    "FREQ=WEEKLY;X-OURS=1": rules.UNREADABLE,
    "FREQ=WEEKLY;WKST=8": rules.UNREADABLE,
    "FREQ=WEEKLY;BYDAY=": rules.UNREADABLE,
    "COUNT=3": rules.UNREADABLE,
    "": rules.UNREADABLE,
    "FREQ=WEEKLY\r\nATTENDEE:x": rules.TOO_FINE,
    "FREQ=DAILY;BYMONTHDAY=" + "1," * 300: rules.TOO_LONG,
}


@pytest.mark.parametrize(("text", "fault"), REFUSED.items())
def test_what_means_nothing_is_refused_with_its_sentence_and_at_once(text: str, fault: str) -> None:
    began = perf_counter()

    with pytest.raises(Invalid) as refused:
        rules.check(text, START)

    assert refused.value.msgid == fault
    assert perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("rrule:freq=weekly;until=20260709;byday=we,mo;interval=1", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260709"),
        ("FREQ=MONTHLY;BYDAY=+1SA;", "FREQ=MONTHLY;BYDAY=1SA"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("FREQ=WEEKLY;WKST=SU;INTERVAL=2;COUNT=12", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=12"),
        ("FREQ=WEEKLY;WKST=SU", "FREQ=WEEKLY"),
        ("FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ],
)
def test_a_rule_has_one_normal_form(text: str, normal: str) -> None:
    assert rules.check(text, START) == normal
    assert rules.check(normal, START) == normal


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260701", "20260701"),
        ("20260701T080000", "20260701"),
        ("20260701T075959", "20260630"),
        ("20260701T060000Z", "20260701"),  # 08:00 in Paris
        ("20260701T055959Z", "20260630"),
        ("20260630T220000Z", "20260630"),  # already July on the wall, but before 08:00
    ],
)
def test_every_end_of_a_rule_becomes_its_last_day(until: str, last: str) -> None:
    assert rules.check(f"FREQ=DAILY;UNTIL={until}", START, "Europe/Paris") == f"FREQ=DAILY;UNTIL={last}"


def test_a_rule_begins_between_1900_and_2100() -> None:
    for year in (1, 1899, 2101, 9999):
        with pytest.raises(Invalid) as refused:
            rules.check("FREQ=DAILY", START.replace(year=year))

        assert refused.value.msgid == rules.TOO_FAR


def test_a_rule_is_ended_anew_whatever_ended_it() -> None:
    assert rules.until("FREQ=WEEKLY;BYDAY=WE;COUNT=9", date(2026, 5, 1)) == "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260501"
