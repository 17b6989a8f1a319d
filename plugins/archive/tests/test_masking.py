"""Addresses of people are kept from whoever is not signed in."""

import pytest

from plugins.archive.masking import mask
from plugins.archive.tests.small_list import code
from tests.web.hands import Browser

OWN = ("liste@vallee.example", "abonnement@vallee.example")
PEOPLE = ("nadia@", "paul.roux@", "zoe@", "evil@", "lettre@")
PLACES = (
    "/listes/", "/listes/vallee/", "/listes/vallee/2026/03/", "/listes/vallee/files/", "/listes/vallee/feed.atom",
    *(f"/listes/vallee/t/{code(number)}" for number in (1, 4, 5, 6)),
    *(f"/listes/vallee/t/{code(number)}.atom" for number in (1, 4, 5, 6)),
    *(f"/listes/vallee/m/{code(number)}" for number in range(1, 7)),
    f"/listes/vallee/m/{code(6)}?as=html",
    f"/listes/vallee/m/{code(6)}?as=html&images=1",
)  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "nadia@vallee.example", "<nadia@vallee.example>", "mailto:nadia@vallee.example", "NADIA.B+x@vallee.example",
        "nadia%40vallee.example", "nadia&#64;vallee.example", "<nadia at vallee.example>", "nadia@élan.example",
        "nadia@[192.168.1.1]",
    ],
)  # fmt: skip
def test_address_is_taken_out(said: str) -> None:
    assert "vallee" not in mask(said)
    assert "élan" not in mask(said)
    assert "nadia" not in mask(said).casefold()


def test_other_words_stay() -> None:
    said = "Rendez-vous à 20 h chez Paul, 3 € l'entrée @ tous"

    assert mask(said) == said


@pytest.mark.parametrize("place", PLACES)
def test_passer_by_sees_no_address(reader: Browser, place: str) -> None:
    answer = reader.get(place)

    assert answer.status_code == 200
    assert not [one for one in PEOPLE if one in answer.text or one.replace("@", "%40") in answer.text]


def test_member_sees_addresses(member: Browser) -> None:
    assert "paul.roux@vallee.example" in member.get(f"/listes/vallee/m/{code(2)}").text


def test_passer_by_takes_no_messages_along(reader: Browser) -> None:
    places = ("/listes/vallee.mbox", "/listes/vallee/2026/03.mbox", f"/listes/vallee/t/{code(1)}.mbox")

    assert [reader.get(place).status_code for place in places] == [403, 403, 403]


def test_passer_by_sees_no_page_of_a_person(reader: Browser) -> None:
    assert "/listes/vallee/p/" not in reader.get(f"/listes/vallee/t/{code(1)}").text
    assert reader.get(f"/listes/vallee/p/{code(1)}").status_code == 403
