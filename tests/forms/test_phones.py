"""Telephone numbers: exact for France and its neighbours, E.164 for the others (decision 0032)."""

import pytest

from app.errors import Invalid
from app.forms.types import TYPES, phones
from tests.forms.examples import field

PHONE = TYPES["phone"]


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("04 75 12 34 56", "+33475123456"),
        ("04.75.12.34.56", "+33475123456"),
        ("0475123456", "+33475123456"),
        ("Tél. : 04 75 12 34 56", "+33475123456"),
        ("04\u00a075\u202f12-34-56", "+33475123456"),
        ("+33 4 75 12 34 56", "+33475123456"),
        ("+33 (0)4 75 12 34 56", "+33475123456"),
        ("+33 04 75 12 34 56", "+33475123456"),
        ("0033 4 75 12 34 56", "+33475123456"),
        ("(0)4 75 12 34 56", "+33475123456"),
        ("+32 2 123 45 67", "+3221234567"),
        ("+41 (0)22 345 67 89", "+41223456789"),
        ("+39 06 1234 5678", "+390612345678"),
        ("0590 12 34 56", "+590590123456"),
        ("+1 202 555 0123", "+12025550123"),
        ("3919", "3919"),
        ("15", "15"),
        ("116 117", "116117"),
    ],
)
def test_the_ways_to_write_a_number_are_held_as_one(typed: str, held: str) -> None:
    assert PHONE.read(field("phone"), {"": [typed]}) == held


@pytest.mark.parametrize(
    "typed",
    [
        "04 75 12 34 5",
        "04 75 12 34 567",
        "+33 4 75 12 34",
        "+32 2 123",
        "00 75 12 34 56",
        "+0123456",
        "call me",
        "04 75 12 34 56 ou 57",
        "+",
        "12345",
        "٠٤٧٥١٢٣٤٥٦",
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        PHONE.read(field("phone"), {"": [typed]})


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("+33475123456", "04 75 12 34 56"),
        ("+3221234567", "+32 2 12 34 56 7"),
        ("+32475123456", "+32 475 12 34 56"),
        ("+41223456789", "+41 22 345 67 89"),
        ("+34912345678", "+34 912 345 678"),
        ("+12025550123", "+1 202 555 0123"),
        ("3919", "3919"),
        ("what <b>", "what <b>"),
    ],
)
def test_a_number_is_said_as_it_is_dialled_in_france(held: str, said: str) -> None:
    assert PHONE.plain(field("phone"), held, "fr").replace(" ", "") == said.replace(" ", "")


def test_a_french_number_is_grouped_in_pairs() -> None:
    assert phones.say("+33475123456") == "04 75 12 34 56"
    assert phones.say("+33475123456", home="32") == "+33 4 75 12 34 56"


def test_another_country_may_be_home() -> None:
    at_home = field("phone", options={"country": "be"})

    assert PHONE.read(at_home, {"": ["02 123 45 67"]}) == "+3221234567"
    assert PHONE.plain(at_home, "+3221234567", "fr").startswith("02")
    assert PHONE.plain(at_home, "+33475123456", "fr") == "+33 4 75 12 34 56"
    assert phones.country_code("xx") == phones.HOME
