"""A page of which only the head is left is as empty as one without a letter; some heads say enough by themselves."""

import pytest

from app.catalog.editing import Edit, EditConflict, save
from app.errors import Invalid
from tests.catalog.hands import IDRIS, NADIA, Hands

HEAD = "---\nid: abcdefgh\ntitle: Un\n---\n"


@pytest.mark.parametrize("rest", ["", "\n\n", "  \n\t\n"])
def test_a_page_is_not_emptied_below_its_head(hands: Hands, rest: str) -> None:
    hands.write("a", f"{HEAD}mots\n")

    with pytest.raises(Invalid, match="empty"):
        hands.write("a", HEAD + rest)
    assert hands.text("a") == f"{HEAD}mots\n"


def test_a_title_alone_makes_no_page(hands: Hands) -> None:
    with pytest.raises(Invalid, match="empty"):
        hands.write("a", "---\ntitle: Un\n---\n\n")
    assert hands.find("a") is None


@pytest.mark.parametrize("head", ["redirect: b", "form: initiative\ntitle: Un"])
def test_a_page_that_sends_on_and_a_record_need_no_words(hands: Hands, head: str) -> None:
    hands.write("a", f"---\n{head}\n---\nmots\n")
    hands.write("a", f"---\n{head}\n---\n")

    assert hands.text("a").endswith("---\n")


def test_a_head_that_closes_a_folder_needs_no_words(hands: Hands) -> None:
    assert hands.write("bureau/index", "---\naudience: members\n---\n").is_new


def test_templates_need_no_words(hands: Hands) -> None:
    hands.write("_templates/a", f"{HEAD}mots\n")

    assert hands.write("_templates/a", HEAD).is_changed


def test_a_page_that_had_no_words_is_changed_at_its_head(hands: Hands) -> None:
    hands.push_pages(a=HEAD)
    hands.wiki.catch_up()

    assert hands.write("a", HEAD.replace("Un", "Deux")).is_changed


def test_a_page_that_was_emptied_while_somebody_else_wrote_is_not_lost(hands: Hands) -> None:
    base = hands.write("a", f"{HEAD}mots\n").revision
    hands.write("a", f"{HEAD}mots\n\nsuite\n", author=IDRIS)

    with pytest.raises((Invalid, EditConflict)):
        save(hands.wiki, Edit("a", HEAD, base, NADIA))
    assert hands.text("a") == f"{HEAD}mots\n\nsuite\n"
