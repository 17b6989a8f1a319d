"""Days in the words of the reader."""

from datetime import date

import pytest
from flask import Flask

from plugins.agenda import words


@pytest.mark.parametrize(("lang", "expected"), [
    ("fr", ["1er décembre", "Mardi 1er décembre 2026", "mar. 1er déc.", "Décembre 2026", "Du 21 novembre au 1er décembre 2026"]),
    ("en", ["1 December", "Tuesday 1 December 2026", "Tue 1 Dec", "December 2026", "From 21 November to 1 December 2026"]),
])  # fmt: skip
def test_days_and_months_are_said_as_people_say_them(year: Flask, lang: str, expected: list[str]) -> None:
    first = date(2026, 12, 1)
    with year.test_request_context("/", headers={"Cookie": f"gare_display=auto.normal.{lang}"}):
        said = [words.short_day(first), words.whole_day(first), words.tight_day(first), words.month_words(first),
                words.span_words(date(2026, 11, 21), first)]  # fmt: skip

    assert [one.replace("\u00a0", " ") for one in said] == expected


@pytest.mark.parametrize(("day", "expected"), [
    (date(2026, 11, 22), "Aujourd’hui, dimanche 22 novembre"), (date(2026, 11, 23), "Demain, lundi 23 novembre"),
    (date(2026, 12, 1), "Mardi 1er décembre"),
])  # fmt: skip
def test_the_nearest_days_have_names(year: Flask, day: date, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "when", lambda moment, _: words.day_in_words(moment.date(), "EEEE d MMMM"))
    with year.test_request_context("/", headers={"Cookie": "gare_display=auto.normal.fr"}):
        assert words.day_words(day, date(2026, 11, 22)) == expected
