"""Opening hours: read as people write them, held in one spelling, said in words."""

import pytest

from app.errors import Invalid
from app.forms.types import TYPES
from tests.forms.examples import field

HOURS, IT = TYPES["hours"], field("hours")


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00", "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"),
        (
            "lundi au vendredi de 9h à 12h et de 14h à 18h30, samedi 9h-12h",
            "Mo-Fr 09:00-12:00,14:00-18:30; Sa 09:00-12:00",
        ),
        ("Lu-Ve 9h-12h\nSa 10 h - 12 h", "Mo-Fr 09:00-12:00; Sa 10:00-12:00"),
        ("du mardi au samedi : 9 h–12 h", "Tu-Sa 09:00-12:00"),
        ("Monday to Friday 9:00-17:00", "Mo-Fr 09:00-17:00"),
        ("mercredi et samedi 14h-17h", "We,Sa 14:00-17:00"),
        ("Fr-Mo 10:00-12:00", "Mo,Fr-Su 10:00-12:00"),
        ("tous les jours 8h-20h", "Mo-Su 08:00-20:00"),
        ("Mo-Su 08:00-20:00; Su off", "Mo-Sa 08:00-20:00; Su off"),
        ("Fr 22:00-02:00", "Fr 22:00-02:00"),
        ("24/7", "24/7"),
        ("PH off", "PH off"),
        ('"sur rendez-vous"', '"sur rendez-vous"'),
        ('Lu 9h-12h || "ou par téléphone"', 'Mo 09:00-12:00 || "ou par téléphone"'),
    ],
)
def test_hours_are_held_in_one_spelling(typed: str, held: str) -> None:
    assert HOURS.read(IT, {"": [typed]}) == held


@pytest.mark.parametrize(
    "typed",
    [
        "9h",
        "toujours",
        "Mo 25:00-26:00",
        "Mo 09:00-09:00",
        "Mo 9:75-10:00",
        "Mo-",
        "Mo 9-12-14",
        "Xy 9-12",
        "Mo 9h-12h <b>",
        ",",
        "¼-½",
    ],
)
def test_hours_that_cannot_be_read_are_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="These hours cannot be read"):
        HOURS.read(IT, {"": [typed]})


def test_hours_of_one_day_cannot_overlap() -> None:
    with pytest.raises(Invalid, match="overlap"):
        HOURS.read(IT, {"": ["Mo 9h-12h, 11h-14h"]})


def test_hours_are_said_in_words() -> None:
    held = 'Mo-Fr 09:00-12:00,14:00-18:30; Su off || "ferme en août"'

    assert (
        HOURS.plain(IT, held, "fr").replace("\u00a0", " ")
        == "du lundi au vendredi 9 h–12 h et 14 h–18 h 30\u202f; dimanche fermé\u202f; ferme en août"
    )
    assert HOURS.plain(IT, held, "en") == "Monday to Friday 09:00–12:00 and 14:00–18:30; Sunday closed; ferme en août"
    assert HOURS.plain(IT, "24/7", "fr") == "jour et nuit, tous les jours"
    assert HOURS.plain(IT, "by chance", "fr") == "by chance"


def test_hours_may_be_typed_day_by_day() -> None:
    typed = {"mo": ["9h-12h, 14h-18h"], "tu": ["9h-12h; 14h-18h"], "sa": ["fermé"], "note": ['sur "rendez-vous"']}

    assert HOURS.read(IT, typed) == 'Mo,Tu 09:00-12:00,14:00-18:00; Sa off || "sur rendez-vous"'


def test_the_days_are_shown_again_in_their_inputs() -> None:
    typed = HOURS.type_again(IT, 'Mo-Tu 09:00-12:00; Sa off || "ring"')

    assert typed["mo"] == typed["tu"] == ("09:00-12:00",)
    assert (typed["sa"], typed["note"], "we" in typed) == (("off",), ("ring",), False)
