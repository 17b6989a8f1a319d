"""Pictures and files in a real browser: sent from the editor, and from the list of files of a page."""

from typing import Any

import pytest

from tests.browser.editor_hands import TEXT, paste, select, until, wait_for

pytest_plugins = ["tests.browser.editor_fixtures"]
PICTURE = {"name": "plan.png", "mimeType": "image/png", "buffer": b"x"}

pytestmark = pytest.mark.browser


def text(page: Any) -> str:
    return page.input_value(TEXT)


def test_a_chosen_picture_is_sent_and_its_words_are_asked_for(open_editor: Any, small_site: Any) -> None:
    page = open_editor(text="Before")
    select(page, 6)
    page.click("[data-do=picture]")
    page.set_input_files("#gc-choose-picture", PICTURE)
    until(page, "document.activeElement.value.includes('plan')")
    page.keyboard.type("Map")

    assert text(page) == "Before\n\n![Map](compost.files/plan.png)\n\n"
    assert small_site.files == {"plan.png": b"x"}


def test_a_refused_file_gets_its_sentence_and_the_others_arrive(open_editor: Any) -> None:
    page = open_editor(text="")
    page.click("[data-do=picture]")
    page.set_input_files("#gc-choose-file", [PICTURE, {**PICTURE, "name": "bad.svg"}])
    page.wait_for_selector("#gc-uploads .gc-fault")
    wait_for(page, "plan")

    assert page.text_content("#gc-uploads") == "bad.svg: Drawings of this kind are not taken."
    assert "bad" not in text(page)


def test_a_file_arrives_where_it_was_dropped_while_one_goes_on_writing(open_editor: Any, small_site: Any) -> None:
    small_site.wait.clear()
    page = open_editor(text="One.\n\nTwo.")
    select(page, 4)
    assert paste(page, files=["plan.png"])
    select(page, 0)
    page.keyboard.type("Zero. ")
    small_site.wait.set()
    wait_for(page, "plan")
    page.keyboard.type("Still here. ")

    assert text(page) == "Zero. Still here. One.\n\n![plan](compost.files/plan.png)\n\nTwo."


def test_a_save_waits_once_for_files_on_their_way(open_editor: Any, small_site: Any) -> None:
    small_site.wait.clear()
    page = open_editor(text="New.")
    paste(page, files=["plan.png"])
    page.click("[value=save]")
    assert "is on its way" in page.text_content("#gc-status")
    page.click("[value=save]")
    page.wait_for_url("**/jardins/compost")

    assert small_site.texts["jardins/compost"][-1] == "New.\n"


def test_a_copied_line_is_on_the_clipboard(open_editor: Any, small_site: Any) -> None:
    small_site.files["plan.png"] = b"x"
    page = open_editor("/-/files/jardins/compost")
    page.click("[data-copy]")
    until(page, "document.querySelector('#gc-status').textContent")

    assert page.evaluate("navigator.clipboard.readText()") == "![](x/plan.png)"


def test_several_files_are_sent_to_a_page(open_editor: Any, small_site: Any) -> None:
    page = open_editor("/-/files/jardins/compost")
    page.set_input_files("#gc-field-file", [PICTURE, {**PICTURE, "name": "b.png"}])
    page.wait_for_selector(".gc-files li:nth-child(2)")

    assert set(small_site.files) == {"plan.png", "b.png"}
