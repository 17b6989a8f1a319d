"""When something takes place, as a form asks it and a record holds it."""

import pytest

from app.errors import Invalid
from app.forms.filling import fill
from app.forms.types import TYPES
from app.wiki.yaml_text import Value
from tests.forms.examples import field, form_of

WHEN = TYPES["schedule"]
IT = field("schedule")
MARKET = {"start": ("25/03/2026",), "from": ("8h",), "to": ("12",), "timezone": ("Europe/Paris",)}


def read(**typed: str | tuple[str, ...]) -> Value | None:
    parts = {name.rstrip("_"): (said,) if isinstance(said, str) else said for name, said in typed.items()}
    return WHEN.read(IT, {**MARKET, **parts})


def part_at_fault(**typed: str | tuple[str, ...]) -> object:
    with pytest.raises(Invalid) as raised:
        read(**typed)
    return raised.value.values["part"]


def test_a_day_and_two_hours_are_enough() -> None:
    assert read() == {"start": "2026-03-25T08:00", "end": "2026-03-25T12:00", "timezone": "Europe/Paris"}


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("8h", "08:00"), ("8 h 30", "08:30"), ("08:30", "08:30"), ("20h", "20:00"), ("8", "08:00"), ("830", "08:30"),
     ("8 pm", "20:00"), ("12.15 am", "00:15"), ("midi", "12:00"), ("9 heures", "09:00")],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(typed: str, hour: str) -> None:
    value = read(from_=typed, to="23:59")

    assert isinstance(value, dict)
    assert value["start"] == f"2026-03-25T{hour}"


def test_a_night_ends_on_the_next_day() -> None:
    value = read(from_="20h", to="2h")

    assert isinstance(value, dict)
    assert value["end"] == "2026-03-26T02:00"


def test_an_end_without_its_hour_is_not_said() -> None:
    value = read(to="")

    assert isinstance(value, dict)
    assert value["end"] == value["start"]


def test_all_day_needs_no_hour_and_may_end_on_another_day() -> None:
    assert read(from_="", to="", allday="yes", end="2026-03-27", timezone="") == {
        "start": "2026-03-25",
        "end": "2026-03-27",
    }


def test_the_sentence_of_the_facilitator_is_held_as_one_rule() -> None:
    value = read(start="2025-03-26", repeat="weekly", days=("WE",), until="9/7/2025", except_=("school-c",))

    assert isinstance(value, dict)
    assert (value["rule"], value["except"]) == ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20250709", ["school-c"])


@pytest.mark.parametrize(
    ("way", "day", "rule"),
    [
        ("daily", "2026-03-25", "FREQ=DAILY"),
        ("weekly", "2026-03-25", "FREQ=WEEKLY"),
        ("fortnightly", "2026-03-25", "FREQ=WEEKLY;INTERVAL=2"),
        ("month-day", "2026-03-25", "FREQ=MONTHLY"),
        ("month-weekday", "2026-03-07", "FREQ=MONTHLY;BYDAY=1SA"),
        ("month-weekday", "2026-03-29", "FREQ=MONTHLY;BYDAY=-1SU"),
        ("month-last", "2026-03-25", "FREQ=MONTHLY;BYDAY=-1WE"),
        ("yearly", "2026-03-25", "FREQ=YEARLY"),
    ],
)
def test_each_way_to_repeat_makes_its_rule_and_is_shown_again(way: str, day: str, rule: str) -> None:
    value = read(start=day, repeat=way, count="12")

    assert isinstance(value, dict)
    assert value["rule"] == f"{rule};COUNT=12"
    assert WHEN.read(IT, WHEN.type_again(IT, value)) == value
    assert WHEN.type_again(IT, value)["repeat"] == (("month-last" if "BYDAY=-1" in rule else way),)


def test_the_first_date_is_one_of_the_days_that_were_ticked() -> None:
    value = read(repeat="weekly", days=("FR", "MO"))

    assert isinstance(value, dict)
    assert value["start"] == "2026-03-27T08:00"


def test_a_rule_that_no_input_shows_is_kept() -> None:
    held = WHEN.check(IT, {"start": "2026-03-25T08:00", "end": "2026-03-25T09:00", "rule": "FREQ=WEEKLY;INTERVAL=3"})
    assert held is not None
    again = WHEN.type_again(IT, held)

    assert again["repeat"] == ("kept",)
    assert WHEN.read(IT, again) == held
    assert "rule" not in (WHEN.read(IT, {**again, "repeat": ("",)}) or {})


def test_what_is_otherwise_on_one_date_stays_when_the_form_is_saved() -> None:
    held = WHEN.check(
        IT,
        {
            "start": "2026-03-25T08:00",
            "end": "2026-03-25T12:00",
            "rule": "FREQ=WEEKLY",
            "changes": {
                "2026-04-08": {"start": "2026-04-08T09:00", "place": "Halle"},
                "2026-04-15": {"cancelled": "yes"},
            },
        },
    )
    assert held is not None
    again = WHEN.type_again(IT, held)
    all_day = WHEN.read(IT, {**again, "allday": ("yes",)})

    assert WHEN.read(IT, again) == held
    assert isinstance(all_day, dict)
    assert all_day["changes"] == {"2026-04-08": {"place": "Halle"}, "2026-04-15": {"cancelled": "yes"}}


def test_what_cannot_be_read_is_not_lost_when_the_form_is_saved() -> None:
    form, old = form_of("name: a", "name: it, type: schedule"), {"a": "A", "it": {"start": "au printemps"}}
    shown = {one.name: TYPES[one.type].type_again(one, old[one.name]) for one in form.fields}

    assert fill(form, lambda one: shown[one.name], old=old).values == old


def test_days_are_typed_one_a_line_further_ones_with_their_hour() -> None:
    value = read(repeat="weekly", skipped="1/4/2026\n8 avril 2026", extra="15/07/2026\n16/07/2026 à 10 h")

    assert isinstance(value, dict)
    assert value["except"] == ["2026-04-01", "2026-04-08"]
    assert value["extra"] == ["2026-07-15T08:00", "2026-07-16T10:00"]
    assert WHEN.read(IT, WHEN.type_again(IT, value)) == value


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ({"start": ""}, "start"),
        ({"start": "bientôt"}, "start"),
        ({"from_": ""}, "from"),
        ({"from_": "25h"}, "from"),
        ({"to": "tard"}, "to"),
        ({"to": "", "end": "2026-03-26"}, "to"),
        ({"end": "2026-03-24"}, "end"),
        ({"timezone": "Ailleurs"}, "timezone"),
        ({"repeat": "souvent"}, "repeat"),
        ({"start": "2026-03-02", "repeat": "month-last"}, "repeat"),
        ({"repeat": "weekly", "until": "2026-03-01"}, "until"),
        ({"repeat": "weekly", "count": "0"}, "count"),
        ({"repeat": "weekly", "count": "3;FREQ=DAILY"}, "count"),
        ({"repeat": "weekly", "skipped": "1/4/2026\nPâques"}, "skipped"),
        ({"extra": "demain"}, "extra"),
    ],
)
def test_what_is_wrong_names_the_input_that_it_stands_in(typed: dict[str, str], part: str) -> None:
    assert part_at_fault(**typed) == part


def test_a_year_long_ago_is_a_slip_of_the_hand_yet_what_is_held_is_shown() -> None:
    held = {"start": "0207-03-25T08:00", "end": "0207-03-25T12:00"}

    assert part_at_fault(start="0207-03-25") == "start"
    assert WHEN.check(IT, held) == held
    assert "207" in WHEN.plain(IT, held, "fr")


def test_a_time_zone_that_is_not_said_stays_unsaid() -> None:
    assert "timezone" not in (read(timezone="") or {})


def test_what_takes_place_once_is_one_interval_in_a_table() -> None:
    value = read()
    assert value is not None

    assert WHEN.cell(IT, value) == "2026-03-25T08:00/2026-03-25T12:00 Europe/Paris"


def test_it_is_found_by_its_first_day() -> None:
    value = read(repeat="weekly")
    assert value is not None

    assert [key.text for key in WHEN.keys(IT, value)] == ["2026-03-25"]
