"""The first lines of notes say who was there and who held which role; the last ones, when one meets again."""

import pytest

from plugins.minutes.lines.heads import HEAD_LINES, MOST_NAMES, read_head


@pytest.mark.parametrize(
    "line",
    [
        "Présents : Nadia, Paul et Léa",
        "**Présents** : Nadia, Paul, Léa.",
        "- Présent·e·s (3) : Nadia, Paul & Léa",
        "Présentes et présents : Nadia ; Paul ; Léa",
        "PRÉSENTS: Nadia, Paul (en retard), Léa",
        "Participant(e)s : Nadia, Paul, Léa",
        "Étaient présents : Nadia / Paul / Léa",
        "## Présents\n\n- Nadia\n- Paul\n- Léa\n\nNous avons parlé.",
        "Présents :\nNadia, Paul\nLéa\n\nNous avons parlé.",
        "Attendees: Nadia, Paul and Léa",
    ],
)
def test_names_of_those_present_are_found(line: str) -> None:
    assert read_head(f"# Réunion\n\n{line}\n") == {"present": ["Nadia", "Paul", "Léa"]}


def test_roles_and_the_next_meeting_are_found() -> None:
    text = (
        "Animation : Nadia\nSecrétaire de séance : Paul Faure\nGardienne du temps : Léa\nExcusés : Jo\n"
        "\n## Le four\n\nOn en parle.\n\n## Prochaine réunion\n\nJeudi 9 avril à 20 h, à la gare.\n"
    )

    assert read_head(text) == {
        "facilitator": ["Nadia"],
        "scribe": ["Paul Faure"],
        "timekeeper": ["Léa"],
        "excused": ["Jo"],
        "next": ["Jeudi 9 avril à 20 h, à la gare"],
    }


def test_one_line_may_say_several() -> None:
    assert read_head("Présents : Nadia, Paul. Excusée : Léa – Prise de notes : Jo") == {
        "present": ["Nadia", "Paul"],
        "excused": ["Léa"],
        "scribe": ["Jo"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Présents\n",
        "Présents : 12",
        "Excusés : 4. De 20 h 05 à 22 h 25, le poêle était allumé.",
        "Les présents ont parlé : du four.",
        "Animation\n\nOn a dansé.",
        "Animation du marché : Paul s’en occupe",
        "```\nPrésents : Nadia\n```",
        "## Présents\n\n## Le four\n\nOn en parle.",
        "\n" * HEAD_LINES + "Animation : Nadia",
    ],
)
def test_other_lines_name_nobody(text: str) -> None:
    assert read_head(text) == {}


def test_a_thousand_names_and_a_long_line_are_cut() -> None:
    names = ", ".join(f"Nom{letter}{number}" for number in range(100) for letter in "abcdefghij")
    lines = "\n".join(names[at : at + 1_900] for at in range(0, len(names), 1_900))

    assert len(read_head(f"Présents :\n{lines}")["present"]) == MOST_NAMES
    assert len(read_head(f"Animation : {'mot ' * 400}")["facilitator"][0]) <= 120
