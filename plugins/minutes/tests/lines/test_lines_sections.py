"""Headings whose lists and tables say what was decided and is to be done; and what is not read at all."""

import pytest

from plugins.minutes.tests.lines.reading_lines import found_in, said


@pytest.mark.parametrize(
    "heading",
    [
        "## Décisions",
        "# DECISIONS",
        "### 3. Relevé de décisions :",
        "## ✅ Décisions prises",
        "Décisions\n---",
        "**Décisions**",
        "Décisions :",
        "## Resolutions",
    ],
)
def test_items_below_decisions_are_decided(heading: str) -> None:
    assert said(f"{heading}\n\n- prix libre\n- ouvrir\n") == [
        ("decision", "Prix libre", ""),
        ("decision", "Ouvrir", ""),
    ]


@pytest.mark.parametrize(
    "heading",
    ["## Actions", "## À faire", "## To do", "## Tâches", "**Actions :**", "## Qui fait quoi ?", "## Action items"],
)
def test_items_below_actions_are_to_be_done(heading: str) -> None:
    assert said(f"{heading}\n* Nadia : ranger\n1. ouvrir") == [("action", "Ranger", "Nadia"), ("action", "Ouvrir", "")]


def test_the_next_heading_ends_the_list() -> None:
    assert said("## Actions\n- ranger\n\n## Météo\n- content") == [("action", "Ranger", "")]


def test_only_items_count_and_not_what_explains_them() -> None:
    assert said("## Actions\nNous avons parlé.\n\n- ranger\n  - la salle\n  - le hangar\n- aucune") == [
        ("action", "Ranger", "")
    ]


def test_a_line_that_says_its_kind_keeps_it_below_any_heading() -> None:
    assert said("## Actions\n- Décision : prix libre") == [("decision", "Prix libre", "")]


def test_the_number_of_an_item_is_no_word_of_it() -> None:
    assert said("## Décisions\n- D1 : prix libre\n- **D2** – ouvrir") == [
        ("decision", "Prix libre", ""),
        ("decision", "Ouvrir", ""),
    ]


def test_below_both_each_item_says_which_it_is() -> None:
    text = "## Décisions et actions\n- prix libre\n- Nadia : ranger\n- ranger avant le 3 mai"

    assert [kind for kind, _, _ in said(text)] == ["decision", "action", "action"]


@pytest.mark.parametrize(
    "head",
    [
        "| Quoi | Qui | Quand |",
        "| Action | Responsable | Échéance |",
        "| Task | Who | Due |",
        "| Tâche | Qui | Pour le |",
    ],
)
def test_each_row_of_a_table_counts(head: str) -> None:
    (one,) = found_in(f"{head}\n|---|:-:|---|\n| ranger **tout** | Nadia | 3 avril |\n| | | |\n\nfin | non")

    assert (one.kind, one.what, one.who, str(one.due), one.line) == ("action", "Ranger tout", "Nadia", "2026-04-03", 2)


def test_a_table_below_decisions_holds_decisions() -> None:
    assert said("## Décisions\n| Quoi | Qui |\n|---|---|\n| prix libre | tous |") == [
        ("decision", "Prix libre", "tous")
    ]


def test_a_table_below_actions_needs_no_names_of_columns() -> None:
    assert said("## Actions\n| x | y |\n|---|---|\n| Nadia range la salle | z |") == [
        ("action", "Range la salle", "Nadia")
    ]


def test_other_tables_are_not_read() -> None:
    assert said("| Nom | Prix |\n|---|---|\n| pain | 3 |") == []


def test_a_row_may_be_done_and_have_bars_in_it() -> None:
    (one,) = found_in("| Quoi | Qui | Fait |\n|---|---|---|\n| a \\| b | Nadia | oui |")

    assert one.is_done and one.what == "A | b"


@pytest.mark.parametrize(
    "text",
    [
        "```\nAction : ranger\n```", "~~~ py\nTODO : x\n~~~", "Bla\n\n    TODO: x", "<!-- Action : ranger -->", "<!--\nAction : x\n-->",
        "Le 3 mai, Ana a écrit :\n> Action : ranger\n> TODO : x", "On 3 May Ana wrote:\n\n> TODO: x", ">> Action : ranger",
        "## Sommaire\n- [Actions](#actions)\n- [Décision : prix](#prix)", "## Actions\n- [Jardin](#jardin)",
    ],
)  # fmt: skip
def test_code_comments_contents_and_quoted_mail_are_not_read(text: str) -> None:
    assert said(text) == []


def test_an_item_far_to_the_right_is_no_code() -> None:
    assert said("- jardin\n\n    - [ ] ranger") == [("action", "Ranger", "")]


def test_what_follows_code_and_mail_is_read() -> None:
    assert len(found_in("```\nx\n```\nAction : a\nAna a écrit :\n> TODO : x\nAction : b")) == 2
