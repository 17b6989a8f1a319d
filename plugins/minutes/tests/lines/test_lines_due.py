"""Until when something is to be done; the meeting is on Thursday 12 March 2026."""

import pytest

from plugins.minutes.lines.finding import find_lines
from plugins.minutes.tests.lines.reading_lines import DAY, due_of

DUE = {
    "ranger avant le 3 avril": "2026-04-03",
    "ranger pour le 3 avril 2027": "2027-04-03",
    "ranger d’ici le 03/04": "2026-04-03",
    "ranger d'ici au 03/04/27": "2027-04-03",
    "ranger au plus tard le 3/4/2027": "2027-04-03",
    "ranger jusqu’au 1er mai": "2026-05-01",
    "ranger le 2027-04-03": "2027-04-03",
    "ranger avant le 12 mars": "2026-03-12",
    "ranger avant le 11 mars": "2027-03-11",
    "ranger avant le 04/25": "2026-04-25",
    "ranger jeudi": "2026-03-19",
    "ranger avant vendredi": "2026-03-13",
    "ranger pour jeudi prochain": "2026-03-19",
    "ranger avant le jeudi 3 avril": "2026-04-03",
    "ranger fin avril": "2026-04-30",
    "ranger avant la fin du mois": "2026-03-31",
    "ranger pour mi-mai": "2026-05-15",
    "ranger demain": "2026-03-13",
    "ranger la semaine prochaine": "2026-03-22",
    "ranger dans 15 jours": "2026-03-27",
    "ranger d’ici deux semaines": "2026-03-26",
    "ranger dans un mois": "2026-04-12",
    "ranger (3 avril)": "2026-04-03",
    "ranger – 3 avril": "2026-04-03",
    "ranger, échéance : 3 avril": "2026-04-03",
    "ranger by April 3": "2026-04-03",
    "ranger before the 3rd of April": "2026-04-03",
    "ranger until 3 April 2027": "2027-04-03",
    "ranger by April 3rd, 2027": "2027-04-03",
    "ranger no later than Friday": "2026-03-13",
    "ranger due 2026-04-03": "2026-04-03",
    "ranger next Thursday": "2026-03-19",
    "ranger by the end of April": "2026-04-30",
    "ranger by mid-May": "2026-05-15",
    "ranger tomorrow": "2026-03-13",
    "ranger in two weeks": "2026-03-26",
    "ranger next week": "2026-03-22",
}
NO_DAY = [
    "Payer avant le 29 février", "Ranger avant l’été", "Payer avant le 31 février", "Payer avant le 2027-13-40", "Payer pour le 45/45", "Acheter 3/4 de farine",
    "Préparer la réunion du 3 avril", "Ouvrir le jeudi", "Prévoir 12 mars et 4 clous", "Inviter pour 20 h", "Marcher 3 km",
    "Payer avant le 99/99/9999", "Payer avant le 0000-00-00", "Venir sous 999 tentes",
]  # fmt: skip


@pytest.mark.parametrize("words", DUE)
def test_the_day_is_read_and_taken_out_of_the_words(words: str) -> None:
    assert due_of(words) == (DUE[words], "Ranger")


@pytest.mark.parametrize("words", NO_DAY)
def test_what_is_no_day_stays_in_the_words(words: str) -> None:
    assert due_of(words) == ("", words)


def test_the_hour_of_the_day_stays() -> None:
    assert due_of("ranger, 3 avril à 18h") == ("2026-04-03", "Ranger, à 18h")


def test_words_after_the_day_stay() -> None:
    assert due_of("ranger avant le 3 avril avec soin") == ("2026-04-03", "Ranger avec soin")


def test_the_end_of_time_has_no_next_week() -> None:
    (one,) = find_lines("→ ranger dans 999 mois", DAY.replace(year=9999))

    assert one.due is None and one.what == "Ranger dans 999 mois"


@pytest.mark.parametrize(("words", "impossible"), [
    ("payer avant le 31 février", "31 février"), ("Payer avant le 29 février", "29 février"),
    ("payer avant le 2027-13-40", "2027-13-40"), ("payer pour le 45/45", "45/45"), ("payer le 31/04/2026", "31/04/2026"),
    ("payer by April 31", "April 31"), ("payer avant le 3 avril", ""), ("ranger avant l’été", ""),
    ("inviter pour 20 h", ""), ("payer avant le 31 mars", ""), ("acheter 3/4 de farine", ""),
])  # fmt: skip
def test_a_day_that_does_not_exist_is_named(words: str, impossible: str) -> None:
    (one,) = find_lines(f"→ {words}", DAY)

    assert one.impossible == impossible


def test_a_29_february_is_that_of_the_next_february_or_none() -> None:
    (one,) = find_lines("→ payer avant le 29 février", DAY.replace(year=2027))

    assert one.due is not None and one.due.isoformat() == "2028-02-29"
