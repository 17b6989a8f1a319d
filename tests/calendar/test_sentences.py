"""Schedules said in one sentence."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar.schedule import Schedule
from app.calendar.sentences import say, say_date

MORNING = Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12), "Europe/Paris")
SINCE = (", à partir du 25 mars 2026", ", from 25 March 2026 on")


def bare(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_sentence_of_the_facilitator() -> None:
    market = replace(
        MORNING,
        start=datetime(2025, 3, 26, 8),
        end=datetime(2025, 3, 26, 12),
        rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20250709",
        holidays=("school-c",),
    )

    assert (
        bare(say(market, "fr"))
        == "tous les mercredis de 8 h à 12 h, du 26 mars au 9 juillet 2025, sauf vacances scolaires (zone C)"
    )
    assert (
        say(market, "en")
        == "every Wednesday from 08:00 to 12:00, from 26 March to 9 July 2025, except school holidays (zone C)"
    )


@pytest.mark.parametrize(
    ("rule", "french", "english"),
    [
        ("FREQ=DAILY", "tous les jours", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "tous les 3 jours", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "tous les lundis, mercredis et vendredis", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "du lundi au vendredi", "Monday to Friday"),
        ("FREQ=WEEKLY;INTERVAL=2", "un mercredi sur deux", "every other Wednesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "une semaine sur deux, le lundi et le jeudi", "every other week on Monday and Thursday"),
        ("FREQ=MONTHLY", "le 25 de chaque mois", "on the 25th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "le 1er de chaque mois", "on the 1st of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "le dernier jour de chaque mois", "on the last day of every month"),
        ("FREQ=MONTHLY;BYDAY=1SA", "le premier samedi de chaque mois", "on the first Saturday of every month"),
        ("FREQ=MONTHLY;BYDAY=SA;BYSETPOS=-1", "le dernier samedi de chaque mois", "on the last Saturday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU", "un mois sur deux, le dernier dimanche", "every other month, on the last Sunday"),
        ("FREQ=YEARLY", "chaque année le 25 mars", "every year on 25 March"),
        ("FREQ=YEARLY;INTERVAL=4", "tous les 4 ans, le 25 mars", "every 4 years, on 25 March"),
        ("FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "chaque année le premier dimanche d’avril", "every year on the first Sunday of April"),
    ],
)  # fmt: skip
def test_rules_are_said_as_people_say_them(rule: str, french: str, english: str) -> None:
    series = replace(MORNING, rule=rule)

    assert bare(say(series, "fr")) == f"{french} de 8 h à 12 h{SINCE[0]}"
    assert say(series, "en") == f"{english} from 08:00 to 12:00{SINCE[1]}"


def test_a_night_ends_on_the_day_after_but_at_midnight() -> None:
    night = replace(MORNING, start=datetime(2026, 3, 25, 18), end=datetime(2026, 3, 26, 2))
    series = replace(night, rule="FREQ=WEEKLY")

    assert say(night, "en") == "Wednesday 25 March 2026, from 18:00 to 02:00 the next day"
    assert bare(say(series, "fr")).startswith("tous les mercredis de 18 h à 2 h le lendemain, ")
    assert say(series, "en").startswith("every Wednesday from 18:00 to 02:00 the next day, ")
    assert "lendemain" not in say(replace(series, end=datetime(2026, 3, 26)), "fr")


def test_what_ends_adds_and_is_left_out_is_said() -> None:
    series = replace(
        MORNING,
        rule="FREQ=WEEKLY;COUNT=12",
        extra=(datetime(2026, 7, 15, 14, 30),),
        skipped=(date(2026, 5, 6),),
        holidays=("public", "school-a", "school-c"),
    )

    assert bare(say(series, "fr")).split(" de 8 h à 12 h, ")[1] == (
        "12 fois à partir du 25 mars 2026, et aussi le 15 juillet 2026 à 14 h 30, "
        "sauf jours fériés, vacances scolaires (zones A et C) et le 6 mai 2026"
    )


def test_many_days_are_counted() -> None:
    days = tuple(date(2026, 5, number) for number in range(1, 8))

    assert say(replace(MORNING, rule="FREQ=DAILY", skipped=days), "fr").endswith(", sauf 7 jours")


@pytest.mark.parametrize(
    ("start", "end", "is_all_day", "sentence", "short"),
    [
        ("2026-03-25T08:00", "2026-03-25T12:00", False, "mercredi 25 mars 2026, de 8 h à 12 h", "mercredi 25 mars, 8 h – 12 h"),
        ("2026-03-25T08:30", "2026-03-25T08:30", False, "mercredi 25 mars 2026, à 8 h 30", "mercredi 25 mars, 8 h 30"),
        ("2026-03-27T22:00", "2026-03-28T06:00", False, "vendredi 27 mars 2026, de 22 h à 6 h le lendemain", "vendredi 27 mars, 22 h – 6 h le lendemain"),
        ("2026-03-27T14:00", "2026-03-29T17:00", False, "du vendredi 27 mars 2026 à 14 h au dimanche 29 mars 2026 à 17 h", "vendredi 27 mars, 14 h – dimanche 29 mars, 17 h"),
        ("2026-03-27", "2026-03-29", True, "du vendredi 27 au dimanche 29 mars 2026", "du vendredi 27 au dimanche 29 mars"),
        ("2026-03-31", "2026-04-01", True, "du mardi 31 mars au mercredi 1er avril 2026", "du mardi 31 mars au mercredi 1er avril"),
        ("2026-03-01", "2026-03-01", True, "dimanche 1er mars 2026", "dimanche 1er mars"),
    ],
)  # fmt: skip
def test_what_takes_place_once_is_said(start: str, end: str, is_all_day: bool, sentence: str, short: str) -> None:
    once = Schedule(datetime.fromisoformat(start), datetime.fromisoformat(end), "Europe/Paris", is_all_day)

    assert bare(say(once, "fr")) == sentence
    assert bare(say_date(once.start, once.end, is_all_day, "fr", with_year=False)) == short


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "SECONDLY"]),
    st.sampled_from(["", ";BYDAY=MO", ";BYDAY=1MO,-3TU,FR", ";BYDAY=MO,TU,WE,TH,FR,SA,SU", ";BYDAY=MO;BYSETPOS=-5,3"]),
    st.sampled_from(["", ";BYMONTHDAY=13", ";BYMONTHDAY=-31,1", ";BYMONTHDAY=0"]),
    st.sampled_from(["", ";BYMONTH=2", ";BYMONTH=1,10"]),
    st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=0", ";COUNT=3", ";UNTIL=20280101", ";COUNT=3;UNTIL=20280101"]),
    st.sampled_from(["fr", "en", "", "de"]),
)
def test_no_rule_is_too_odd_to_be_said(
    every: str, by_day: str, month_day: str, month: str, ending: str, language: str
) -> None:
    sentence = say(replace(MORNING, rule=f"FREQ={every}{by_day}{month_day}{month}{ending}"), language)

    assert sentence and "  " not in sentence
