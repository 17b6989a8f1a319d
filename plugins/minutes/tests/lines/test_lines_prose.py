"""Prose about decisions and actions is none of them; English notes are read as French ones are."""

import pytest

from plugins.minutes.tests.lines.reading_lines import due_of, said

PROSE = [
    "Décisions prises la dernière fois :", "L’action culturelle de la mairie continue", "On passe de la gare → au quai",
    "- [Décisions](#decisions)", "1. [Actions](#actions)", "Décision prise hier : rien de neuf", "Adopté à 21 h.",
    "On décide toujours trop tard.", "We decided never to", "To do this we need money", "`Action : ranger`",
    "- `TODO: tidy`", "Agreed with everyone that it was late.", "Une tâche de plus : ranger", "Les actions passées : deux",
]  # fmt: skip
ENGLISH = {
    "TODO: Ana brings the cups": ("Brings the cups", "Ana"),
    "- [ ] Paul: order flour": ("Order flour", "Paul"),
    "-> Ana must call the bank": ("Call the bank", "Ana"),
    "Task 4: Tidy the shed": ("Tidy the shed", ""),
    "=> Ana and Paul will paint the door": ("Paint the door", "Ana and Paul"),
    "- [x] Call the mayor (Ana)": ("Call the mayor", "Ana"),
    "Action items: Print the poster": ("Print the poster", ""),
    "To do: water the garden - Paul": ("Water the garden", "Paul"),
}


@pytest.mark.parametrize("line", PROSE)
def test_prose_and_code_are_neither_decision_nor_action(line: str) -> None:
    assert said(line) == []


@pytest.mark.parametrize("line", ENGLISH)
def test_english_notes_say_what_and_who(line: str) -> None:
    assert said(line) == [("action", *ENGLISH[line])]


@pytest.mark.parametrize("words", ["Lire la lettre reçue le 3 mai", "Relire le compte rendu du 3 avril"])
def test_the_day_of_something_past_is_no_end(words: str) -> None:
    assert due_of(words) == ("", words)
