"""The tools of the editor in a real browser: toolbar, lists, dialogs, pasting, preview."""

from typing import Any

import pytest

from tests.browser.editor_hands import TEXT, paste, select, until, wait_for

pytest_plugins = ["tests.browser.editor_fixtures"]

pytestmark = pytest.mark.browser


def text(page: Any) -> str:
    return page.input_value(TEXT)


def test_the_form_saves_without_scripts(browser: Any, small_site: Any) -> None:
    page = browser.new_context(base_url=small_site.address, java_script_enabled=False).new_page()
    page.goto("/-/edit/jardins/compost")
    page.fill(TEXT, "Without.")
    page.click("[value=save]")

    assert page.locator("#gc-toolbar").count() == 0
    assert small_site.texts["jardins/compost"][-1] == "Without.\n"


def test_the_preview_works_without_scripts(browser: Any, small_site: Any) -> None:
    page = browser.new_context(base_url=small_site.address, java_script_enabled=False).new_page()
    page.goto("/-/edit/jardins/compost")
    page.fill(TEXT, "Seen before.")
    page.click("[value=preview]")

    assert page.text_content("#gc-preview-body p") == "Seen before.\n"
    assert page.input_value(TEXT) == "Seen before.\n"
    assert not page.is_visible("#gc-toolbar")


@pytest.mark.parametrize(
    ("before", "selected", "button", "after"),
    [
        ("a word here", (2, 6), "bold", "a **word** here"),
        ("a **word** here", (4, 8), "bold", "a word here"),
        ("a **word** here", (4, 8), "italic", "a ***word*** here"),
        ("a ***word*** here", (5, 9), "italic", "a **word** here"),
        ("a word here", (2, 7), "italic", "a *word* here"),
        ("a word", (4, 4), "bold", "a **word**"),
        ("", (0, 0), "bold", "**bold words**"),
        ("- one\n- two", (0, 11), "bold", "- **one**\n- **two**"),
        ("line", (2, 2), "heading", "## line"),
        ("## line", (2, 2), "heading", "### line"),
        ("### line", (2, 2), "heading", "line"),
        ("one\n\ntwo", (0, 8), "list", "- one\n\n- two"),
        ("- one\n- two", (0, 11), "list", "one\ntwo"),
        ("1. one\n2. two", (0, 13), "list", "- one\n- two"),
        ("- one", (5, 5), "task", "- [ ] one"),
        ("- [x] one", (9, 9), "task", "one"),
        ("  - one", (7, 7), "task", "  - [ ] one"),
        ("", (0, 0), "list", "- "),
    ],
)
def test_a_button_shapes_the_text(open_editor: Any, before: str, selected: Any, button: str, after: str) -> None:
    page = open_editor(text=before)
    select(page, *selected)
    page.click(f"[data-do={button}]")

    assert text(page) == after


def test_undo_takes_a_button_back(open_editor: Any) -> None:
    page = open_editor(text="a word here")
    select(page, 2, 6)
    page.keyboard.press("Control+b")
    assert text(page) == "a **word** here"
    page.keyboard.press("Control+z")

    assert text(page) == "a word here"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one", "- one\n- x"),
        ("- one| two", "- one\n- x two"),
        ("  3. three", "  3. three\n  4. x"),
        ("* [x] done", "* [x] done\n* [ ] x"),
        ("> - said", "> - said\n> - x"),
        ("- one\n- ", "- one\nx"),
        ("- [ ] ", "x"),
        ("plain", "plain\nx"),
        ("```\n- code", "```\n- code\nx"),
    ],
)
def test_enter_goes_on_with_a_list(open_editor: Any, before: str, after: str) -> None:
    page = open_editor(text=before.replace("|", ""))
    select(page, len(before.partition("|")[0]))
    page.keyboard.press("Enter")
    page.keyboard.type("x")

    assert text(page) == after


def test_tab_leaves_the_text(open_editor: Any) -> None:
    page = open_editor(text="- one")
    page.focus(TEXT)
    page.keyboard.press("Tab")

    assert text(page) == "- one"
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize(
    ("words", "typed", "wait", "after"),
    [
        ("", "compo", "jardins/compost", "[[Compost]]"),
        ("the heap", "compo", "jardins/compost", "[[Compost|the heap]]"),
        ("", "soup", "b/soup", "[[a/soup|Soup]]"),
        ("", "mail", "mail", "[[mail|Mail  list ]]"),
        ("", "Not yet", "to be written", "[[Not yet]]"),
        ("town", "www.example.org/a", "to the address", "[town](https://www.example.org/a)"),
    ],
)
def test_a_link_is_found_by_title(open_editor: Any, words: str, typed: str, wait: str, after: str) -> None:
    page = open_editor(text=words)
    select(page, 0, len(words))
    page.keyboard.press("Control+k")
    page.fill("#gc-link-field", typed)
    page.wait_for_selector(f"#gc-link li:has-text('{wait}')")
    page.keyboard.press("Enter")
    wait_for(page, "]")

    assert text(page) == after


def test_a_link_can_be_made_when_the_search_of_titles_fails(open_editor: Any, small_site: Any) -> None:
    small_site.fault = "titles"
    page = open_editor(text="")
    page.click("[data-do=link]")
    page.keyboard.type("Compost")
    page.click("#gc-link li button")
    wait_for(page, "]]")

    assert text(page) == "[[Compost]]"


def test_escape_closes_a_dialog_and_gives_the_focus_back(open_editor: Any) -> None:
    page = open_editor(text="kept")
    page.focus(TEXT)
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    page.keyboard.type("!")

    assert "!" in text(page)


def test_a_table_and_a_block_stand_on_lines_of_their_own(open_editor: Any) -> None:
    page = open_editor(text="Before")
    select(page, 6)
    page.click("[data-do=table]")
    page.fill("#gc-rows", "1")
    page.fill("#gc-columns", "2")
    page.keyboard.press("Enter")
    wait_for(page, "|")
    page.click("[data-do=blocks]")
    page.click("#gc-blocks li button")
    wait_for(page, "}}")

    assert text(page).startswith("Before\n\n| ")
    assert "| --- | --- |\n|     |     |" in text(page)
    assert "\n\n{{pages folder=jardins}}\n\n" in text(page)


def test_a_block_never_comes_before_the_lines_about_the_page(open_editor: Any) -> None:
    page = open_editor(text="---\ntitle: A\n---\nOne.")
    select(page, 0)
    page.click("[data-do=blocks]")
    page.click("#gc-blocks li button")
    wait_for(page, "}}")

    assert text(page) == "---\ntitle: A\n---\n\n{{pages folder=jardins}}\n\nOne."


def test_a_block_comes_last_when_nobody_clicked_into_the_text(open_editor: Any) -> None:
    page = open_editor()
    page.click("[data-do=blocks]")
    page.click("#gc-blocks li button")
    wait_for(page, "}}")

    assert text(page).startswith("One.\n\n{{")


def test_a_paste_with_a_form_is_converted(open_editor: Any, small_site: Any) -> None:
    page = open_editor(text="Before")
    select(page, 6)
    assert paste(page, html="<h2>Converted</h2>", plain="Converted")
    wait_for(page, "##")
    assert text(page) == "Before\n\n## Converted\n\n- *list*\n\n"
    page.keyboard.press("Control+z")

    assert text(page) == "Before"
    assert small_site.converted == ["<h2>Converted</h2>"]


def test_a_paste_falls_back_to_plain_words(open_editor: Any, small_site: Any) -> None:
    small_site.fault = "convert"
    page = open_editor(text="")
    paste(page, html="<b>Bold</b>", plain="Bold")
    until(page, "document.querySelector('textarea').value === 'Bold'")

    assert "plain words" in page.text_content("#gc-status")


@pytest.mark.parametrize(("before", "html"), [("", "<span>no form</span>"), ("```\n", "<b>in code</b>"), ("", "")])
def test_a_paste_without_a_form_is_left_to_the_browser(open_editor: Any, before: str, html: str) -> None:
    page = open_editor(text=before)
    select(page, len(before))

    assert not paste(page, html=html, plain="words")


def test_the_preview_follows_the_text_and_keeps_its_place(open_editor: Any) -> None:
    page = open_editor(text="line\n" * 90)
    page.click("[value=preview]")
    page.wait_for_selector("#gc-preview-body p:nth-child(90)")
    page.eval_on_selector("#gc-preview-body", "pane => { pane.scrollTop = 900 }")
    select(page, 0)
    page.keyboard.type("more\n")
    page.wait_for_selector("#gc-preview-body p:nth-child(91)")

    assert page.evaluate("document.querySelector('#gc-preview-body').scrollTop") == 900


def test_a_new_title_shows_the_pages_called_alike(open_editor: Any) -> None:
    page = open_editor("/-/new")
    page.fill("#gc-field-title", "comp")
    page.wait_for_selector("#gc-similar a")

    assert page.get_attribute("#gc-similar a", "href") == "/jardins/compost"


def test_main_targets_are_large(open_editor: Any) -> None:
    page = open_editor()
    boxes = page.evaluate(
        "[...document.querySelectorAll('main button')].filter((each) => each.offsetParent)"
        ".map((each) => [each.innerText, each.offsetHeight, each.offsetWidth])"
    )

    assert [box for box in boxes if min(box[1:]) < 44] == []
